/** Adding and removing passkeys (row 162). */
import { generateRegistrationOptions } from '@simplewebauthn/server';
import { proved } from '../../../shared/access/proof.ts';
import { stillSignedIn } from '../../../shared/access/signed-in.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { above, absent, allOf, anyOf, below, exists } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { check, create, patch } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { newChallenge } from './challenge.ts';
import type { contract } from './contract.ts';
import type { FactorsItem, Passkey } from './items.ts';
import { userHandleOf } from './rules.ts';
import { ownFactors, passkeyView, toldOfWay } from './service.ts';
import { addedPasskey, algorithms, relyingPartyOf } from './webauthn.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly deviceKeys: SigningKeys };

export async function beginPasskey(
  { account: who, origin, now }: RouteRequest<Routes['beginPasskey']>,
  { table, environment, deviceKeys }: Deps,
): Promise<Answer<Routes['beginPasskey']>> {
  const { accountId } = who;
  const { account, authority, factors } = await ownFactors(table, { account: who, now });
  const { passkeys = {}, passkeyCount = 0 } = factors ?? {};
  if (passkeyCount >= limits.passkeys.most) throw new Problem('PASSKEY_LIMIT');
  const { text, expiresAt } = newChallenge(await deviceKeys.current(), { addTo: accountId }, now);
  const options = await generateRegistrationOptions({
    rpName: 'moim',
    rpID: relyingPartyOf(environment, origin),
    userID: new Uint8Array(userHandleOf(accountId)),
    userName: account.email ?? account.nickname,
    userDisplayName: account.nickname,
    challenge: text,
    timeout: limits.proof.challengeSeconds * 1000,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    // The device keeps the account with the key, so that nobody has to type who they are.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: Object.values(passkeys).map(({ credentialId }) => ({ id: credentialId })),
  });
  const answer = { body: { publicKey: { ...options }, expiresAt: iso(expiresAt * 1000) } };
  await table.commit([stillSignedIn(who, authority, now)], answer);
  return answer;
}

export async function addPasskey(
  { account: who, body, now }: RouteRequest<Routes['addPasskey']>,
  { table, environment, deviceKeys }: Deps,
): Promise<Answer<Routes['addPasskey']>> {
  const { accountId } = who;
  const { account, authority, factors } = await ownFactors(table, { account: who, now });
  const { passkey, used } = await addedPasskey({ environment, deviceKeys }, { accountId, ...body }, now);
  const isKnown = Object.values(factors?.passkeys ?? {}).some((each) => each.credentialId === passkey.credentialId);
  if (isKnown) throw new Problem('PASSKEY_INVALID');
  const passkeyId = newId(now);
  const answer = { body: passkeyView(passkeyId, passkey) };
  await table.commit(
    [
      used,
      stillSignedIn(who, authority, now),
      added(factors, accountId, passkeyId, passkey),
      proved(who, 'FACTOR', now),
      toldOfWay('WAY_ADDED', account, { PASSKEY: passkey.name }, now),
    ],
    answer,
  );
  return answer;
}

/** DynamoDB sets a part of a map only where the map is there. */
function added(factors: FactorsItem | undefined, accountId: string, passkeyId: string, passkey: Passkey) {
  const first = { passkeys: { [passkeyId]: passkey }, passkeyCount: 1 };
  if (!factors) return or(overtaken, create('Factors', { accountId, ...first }));
  if (!factors.passkeys) return or(overtaken, patch('Factors', { accountId }, { set: first }, absent('passkeys')));
  const room = anyOf(absent('passkeyCount'), below('passkeyCount', limits.passkeys.most));
  const set = { [`passkeys.${passkeyId}`]: passkey };
  const write = patch('Factors', { accountId }, { set, add: { passkeyCount: 1 } }, allOf(exists('passkeys'), room));
  return or('PASSKEY_LIMIT', write);
}

/** The last way in stays: the account's other ways are checked, or its other passkeys, in the same transaction. */
export async function removePasskey(
  { account: who, params: { passkeyId }, now }: RouteRequest<Routes['removePasskey']>,
  { table }: Deps,
): Promise<Answer<Routes['removePasskey']>> {
  const { accountId } = who;
  const { account, authority, factors } = await ownFactors(table, { account: who, now });
  const passkey = factors?.passkeys?.[passkeyId];
  if (!passkey) throw new Problem('NOT_FOUND');
  const path = `passkeys.${passkeyId}` as const;
  const hasOther = authority.waysIn > 0;
  const left = hasOther ? exists(path) : allOf(exists(path), above('passkeyCount', 1));
  const gone = { remove: [path], add: { passkeyCount: -1 } } as const;
  await table.commit([
    stillSignedIn(who, authority, now),
    or(
      (found) => (found?.passkeys?.[passkeyId] ? 'LAST_WAY_IN' : 'NOT_FOUND'),
      patch('Factors', { accountId }, gone, left),
    ),
    hasOther && or('LAST_WAY_IN', check('Authority', { accountId }, above('waysIn', 0))),
    toldOfWay('WAY_REMOVED', account, { PASSKEY: passkey.name }, now),
  ]);
  return noContent;
}
