import { kind } from '../../../shared/data/kind.ts';

/** An address that takes no mail. No part of the mail that showed it is kept. */
export interface SuppressionItem {
  readonly email: string;
  readonly reason: 'BOUNCE' | 'COMPLAINT';
  /** When the bounce or the complaint reached SES. */
  readonly since: string;
}

/** When the next of those mails may be sent that nobody waits for. */
export interface MailPaceItem {
  readonly of: string;
  /** Milliseconds since 1970. */
  readonly next: number;
}

export const items = {
  Suppression: kind<SuppressionItem>()({
    about: 'an address that takes no mail: it bounced, or its owner complained',
    pk: 'SUPPRESSED#{email}',
    sk: 'SUPPRESSION',
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
