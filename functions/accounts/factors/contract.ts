import * as z from 'zod';
import { feature, id, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { line, typedCode } from '../../../shared/product/text-fields.ts';

/** Bytes in base64url, as browsers write them; the library judges them. */
const binary = (max: number) => z.string().max(max);

/** What `PublicKeyCredential.toJSON()` of a browser gives; what moim does not look at is left out. */
const credentialOf = <Response extends z.ZodType>(response: Response) =>
  z.object({ id: binary(1400), rawId: binary(1400), type: z.literal('public-key'), response });
const addedPasskey = credentialOf(z.object({ clientDataJSON: binary(4000), attestationObject: binary(12_000) }));
export const shownPasskey = credentialOf(
  z.object({
    clientDataJSON: binary(4000),
    authenticatorData: binary(4000),
    signature: binary(8000),
    userHandle: binary(100).optional(),
  }),
).meta({
  id: 'ShownPasskey',
  description: 'The answer of `navigator.credentials.get()`, as its `toJSON()` gives it',
});
export type AddedPasskey = z.output<typeof addedPasskey>;
export type ShownPasskey = z.output<typeof shownPasskey>;

/** Six digits of an app, or a recovery code. */
export const secondCode = typedCode.max(40).meta({
  description: 'Six digits of the authenticator app, or a recovery code. Spaces and hyphens do not matter',
  examples: ['123456'],
});

/** What a browser is asked for: `navigator.credentials` takes it after `parse…OptionsFromJSON()`. */
export const challenge = z
  .object({
    publicKey: z.record(z.string(), z.unknown()).meta({
      description:
        'Give it to `PublicKeyCredential.parseRequestOptionsFromJSON()`, or `parseCreationOptionsFromJSON()` for a new passkey',
    }),
    expiresAt: instant,
  })
  .meta({ id: 'PasskeyChallenge' });

const passkey = z
  .object({
    id,
    name: z.string(),
    synced: z.boolean().meta({ description: 'Whether it is kept on more than one device' }),
    addedAt: instant,
    usedAt: instant.nullable(),
  })
  .meta({ id: 'Passkey' });

const getFactors = route({
  method: 'GET',
  path: '/v1/accounts/me/factors',
  summary: 'List your passkeys and authenticator app',
  description: 'Passkeys: first added first.',
  auth: 'account',
  event: 'NONE',
  result: z.object({
    passkeys: z.array(passkey),
    totp: z
      .object({ since: instant, recoveryCodes: z.int().meta({ description: 'How many are not used yet' }) })
      .nullable()
      .meta({ description: 'The authenticator app; null if sign-ins with the password need no code' }),
  }),
  problems: ['NOT_FOUND'],
});

const beginPasskey = route({
  method: 'POST',
  path: '/v1/accounts/me/passkeys/challenges',
  summary: 'Begin to add a passkey',
  description:
    'Give `publicKey` to `navigator.credentials.create()`, and send its answer within five minutes. Pages add a passkey for their own site.',
  auth: 'account',
  event: 'NONE',
  proof: 'fresh',
  status: 201,
  result: challenge,
  problems: ['FACTOR_NEEDED', 'NOT_FOUND', 'PASSKEY_LIMIT'],
});

const addPasskey = route({
  method: 'POST',
  path: '/v1/accounts/me/passkeys',
  summary: 'Add a passkey',
  description:
    'Up to ten. From then on it signs in without a password. The address of the account gets a notice by mail.',
  auth: 'account',
  event: 'FACTOR_ADDED',
  proof: 'fresh',
  body: z.strictObject({ name: line({ min: 1, max: limits.passkeys.name }), credential: addedPasskey }),
  status: 201,
  result: passkey,
  problems: ['FACTOR_NEEDED', 'NOT_FOUND', 'PASSKEY_INVALID', 'PASSKEY_LIMIT'],
});

const removePasskey = route({
  method: 'DELETE',
  path: '/v1/accounts/me/passkeys/{passkeyId}',
  summary: 'Remove a passkey',
  description: 'Refused for the last way to sign in. The address of the account gets a notice by mail.',
  auth: 'account',
  event: 'FACTOR_REMOVED',
  proof: 'fresh',
  problems: ['FACTOR_NEEDED', 'LAST_WAY_IN'],
});

const beginTotp = route({
  method: 'POST',
  path: '/v1/accounts/me/totp',
  summary: 'Begin to add an authenticator app',
  description:
    'Show `address` as a QR code, and `secret` for typing. Nothing changes before a code of the app confirms it. Another request gives another secret.',
  auth: 'account',
  event: 'NONE',
  proof: 'fresh',
  status: 201,
  result: z.object({ secret: z.string(), address: z.string() }),
  problems: ['FACTOR_NEEDED', 'NOT_FOUND', 'NOT_APPLICABLE'],
});

const recoveryCodes = z.object({
  recoveryCodes: z.array(z.string()).meta({
    description: 'Ten codes, each for one sign-in without the app. They are shown this once; the ones before are void',
  }),
});

const confirmTotp = route({
  method: 'POST',
  path: '/v1/accounts/me/totp/confirm',
  summary: 'Confirm an authenticator app',
  description:
    'From then on, a sign-in with the password also needs a code. The address of the account gets a notice by mail.',
  auth: 'account',
  event: 'FACTOR_ADDED',
  proof: 'fresh',
  body: z.strictObject({ code: secondCode }),
  result: recoveryCodes,
  problems: ['FACTOR_NEEDED', 'NOT_FOUND', 'NOT_APPLICABLE', 'CODE_INVALID', 'TOO_MANY_REQUESTS'],
});

const removeTotp = route({
  method: 'DELETE',
  path: '/v1/accounts/me/totp',
  summary: 'Remove your authenticator app',
  description: 'Idempotent: answers 204 if there is none. Its recovery codes end with it.',
  auth: 'account',
  event: 'FACTOR_REMOVED',
  proof: 'fresh',
  problems: ['FACTOR_NEEDED', 'NOT_FOUND'],
});

const renewRecoveryCodes = route({
  method: 'POST',
  path: '/v1/accounts/me/recovery-codes',
  summary: 'Get new recovery codes',
  auth: 'account',
  event: 'FACTOR_ADDED',
  proof: 'fresh',
  result: recoveryCodes,
  problems: ['FACTOR_NEEDED', 'NOT_FOUND', 'NOT_APPLICABLE'],
});

export const contract = feature({
  name: 'factors',
  summary: 'Passkeys, an authenticator app, and recovery codes',
  routes: {
    getFactors,
    beginPasskey,
    addPasskey,
    removePasskey,
    beginTotp,
    confirmTotp,
    removeTotp,
    renewRecoveryCodes,
  },
  rights: {
    http: {
      read: ['Account', 'Authority', 'Administrator', 'Session', 'Factors', 'Totp'],
      write: ['Factors', 'Totp', 'UsedChallenge', 'Session', 'Mail', 'Quota'],
      check: ['Authority', 'Session'],
      secrets: ['DeviceKey'],
    },
  },
});
