/** An address that takes no mail. No part of the mail that showed it is kept. */
export interface SuppressionItem {
  readonly email: string;
  readonly reason: 'BOUNCE' | 'COMPLAINT';
  /** When the bounce or the complaint reached SES. */
  readonly since: string;
}
