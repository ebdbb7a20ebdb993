/** Passkeys (WebAuthn): what moim asks a browser for, and whether its answer is right. */
import {
  type AuthenticationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import type { Environment } from '../../../shared/core/platform.ts';
import { iso } from '../../../shared/core/time.ts';
import { exists } from '../../../shared/data/conditions.ts';
import { or } from '../../../shared/data/table.ts';
import { patch, type Write } from '../../../shared/data/writes.ts';
import { originsOf, siteOf } from '../../../shared/http/origins.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { type ChallengeFor, usedChallenge } from './challenge.ts';
import type { AddedPasskey, ShownPasskey } from './contract.ts';
import type { FactorsItem, Passkey } from './items.ts';
import { accountIdOf } from './rules.ts';

/** EdDSA, ES256 and RS256 (COSE): what all devices have between them. Node's ML-DSA is experimental. */
export const algorithms = [-8, -7, -257];

const hostOf = (origin: string) => new URL(origin).hostname;

/**
 * The site that a passkey belongs to (the RP ID): the host of the page, if the page is of the deployment. Apps, which have no
 * page, belong to the deployment's first site.
 */
export const relyingPartyOf = (environment: Environment, origin: string | undefined): string =>
  hostOf(siteOf(environment, origin));

interface Asked {
  readonly environment: Environment;
  readonly deviceKeys: SigningKeys;
}

/** The checks that both kinds of answers share. The library asks for the challenge, which then is noted as used. */
function expected({ environment, deviceKeys }: Asked, what: ChallengeFor, now: number) {
  const found: { used?: Write[] } = {};
  const origins = originsOf(environment);
  const checks = {
    expectedOrigin: origins,
    expectedRPID: [...new Set(origins.map(hostOf))],
    async expectedChallenge(challenge: string) {
      const used = await usedChallenge(deviceKeys, what, challenge, now);
      if (used) found.used = used;
      return used !== undefined;
    },
    // A passkey is two factors in one: the device, and the finger, face or PIN that unlocks it.
    requireUserVerification: true,
  };
  return { checks, used: () => found.used ?? [] };
}

/** Runs the library's check. It throws an error for whatever is wrong with an answer: all of it is the client's to answer for. */
async function checked<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch {
    throw new Problem('PASSKEY_INVALID');
  }
}

/**
 * A new passkey, if the answer is right, and the write that uses its challenge up.
 *
 * @throws Problem PASSKEY_INVALID
 */
export async function addedPasskey(
  asked: Asked,
  {
    accountId,
    name,
    credential,
  }: { readonly accountId: string; readonly name: string; readonly credential: AddedPasskey },
  now: number,
): Promise<{ readonly passkey: Passkey; readonly used: Write[] }> {
  const { checks, used } = expected(asked, { addTo: accountId }, now);
  const response = { ...credential, clientExtensionResults: {} };
  const { verified, registrationInfo } = await checked(() =>
    verifyRegistrationResponse({ ...checks, response, supportedAlgorithmIDs: algorithms }),
  );
  if (!verified) throw new Problem('PASSKEY_INVALID');
  const { credential: made, credentialBackedUp } = registrationInfo;
  const passkey = {
    credentialId: made.id,
    publicKey: Buffer.from(made.publicKey).toString('base64url'),
    counter: made.counter,
    name,
    synced: credentialBackedUp,
    addedAt: iso(now),
  };
  return { passkey, used: used() };
}

/** The account that a passkey says it belongs to: it is looked up there, and nowhere else. Undefined if it says nothing. */
export const ownerOf = ({ response: { userHandle } }: ShownPasskey) => accountIdOf(userHandle);

/**
 * Checks the answer of a passkey against those of an account.
 *
 * @returns the writes that use up the challenge, and note the use. Refused if the passkey was removed meanwhile
 * @throws Problem PASSKEY_INVALID
 */
export async function shownPasskey(
  asked: Asked,
  factors: FactorsItem | undefined,
  credential: ShownPasskey,
  now: number,
): Promise<Write[]> {
  const own = Object.entries(factors?.passkeys ?? {}).find(([, { credentialId }]) => credentialId === credential.id);
  if (!factors || !own) throw new Problem('PASSKEY_INVALID');
  const [passkeyId, { publicKey, counter }] = own;
  const { checks, used } = expected(asked, 'USE', now);
  const response = { ...credential, clientExtensionResults: {} } as AuthenticationResponseJSON;
  const known = { id: credential.id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter };
  const { verified, authenticationInfo } = await checked(() =>
    verifyAuthenticationResponse({ ...checks, response, credential: known }),
  );
  if (!verified) throw new Problem('PASSKEY_INVALID');
  const path = `passkeys.${passkeyId}` as const;
  const set = { [`${path}.counter`]: authenticationInfo.newCounter, [`${path}.usedAt`]: iso(now) };
  return [
    ...used(),
    ...or('PASSKEY_INVALID', patch('Factors', { accountId: factors.accountId }, { set }, exists(path))),
  ];
}
