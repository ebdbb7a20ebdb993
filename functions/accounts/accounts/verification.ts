/** E-mail verification (rows 1, 2): a code by mail, exchanged for a ticket that allows one thing. */

import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint, newId, newSecret } from '../../../shared/core/ids.ts';
import { fromIso, iso, ttl } from '../../../shared/core/time.ts';
import { above, allOf, atMost, below, is } from '../../../shared/data/conditions.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { create, patch, remove } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { contract } from './contract.ts';
import { credentialRef } from './credentials.ts';
import { codeKey, codeOf, codesEqual } from './rules.ts';
import type { Purpose } from './values.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly signingKeys: SigningKeys };

/** Row 1. The item is the order to send the mail: the stream sees it and sends (`mailCode`). */
export async function requestEmailCode(
  { body: { email, purpose }, locale, place, now }: RouteRequest<Routes['requestEmailCode']>,
  { table, signingKeys }: Deps,
): Promise<Answer<Routes['requestEmailCode']>> {
  const { lifeSeconds, resendSeconds } = limits.emailCode;
  const expiresAt = ttl(now) + lifeSeconds;
  const { id: keyId } = await signingKeys.current();
  const code = {
    ...codeKey(email, purpose),
    email,
    verificationId: newId(now),
    keyId,
    tries: 0,
    sentAt: iso(now),
    locale,
  };
  const answer = { body: { expiresAt: iso(expiresAt * 1000), resendAt: iso(now + resendSeconds * 1000) } };

  const orWhen = atMost('sentAt', iso(now - resendSeconds * 1000));
  const tooSoon = (before: { readonly sentAt: string } = code) => {
    const retryAfter = Math.ceil((fromIso(before.sentAt) + resendSeconds * 1000 - now) / 1000);
    return new Problem('TOO_MANY_REQUESTS', { retryAfter: Math.max(1, retryAfter) });
  };
  const order = or(tooSoon, create('EmailCode', code, { expiresAt, orWhen }));
  await table.commit([order, chargedMail(email, place, now)], answer);
  return answer;
}

/** Counts a mail that a stranger orders: for the address that gets it, and for the place that it is ordered from. */
export const chargedMail = (email: string, place: string, now: number) => [
  charged({ limit: 'mailToAddress', subject: fingerprint('mail', email) }, now),
  charged({ limit: 'mailFromPlace', subject: place }, now),
];

/** Each guess pays with a try before it is judged, so that no number of guesses at once gets more than five. */
export async function confirmEmailCode(
  { body: { email, purpose, code }, now }: RouteRequest<Routes['confirmEmailCode']>,
  { table, signingKeys }: Deps,
): Promise<Answer<Routes['confirmEmailCode']>> {
  const key = codeKey(email, purpose);
  const open = allOf(below('tries', limits.emailCode.tries), above('expiresAt', now / 1000));
  const sent = await table.change(patch('EmailCode', key, { add: { tries: 1 } }, open));
  const signed = sent && (await signingKeys.named(sent.keyId));
  if (!signed || !codesEqual(code, codeOf(signed.bytes, sent.verificationId, email))) throw new Problem('CODE_INVALID');

  const { credential } = await table.getAll({ credential: credentialRef(email) });
  const ticket = newSecret();
  const expiresAt = ttl(now) + limits.ticketSeconds[purpose];
  const answer = { body: { ticket, expiresAt: iso(expiresAt * 1000), registered: credential !== undefined } };
  await table.commit(
    [
      or('CODE_INVALID', remove('EmailCode', key, is('verificationId', sent.verificationId))),
      create('Ticket', { hash: fingerprint(ticket), purpose, email }, { expiresAt }),
    ],
    answer,
  );
  return answer;
}

/**
 * The address that a ticket vouches for, with the write that uses it up.
 *
 * @throws Problem TICKET_INVALID, as the write does
 */
export async function ticketFor(table: Table, ticket: string, purpose: Purpose, now: number) {
  const hash = fingerprint(ticket);
  const found = await table.get('Ticket', { hash });
  if (found?.purpose !== purpose || found.expiresAt <= now / 1000) throw new Problem('TICKET_INVALID');
  return { email: found.email, used: or('TICKET_INVALID', remove('Ticket', { hash }, is('purpose', purpose))) };
}
