/**
 * Mails that anybody may order for any address (row 130). Strangers must not flood the address, and must not use up what
 * its owner needs. So mails are counted for whoever asks, never for the address alone.
 */
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint } from '../../../shared/core/ids.ts';
import { nothing, type Outcome } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import type { Part, Table } from '../../../shared/data/table.ts';
import type { Tally } from '../../../shared/data/tally.ts';
import type { Write } from '../../../shared/data/writes.ts';
import { everybody, ofStranger } from '../../talking/mail/strangers.ts';
import { knownDevice } from './known-device.ts';
import { placeMark } from './rules.ts';
import type { Purpose } from './values.ts';

/** Whoever asks for a mail to an address. */
export interface Asker {
  /** A known device, or a place: 22 characters. Each asker has codes of its own. */
  readonly id: string;
  /** Whether the owner of the address has signed in on the device that asks. */
  readonly isKnown: boolean;
  readonly place: string;
  readonly network: string;
  /** The place as mails carry it (`placeMark`). */
  readonly mark: string;
}

/** Tells who asks: a device on which the owner of the address has signed in, or else a place. */
export async function askerOf(
  keys: SigningKeys,
  { email, deviceToken }: { readonly email: string; readonly deviceToken?: string | undefined },
  { place, network }: Pick<Asker, 'place' | 'network'>,
): Promise<Asker> {
  const device = await knownDevice(keys, email, deviceToken);
  const id = device ? fingerprint('device', device.deviceId).slice(0, 22) : place;
  const mark = placeMark(await keys.current(), place);
  return { id, isKnown: device !== undefined, place, network, mark };
}

/**
 * Counts who asks for mails, for whatever address. A known device asks for its owner's alone, so others in its place do
 * not matter to it.
 *
 * @throws Problem TOO_MANY_REQUESTS
 */
export async function mayAsk(tally: Tally, { isKnown, place }: Asker, now: number): Promise<void> {
  if (!isKnown) await tally.count({ limit: 'mailFromPlace', subject: place }, now);
}

/** A mail to order: for whom, by whom, and what it is for. */
export interface MailAsked {
  readonly email: string;
  readonly asker: Asker;
  readonly purpose: Purpose | 'LOGIN_ID';
}

/** A sum over all places, which strangers can use up: then another limit counts, and nobody is refused for the sum alone. */
interface Sum {
  readonly of: Write;
  readonly whenSpent: readonly Write[];
}

/**
 * Commits the order of a mail with the counts that limit it. A known device has a count of its own. A place has one for
 * each address and purpose; it is small for the purpose MAIL, whose codes go also where mails come back. Sums over all places
 * refuse nobody: when strangers have used one up, each network may order a few mails more.
 *
 * Who signs up or moves an account names an address that nobody has shown to be theirs: such mails may come back, and count
 * for that too. Of other purposes only the delivery knows whether the address has an account, since the answer must not
 * tell (`mayMailStranger`).
 *
 * @param orderOf the writes that order the mail; `inFlood`: strangers flood the address
 * @throws Problem TOO_MANY_REQUESTS, and the refusals of the order
 */
export async function commitMail(
  table: Table,
  { email, asker, purpose }: MailAsked,
  orderOf: (inFlood: boolean) => Part,
  answer: unknown,
  now: number,
): Promise<void> {
  const address = fingerprint('mail', email);
  const own = `${address}:${asker.id}:${purpose}`;
  const toNew = purpose === 'REGISTER' || purpose === 'EMAIL';
  const ofAsker = asker.isKnown ? 'mailFromDevice' : 'mailFromPlaceToAddress';
  const first = charged({ limit: purpose === 'MAIL' ? 'mailAgain' : ofAsker, subject: own }, now);
  const toAddress: Sum = {
    of: charged({ limit: 'mailToAddress', subject: address }, now),
    whenSpent: [charged({ limit: 'mailInFlood', subject: `${address}:${asker.network}` }, now)],
  };
  const ofAll: Sum = {
    of: charged({ limit: 'newMail', subject: everybody }, now),
    whenSpent: [
      charged({ limit: 'newMailInFlood', subject: asker.network }, now),
      charged({ limit: 'newMailAtMost', subject: everybody }, now),
    ],
  };
  const ofStrangers: Sum = {
    of: charged({ limit: 'recovery', subject: everybody }, now),
    whenSpent: [charged({ limit: 'recoveryInFlood', subject: asker.network }, now)],
  };
  const sums = [...(asker.isKnown ? [] : [toAddress]), ...(toNew ? [ofAll] : asker.isKnown ? [] : [ofStrangers])];
  const always = [first, toNew && ofStranger(asker.mark, now)];
  const spent = new Set<Sum>();
  for (;;) {
    let found: Sum | undefined;
    const counts = sums.map((sum) => {
      const isSpent = (): Outcome => {
        found = sum;
        return nothing;
      };
      return spent.has(sum) ? sum.whenSpent : { ...sum.of, or: isSpent };
    });
    if (await table.commit([orderOf(spent.has(toAddress)), always, counts], answer)) return;
    spent.add(found!);
  }
}
