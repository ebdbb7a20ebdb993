/** Access tokens that moim did not issue, or not for now: each way in which they are known to be forged. */
import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { base64url, decodeJwt, decodeProtectedHeader, EncryptJWT, SignJWT } from 'jose';
import type { Moim } from '../support/moim.ts';

/** The key that the deployment signs with: what a forger would have to know. */
export async function signingKey(moim: Moim): Promise<Uint8Array> {
  const { SIGNING_KEY_ARN: SecretId } = moim.functions.find(
    ({ environment }) => environment.SIGNING_KEY_ARN,
  )!.environment;
  const client = new SecretsManagerClient({
    endpoint: moim.awsUrl,
    region: 'us-east-1',
    credentials: moim.owner,
    systemClockOffset: moim.clock.now() - Date.now(),
  });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  client.destroy();
  return Buffer.from(SecretString!);
}

type Json = Readonly<Record<string, unknown>>;
const part = (value: unknown) => base64url.encode(JSON.stringify(value));

/**
 * Authorization headers by what is wrong with them. All but the last kinds are signed with the right key: what refuses
 * them is not the signature.
 */
export async function forgeries(moim: Moim, token: string): Promise<Readonly<Record<string, string>>> {
  const key = await signingKey(moim);
  const [head, payload, signature] = token.split('.') as [string, string, string];
  const header = decodeProtectedHeader(token) as Json;
  const claims = decodeJwt(token) as Json;
  const now = Math.floor(moim.clock.now() / 1000);

  const sealed = (algorithm: string, secret: Uint8Array, text: string) =>
    createHmac(algorithm, secret).update(text).digest('base64url');
  /** Signed as moim signs, whatever the header says. */
  const made = (otherHeader: Json, otherClaims: Json = {}, secret = key, algorithm = 'sha256') => {
    const text = `${part({ ...header, ...otherHeader })}.${part({ ...claims, ...otherClaims })}`;
    return `${text}.${sealed(algorithm, secret, text)}`;
  };
  const unsigned = (otherHeader: Json) => `${part({ ...header, ...otherHeader })}.${payload}.`;

  const tokens: Record<string, string> = {};
  for (const alg of ['none', 'None', 'NONE', 'nOnE', 'none ', '', null, []]) {
    const name = JSON.stringify(alg);
    tokens[`alg ${name} without a signature`] = unsigned({ alg });
    tokens[`alg ${name} with the old signature`] = `${unsigned({ alg })}${signature}`;
    tokens[`alg ${name} with a right signature`] = made({ alg });
  }
  for (const alg of ['HS384', 'HS512', 'RS256', 'PS256', 'ES256', 'EdDSA', 'hs256', 'HS256 ', 'HMAC', 256, ['HS256']])
    tokens[`alg ${JSON.stringify(alg)}`] = made({ alg });
  for (const [alg, hash] of [
    ['HS384', 'sha384'],
    ['HS512', 'sha512'],
  ] as const)
    tokens[`rightly signed with ${alg}`] = made({ alg }, {}, key, hash);
  for (const [alg, pair] of [
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ] as const) {
    const jwk = pair.publicKey.export({ format: 'jwk' });
    const signer = (more: object) => new SignJWT(claims).setProtectedHeader({ ...header, alg, ...more });
    tokens[`signed with ${alg} by a key of one's own`] = await signer({}).sign(pair.privateKey);
    tokens[`signed with ${alg} by a key it brings along`] = await signer({ jwk }).sign(pair.privateKey);
    tokens[`${alg} turned to HS256 with the public key as the secret`] = made(
      { alg: 'HS256' },
      {},
      Buffer.from(pair.publicKey.export({ format: 'pem', type: 'spki' })),
    );
  }
  for (const kid of ['', 'other', '../../dev/null', "' OR 1=1 --", '/etc/passwd\u0000', null, 0, [header.kid]])
    tokens[`kid ${JSON.stringify(kid)}`] = made({ kid });
  tokens['no kid'] = made({ kid: undefined });
  for (const secret of [
    '',
    ' ',
    'secret',
    'password',
    'changeme',
    '123456',
    'key',
    'moim',
    '0',
    'null',
    'undefined',
    String(header.kid),
  ])
    tokens[`signed with the secret "${secret}"`] = made({}, {}, Buffer.from(secret));
  tokens['signed with another key'] = made({}, {}, randomBytes(64));
  for (const typ of ['JWT', 'jwt', '', null, 'at+jwt+jwt', 'id+jwt', 1])
    tokens[`typ ${JSON.stringify(typ)}`] = made({ typ });
  tokens['no typ'] = made({ typ: undefined });
  tokens['a critical extension'] = made({ crit: ['exp2'], exp2: 1 });
  tokens['a payload that is not encoded'] = made({ crit: ['b64'], b64: false });
  for (const url of ['jku', 'x5u']) {
    const text = `${part({ ...header, [url]: 'https://attacker.example/keys' })}.${payload}`;
    tokens[`${url} of one's own`] = `${text}.${sealed('sha256', randomBytes(64), text)}`;
  }

  for (const iss of ['', 'Moim', 'moim ', 'attacker', ['moim'], null, undefined])
    tokens[`iss ${JSON.stringify(iss)}`] = made({}, { iss });
  for (const aud of ['', 'moim', 'moim-api2', 'moim-socket', [], ['other'], null, undefined])
    tokens[`aud ${JSON.stringify(aud)}`] = made({}, { aud });
  for (const [what, exp] of [
    ['just now', now],
    ['a second ago', now - 1],
    ['long ago', 1],
    ['before 1970', -1],
    ['as text', String(now + 900)],
    ['never', undefined],
    ['at null', null],
  ])
    tokens[`expires ${what}`] = made({}, { exp });
  for (const nbf of [now + 61, now + 9_999_999, 'now', null]) tokens[`not before ${nbf}`] = made({}, { nbf });
  for (const iat of [now + 61, now + 9_999_999, 'now', null, undefined]) tokens[`issued at ${iat}`] = made({}, { iat });
  for (const sub of ['', undefined, null, 7, ['a'], '../x']) tokens[`sub ${JSON.stringify(sub)}`] = made({}, { sub });
  for (const sid of ['', undefined, null, 7, { $ne: 1 }]) tokens[`sid ${JSON.stringify(sid)}`] = made({}, { sid });
  tokens['a payload that is no object'] =
    `${head}.${part([claims])}.${sealed('sha256', key, `${head}.${part([claims])}`)}`;
  tokens['claims of somebody else under the old signature'] =
    `${head}.${part({ ...claims, sub: '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90' })}.${signature}`;

  tokens.encrypted = await new EncryptJWT(claims)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(key.subarray(0, 32));
  tokens['without its last letter'] = token.slice(0, -1);
  tokens['without its signature'] = `${head}.${payload}.`;
  tokens['two parts'] = `${head}.${payload}`;
  tokens['one part'] = head;
  tokens['four parts'] = `${token}.${signature}`;
  tokens['five parts'] = `${token}.a.b`;
  tokens['parts in another order'] = `${payload}.${head}.${signature}`;
  tokens['only dots'] = '..';
  tokens['an empty header'] = `.${payload}.${signature}`;
  tokens['an empty payload'] = `${head}..${signature}`;
  tokens['a letter changed in the payload'] = token.replace(payload, `${payload.slice(0, -2)}AA`);
  tokens['in upper case'] = token.toUpperCase();
  tokens['something else'] = 'undefined';
  tokens['a long text'] = 'A'.repeat(7_000);

  const headers = Object.fromEntries(Object.entries(tokens).map(([name, each]) => [name, `Bearer ${each}`]));
  return {
    ...headers,
    'no scheme': token,
    'another scheme': `Basic ${token}`,
    'the scheme twice': `Bearer Bearer ${token}`,
    'the scheme alone': 'Bearer',
    'two spaces': `Bearer  ${token}`,
    'a colon': `Bearer: ${token}`,
    'the token twice': `Bearer ${token} ${token}`,
    'two tokens by comma': `Bearer ${token},Bearer ${token}`,
    'in quotes': `Bearer "${token}"`,
    'a parameter after it': `Bearer ${token};alg=none`,
    padded: `Bearer ${token}=`,
  };
}
