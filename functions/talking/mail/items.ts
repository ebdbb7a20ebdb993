import { kind } from '../../../shared/data/kind.ts';

/** An address that takes no mail, or no news. No part of the mail that showed it is kept. */
export interface SuppressionItem {
  readonly email: string;
  /** Absent once its reader has asked for mail again. */
  readonly reason?: 'BOUNCE' | 'COMPLAINT';
  /** When the bounce or the complaint reached SES. */
  readonly since?: string;
  /** When its reader asked for mail again: reports on earlier mails count no more. */
  readonly resumedAt?: string;
}

/** When the next of those mails may be sent that nobody waits for. */
export interface MailPaceItem {
  readonly of: string;
  /** Milliseconds since 1970. */
  readonly next: number;
}

export const items = {
  Suppression: kind<SuppressionItem>()({
    about: 'an address that takes no mail since it bounced, or no news since its owner complained',
    pk: 'SUPPRESSED#{email}',
    sk: 'SUPPRESSION',
    life: 'without end; 30 days once mail was asked for again',
    of: { account: 'email' },
    fate: { account: { stays: 'it is of an address that must not be written to, whoever signs up with it' } },
    archive: { not: 'of an address, not of an account' },
  }),
  MailPace: kind<MailPaceItem>()({
    about: 'when the next bulk mail may be sent: one item',
    pk: 'PACE#{of}',
    sk: 'PACE',
  }),
} as const;
