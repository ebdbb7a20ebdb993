/** Which mails an address takes. Functions that send none read it too, so no text of a mail is imported here. */
import { iso, ttl } from '../../../shared/core/time.ts';
import { ref } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { SuppressionItem } from './items.ts';
import type { MailsTaken } from './values.ts';

/**
 * Which mails an address takes. A complaint ends news alone: a stranger can provoke it by ordering mails, and the owner
 * must still recover the account and learn who takes it over.
 */
export function takenBy(suppression: SuppressionItem | undefined): MailsTaken {
  if (suppression?.reason === undefined) return 'ALL';
  return suppression.reason === 'COMPLAINT' ? 'SECURITY' : 'NONE';
}

/** Names the mark of an address that takes no mail or no news, to be read in one request with what else a use case needs. */
export const suppressionRef = (email: string) => ref('Suppression', { email });

/**
 * The write by which an address takes mail again. Commit it with the proof that its reader asked for it. Reports on mails
 * that were sent before change nothing, however late they come.
 *
 * @param now milliseconds since 1970
 */
export const mailAgain = (email: string, now: number) =>
  upsert(
    'Suppression',
    { email },
    {
      set: { resumedAt: iso(now), expiresAt: ttl(now) + limits.mailResumedSeconds },
      remove: ['reason', 'since'],
    },
  );
