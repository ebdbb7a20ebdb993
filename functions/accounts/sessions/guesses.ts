/** Wrong passwords (row 130): what a sign-in counts, so that guessing is slow and strangers keep no owner out. */
import { fingerprint } from '../../../shared/core/ids.ts';
import { below } from '../../../shared/data/conditions.ts';
import type { QuotaItem } from '../../../shared/data/items.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { charged, isSpent, quotaKey, tooMany, type Use, unspent } from '../../../shared/data/quota.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { checkIfThere, type Write } from '../../../shared/data/writes.ts';
import type { Problem } from '../../../shared/product/problems.ts';

type Counts = Readonly<Record<string, QuotaItem | undefined>>;

/** The counts of failed sign-ins that concern one sign-in. */
export interface Guesses {
  /** The counts to read before the password is judged. */
  readonly references: Readonly<Record<`count ${string}`, Reference<QuotaItem>>>;
  /** The refusal, if a count that was read is used up. */
  refusal(counts: Counts): Problem | undefined;
  /**
   * The write that a sign-in with the right password commits along. Refused as `overtaken` if failures were counted since
   * the counts were read: then read them again.
   */
  stillOpen(counts: Counts): Write[];
  /**
   * Counts a failure.
   * @throws Problem TOO_MANY_REQUESTS: the guess was one too many, and its result must not be told
   */
  failed(table: Table, counts: Counts): Promise<void>;
}

const named = (use: Use) => `count ${use.limit}` as const;
const referencesOf = (uses: readonly Use[], now: number) =>
  Object.fromEntries(uses.map((use) => [named(use), ref('Quota', quotaKey(use, now))]));

/** On a device that the login has used before, only the failures of this very device count. */
export function guessesOnDevice(login: string, deviceId: string, now: number): Guesses {
  const own: Use = { limit: 'signInFromDevice', subject: `${fingerprint('login', login)}:${deviceId}` };
  return {
    references: referencesOf([own], now),
    refusal: (counts) => (isSpent(own, counts[named(own)]) ? tooMany(own, now) : undefined),
    stillOpen: () => [unspent(own, now)],
    failed: async (table) => {
      await table.commit([charged(own, now)]);
    },
  };
}

/**
 * Elsewhere three counts matter: of the login in this place, of the place for all logins, and of the login in all places
 * together. The last one refuses nobody. When strangers have used it up, each network has one more guess an hour.
 */
export function guessesElsewhere(
  login: string,
  { place, network }: { readonly place: string; readonly network: string },
  now: number,
): Guesses {
  const account = fingerprint('login', login);
  const here: Use = { limit: 'signInFromPlace', subject: `${account}:${place}` };
  const atPlace: Use = { limit: 'signInAtPlace', subject: place };
  const anywhere: Use = { limit: 'signInFromAnywhere', subject: account };
  const inFlood: Use = { limit: 'signInInFlood', subject: `${account}:${network}` };
  const isFlooded = (counts: Counts) => isSpent(anywhere, counts[named(anywhere)]);
  return {
    references: referencesOf([here, atPlace, anywhere], now),
    refusal(counts) {
      const spent = [here, atPlace].find((use) => isSpent(use, counts[named(use)]));
      return spent && tooMany(spent, now);
    },
    stillOpen(counts) {
      if (isFlooded(counts)) return [unspent(inFlood, now)];
      // Each failure outside a flood moves this count, so one condition stands for all three.
      const used = counts[named(anywhere)]?.used ?? 0;
      return or(overtaken, checkIfThere('Quota', quotaKey(anywhere, now), below('used', used + 1)));
    },
    async failed(table, counts) {
      const always = [here, atPlace].map((use) => charged(use, now));
      const sum: Write = { ...charged(anywhere, now), or: nothing };
      if (!isFlooded(counts) && (await table.commit([always, sum]))) return;
      await table.commit([always, charged(inFlood, now)]);
    },
  };
}
