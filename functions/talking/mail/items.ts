import { kind } from '../../../shared/data/kind.ts';

/** An address that takes no mail. No part of the mail that showed it is kept. */
export interface SuppressionItem {
  readonly email: string;
  readonly reason: 'BOUNCE' | 'COMPLAINT';
  /** When the bounce or the complaint reached SES. */
  readonly since: string;
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
} as const;
