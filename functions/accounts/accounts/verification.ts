/** E-mail verification (rows 1, 2): a code by mail, exchanged for a ticket that allows one thing. */

import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint, newSecret } from '../../../shared/core/ids.ts';
import { fromIso, iso, ttl } from '../../../shared/core/time.ts';
import { above, allOf, atMost, below, is } from '../../../shared/data/conditions.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { check, create, patch, remove } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { askerOf, commitMail, mayAsk } from './asking.ts';
import type { contract } from './contract.ts';
import { credentialRef } from './credentials.ts';
import { codeKey, codeOf, codesEqual, readRequestToken, requestTokenOf } from './rules.ts';
import type { Purpose } from './values.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly deviceKeys: SigningKeys; readonly codeKeys: SigningKeys };

interface CodeAsked {
  readonly email: string;
  readonly purpose: Purpose;
  /** Whoever asks: each has codes of their own. */
  readonly asker: string;
}

/** A code by mail: the write that orders it, by the number of tries that are used up from the start, and the answer to it. */
export async function codeOrder(
  codeKeys: SigningKeys,
  { email, purpose, asker, from, locale }: CodeAsked & { readonly from?: string; readonly locale: Locale },
  now: number,
) {
  const { lifeSeconds, resendSeconds } = limits.emailCode;
  const expiresAt = ttl(now) + lifeSeconds;
  const secret = newSecret();
  const { id: keyId } = await codeKeys.current();
  const code = {
    ...codeKey(email, purpose, asker),
    email,
    verificationId: fingerprint(secret),
    keyId,
    sentAt: iso(now),
    locale,
    ...(from === undefined ? {} : { from }),
  };
  const request = requestTokenOf(asker, secret);
  const answer = { body: { request, expiresAt: iso(expiresAt * 1000), resendAt: iso(now + resendSeconds * 1000) } };
  const order = (tries: number) =>
    or(
      (before) => tooSoon(before?.sentAt, now),
      create('EmailCode', { ...code, tries }, { expiresAt, orWhen: rested('sentAt', now) }),
    );
  return { order, answer };
}

/** Row 1. The item is the order to send the mail: the stream sees it and sends (`mailCode`). */
export async function requestEmailCode(
  { body, locale, place, network, now, note }: RouteRequest<Routes['requestEmailCode']>,
  { table, tally, deviceKeys, codeKeys }: Deps,
): Promise<Answer<Routes['requestEmailCode']>> {
  const { email, purpose } = body;
  note({ detail: purpose });
  const { tries, triesInFlood } = limits.emailCode;
  const asker = await askerOf(deviceKeys, body, { place, network });
  await mayAsk(tally, asker, now);
  const asked = { email, purpose, asker: asker.id, from: asker.mark, locale };
  const { order, answer } = await codeOrder(codeKeys, asked, now);
  const byFlood = (inFlood: boolean) => order(inFlood ? tries - triesInFlood : 0);
  await commitMail(table, { email, asker, purpose }, byFlood, answer, now);
  return answer;
}

/** Whether the pause after a mail is over (row 1). */
export const rested = <const P extends string>(path: P, now: number) =>
  atMost(path, iso(now - limits.emailCode.resendSeconds * 1000));

/** The refusal of a mail whose predecessor was ordered a moment ago; absent: in the same moment. */
export function tooSoon(before: string | undefined, now: number): Problem {
  const again = (before === undefined ? now : fromIso(before)) + limits.emailCode.resendSeconds * 1000;
  return new Problem('TOO_MANY_REQUESTS', { retryAfter: Math.max(1, Math.ceil((again - now) / 1000)) });
}

/**
 * The write that uses up a right code, and the claim of its address. A wrong guess uses up a try, and a right one is refused
 * when the tries are used up by then. Both are one write on the same item. So of any number of guesses at once, only those
 * count that are among the first five to arrive. The tries are those of whoever asked for the code: others cannot use them up.
 *
 * @throws Problem CODE_INVALID, as the write does
 */
export async function rightCode(
  { table, codeKeys, note }: Pick<Deps, 'table' | 'codeKeys'> & Pick<RouteRequest, 'note'>,
  {
    email,
    purpose,
    asker: place,
    code,
    request,
  }: CodeAsked & { readonly code: string; readonly request: string | undefined },
  now: number,
) {
  const asked = request === undefined ? { asker: place, secret: undefined } : readRequestToken(request);
  if (!asked) throw new Problem('CODE_INVALID');
  const key = codeKey(email, purpose, asked.asker);
  const { sent, credential } = await table.getAll({ sent: ref('EmailCode', key), credential: credentialRef(email) });
  note({ account: credential?.accountId });
  const isNamed = asked.secret === undefined || sent?.verificationId === fingerprint(asked.secret);
  if (!sent || !isNamed) throw new Problem('CODE_INVALID');
  const { verificationId, keyId } = sent;
  const open = allOf(
    is('verificationId', verificationId),
    below('tries', limits.emailCode.tries),
    above('expiresAt', now / 1000),
  );
  const signed = await codeKeys.named(keyId);
  if (!signed || !codesEqual(code, codeOf(signed.bytes, verificationId, email))) {
    await table.change(patch('EmailCode', key, { add: { tries: 1 } }, open));
    throw new Problem('CODE_INVALID');
  }
  return { used: or('CODE_INVALID', remove('EmailCode', key, open)), credential };
}

export async function confirmEmailCode(
  { body: { email, purpose, code, request }, place, now, note }: RouteRequest<Routes['confirmEmailCode']>,
  { table, codeKeys }: Deps,
): Promise<Answer<Routes['confirmEmailCode']>> {
  note({ detail: purpose });
  const asked = { email, purpose, asker: place, code, request };
  const { used, credential } = await rightCode({ table, codeKeys, note }, asked, now);
  const ticket = newSecret();
  const expiresAt = ttl(now) + limits.ticketSeconds[purpose];
  const answer = { body: { ticket, expiresAt: iso(expiresAt * 1000), registered: credential !== undefined } };
  const proof = { hash: fingerprint(ticket), purpose, email, ...(credential && { accountId: credential.accountId }) };
  await table.commit([used, create('EmailTicket', proof, { expiresAt })], answer);
  return answer;
}

/**
 * The address that a ticket vouches for, the account that had it then, the write that uses the ticket up,
 * and one that only asks for it.
 *
 * @throws Problem TICKET_INVALID, as the write does
 */
export async function ticketFor(table: Table, ticket: string, purpose: Purpose, now: number) {
  const hash = fingerprint(ticket);
  const found = await table.get('EmailTicket', { hash });
  if (found?.purpose !== purpose || found.expiresAt <= now / 1000) throw new Problem('TICKET_INVALID');
  const { email, accountId } = found;
  const [used, unused] = [remove('EmailTicket', { hash }, is('purpose', purpose)), check('EmailTicket', { hash })];
  return { email, accountId, used: or('TICKET_INVALID', used), unused: or('TICKET_INVALID', unused) };
}
