/**
 * Mails to addresses without an account (report F23). Whoever orders them need not read them, so they may come back, and SES
 * stops the mail of everybody where too many do. So they count for the place that ordered them, and all together.
 */
import { nothing } from '../../../shared/data/meaning.ts';
import { charged, unspent } from '../../../shared/data/quota.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Write } from '../../../shared/data/writes.ts';

/** The subject of what the whole deployment shares. */
export const everybody = 'all';

/**
 * The writes by which such a mail counts for a place.
 *
 * @param mark of the place (`placeMark`)
 */
export const ofStranger = (mark: string, now: number): Write[] => [
  charged({ limit: 'newMailFromPlace', subject: mark }, now),
  unspent({ limit: 'bounceFromPlace', subject: mark }, now),
];

/**
 * Whether a mail may go to an address without an account that says only that there is none. In a flood such mails are left
 * out, because nobody waits for them. Counts it if it may.
 */
export async function mayMailStranger(table: Table, mark: string, now: number): Promise<boolean> {
  const counts = [...ofStranger(mark, now), charged({ limit: 'newMail', subject: everybody }, now)];
  return table.commit(counts.map((count) => ({ ...count, or: nothing })));
}

/** The write by which a mail that came back counts for the place that ordered it. Where it has used up its own, nothing more counts. */
export const bounced = (mark: string, now: number): Write => ({
  ...charged({ limit: 'bounceFromPlace', subject: mark }, now),
  or: nothing,
});
