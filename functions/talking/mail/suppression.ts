/** The mark of an address that takes no mail or no news. No text of a mail is imported here: others read it too. */
import { iso, ttl } from '../../../shared/core/time.ts';
import { ref } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';

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
