/**
 * Mails that anybody may order for any address (row 130). Strangers must not flood the address, and must not use up what
 * its owner needs. So mails are counted for whoever asks, never for the address alone.
 */
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint } from '../../../shared/core/ids.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import type { Part, Table } from '../../../shared/data/table.ts';
import type { Write } from '../../../shared/data/writes.ts';
import { knownDevice } from './known-device.ts';
import type { Purpose } from './values.ts';

/** Whoever asks for a mail to an address. */
export interface Asker {
  /** A known device, or a place: 22 characters. Each asker has codes of its own. */
  readonly id: string;
  /** Whether the owner of the address has signed in on the device that asks. */
  readonly isKnown: boolean;
  readonly place: string;
  readonly network: string;
}

/** Tells who asks: a device on which the owner of the address has signed in, or else a place. */
export async function askerOf(
  keys: SigningKeys,
  { email, deviceToken }: { readonly email: string; readonly deviceToken?: string | undefined },
  { place, network }: Pick<Asker, 'place' | 'network'>,
): Promise<Asker> {
  const device = await knownDevice(keys, email, deviceToken);
  const id = device ? fingerprint('device', device.deviceId).slice(0, 22) : place;
  return { id, isKnown: device !== undefined, place, network };
}

/** A mail to order: for whom, by whom, and what it is for. */
export interface MailAsked {
  readonly email: string;
  readonly asker: Asker;
  readonly purpose: Purpose | 'LOGIN_ID';
}

/**
 * Commits the order of a mail with the counts that limit it. A known device has a count of its own. A place has one for
 * each address and purpose. Both are small for the purpose MAIL, whose codes go also where mails come back. The count of all places together refuses nobody: when strangers have used it up, the address
 * is in a flood, and each network may order a few mails more.
 *
 * @param orderOf the writes that order the mail
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
  if (asker.isKnown) {
    const limit = purpose === 'MAIL' ? 'mailAgain' : 'mailFromDevice';
    await table.commit([orderOf(false), charged({ limit, subject: own }, now)], answer);
    return;
  }
  const always = [
    charged({ limit: purpose === 'MAIL' ? 'mailAgain' : 'mailFromPlaceToAddress', subject: own }, now),
    charged({ limit: 'mailFromPlace', subject: asker.place }, now),
  ];
  const all: Write = { ...charged({ limit: 'mailToAddress', subject: address }, now), or: nothing };
  if (await table.commit([orderOf(false), always, all], answer)) return;
  const inFlood = charged({ limit: 'mailInFlood', subject: `${address}:${asker.network}` }, now);
  await table.commit([orderOf(true), always, inFlood], answer);
}
