/** Signing in with a passkey (row 162). */
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import { administratorRef } from '../../../shared/access/access.ts';
import { isActive } from '../../../shared/access/accounts.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { iso } from '../../../shared/core/time.ts';
import { ref } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { knownDevice, newDeviceToken } from '../accounts/known-device.ts';
import { newChallenge } from '../factors/challenge.ts';
import { ownerOf, shownPasskey } from '../factors/webauthn.ts';
import type { contract } from './contract.ts';
import { accountRefusal, openSession } from './service.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly sessionKeys: SigningKeys; readonly deviceKeys: SigningKeys };

/**
 * Nothing is stored: strangers may ask as often as they like. No site is named, so a browser takes the host of the page, which is
 * the one that passkeys of that page were made for. moim could not know it: browsers send no `Origin` with a GET to their own site.
 */
export async function getPasskeyChallenge(
  { now }: RouteRequest<Routes['getPasskeyChallenge']>,
  { deviceKeys }: Deps,
): Promise<Answer<Routes['getPasskeyChallenge']>> {
  const { text, expiresAt } = newChallenge(await deviceKeys.current(), 'USE', now);
  const { rpId: _unnamed, ...publicKey } = await generateAuthenticationOptions({
    rpID: '',
    challenge: text,
    timeout: limits.proof.challengeSeconds * 1000,
    userVerification: 'required',
  });
  return { body: { publicKey, expiresAt: iso(expiresAt * 1000) } };
}

/**
 * Nothing is counted: a signature cannot be guessed, and a wrong answer costs one read. So there is nothing of the owner's that a
 * stranger could use up.
 */
export async function signInWithPasskey(
  { body, now, note }: RouteRequest<Routes['signInWithPasskey']>,
  { table, environment, sessionKeys, deviceKeys }: Deps,
): Promise<Answer<Routes['signInWithPasskey']>> {
  const { credential, device, keep } = body;
  const accountId = ownerOf(credential);
  if (accountId === undefined) throw new Problem('PASSKEY_INVALID');
  const { authority, administrator, factors } = await table.getAll({
    authority: ref('Authority', { accountId }),
    administrator: administratorRef(accountId),
    factors: ref('Factors', { accountId }),
  });
  note({ account: authority?.accountId, detail: 'PASSKEY' });
  const shown = await shownPasskey({ environment, deviceKeys }, factors, credential, now);
  if (!isActive(authority)) throw accountRefusal(authority);

  const key = await sessionKeys.current();
  const login = authority.email ?? accountId;
  const known = await knownDevice(deviceKeys, login, body.deviceToken);
  const deviceToken = known ? body.deviceToken : await newDeviceToken(deviceKeys, login);
  const { sessionVersion } = authority;
  const opening = { accountId, sessionVersion, device, deviceToken, keep, isNewDevice: !known } as const;
  const administers = administrator !== undefined;
  const how = { openedBy: 'PASSKEY', isProof: true, isFactor: true, administers } as const;
  const opened = await openSession(key, { ...opening, ...how }, now);
  note({ session: opened.sessionId });
  await table.commit([opened.mayEnter, shown, opened.session], opened.answer);
  return opened.answer;
}
