/** Access tokens that moim did not issue, or not for now: each way in which they are known to be forged. */
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { base64url, decodeJwt, decodeProtectedHeader, EncryptJWT, SignJWT } from 'jose';
import { privateKeyOf } from '../../functions/accounts/sessions/keys.ts';
import { derived } from '../../shared/core/derived-key.ts';
import type { Moim } from '../support/moim.ts';
import { sessionKeyOf } from '../support/people.ts';

type Json = Readonly<Record<string, unknown>>;
const part = (value: unknown) => base64url.encode(JSON.stringify(value));

/**
 * Authorization headers by what is wrong with them. All but the last kinds are signed with the right key: what refuses
 * them is not the signature.
 */
export async function forgeries(moim: Moim, token: string): Promise<Readonly<Record<string, string>>> {
  const key = await sessionKeyOf(moim);
  const right = privateKeyOf(key);
  const open = createPublicKey(right);
  const [head, payload, signature] = token.split('.') as [string, string, string];
  const header = decodeProtectedHeader(token) as Json;
  const claims = decodeJwt(token) as Json;
  const now = Math.floor(moim.clock.now() / 1000);

  const signed = (text: string) => sign(null, Buffer.from(text), right).toString('base64url');
  /** Signed as moim signs, whatever the header says. */
  const made = (otherHeader: Json, otherClaims: Json = {}, by: (text: string) => string = signed) => {
    const text = `${part({ ...header, ...otherHeader })}.${part({ ...claims, ...otherClaims })}`;
    return `${text}.${by(text)}`;
  };
  /** Sealed with a shared secret, as the header says. */
  const sealed = (secret: string | Uint8Array, bits = 256) =>
    made({ alg: `HS${bits}` }, {}, (text) => createHmac(`sha${bits}`, secret).update(text).digest('base64url'));
  const unsigned = (otherHeader: Json) => `${part({ ...header, ...otherHeader })}.${payload}.`;

  const tokens: Record<string, string> = {};
  for (const alg of ['none', 'None', 'NONE', 'nOnE', 'none ', '', null, []]) {
    const name = JSON.stringify(alg);
    tokens[`alg ${name} without a signature`] = unsigned({ alg });
    tokens[`alg ${name} with the old signature`] = `${unsigned({ alg })}${signature}`;
    tokens[`alg ${name} with a right signature`] = made({ alg });
  }
  for (const alg of [
    'HS256',
    'HS512',
    'RS256',
    'PS256',
    'ES256',
    'Ed25519',
    'Ed448',
    'eddsa',
    'EdDSA ',
    25519,
    ['EdDSA'],
  ])
    tokens[`alg ${JSON.stringify(alg)}`] = made({ alg });
  // What everybody may read must not seal, and neither must the secret itself.
  for (const [what, secret] of Object.entries({
    'the public key': Buffer.from(open.export({ format: 'jwk' }).x!, 'base64url'),
    'the public key as text': open.export({ format: 'jwk' }).x!,
    'the public key as PEM': open.export({ format: 'pem', type: 'spki' }),
    'the public key as DER': open.export({ format: 'der', type: 'spki' }),
    'the secret': key.bytes,
    'the seed of the private key': derived(key, 'access token').bytes,
  }))
    for (const bits of [256, 384, 512]) tokens[`sealed with HS${bits} and ${what}`] = sealed(secret, bits);
  for (const [alg, pair] of [
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ] as const) {
    const jwk = pair.publicKey.export({ format: 'jwk' });
    const signer = (more: object) => new SignJWT(claims).setProtectedHeader({ ...header, alg, ...more });
    tokens[`signed with ${alg} by a key of one's own`] = await signer({}).sign(pair.privateKey);
    tokens[`signed with ${alg} by a key it brings along`] = await signer({ jwk }).sign(pair.privateKey);
    tokens[`${alg} turned to HS256 with the public key as the secret`] = sealed(
      pair.publicKey.export({ format: 'pem', type: 'spki' }),
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
    tokens[`sealed with the secret "${secret}"`] = sealed(secret);
  tokens['signed with another key'] = made({}, {}, (text) =>
    sign(null, Buffer.from(text), generateKeyPairSync('ed25519').privateKey).toString('base64url'),
  );
  for (const purpose of ['refresh token', 'refresh seal'])
    tokens[`signed with the key of the ${purpose}`] = made({}, {}, (text) =>
      sign(null, Buffer.from(text), privateKeyOf(derived(key, purpose))).toString('base64url'),
    );
  for (const typ of ['JWT', 'jwt', '', null, 'at+jwt+jwt', 'id+jwt', 1])
    tokens[`typ ${JSON.stringify(typ)}`] = made({ typ });
  tokens['no typ'] = made({ typ: undefined });
  tokens['a critical extension'] = made({ crit: ['exp2'], exp2: 1 });
  tokens['a payload that is not encoded'] = made({ crit: ['b64'], b64: false });
  for (const url of ['jku', 'x5u']) {
    const text = `${part({ ...header, [url]: 'https://attacker.example/keys' })}.${payload}`;
    tokens[`${url} of one's own`] =
      `${text}.${sign(null, Buffer.from(text), generateKeyPairSync('ed25519').privateKey).toString('base64url')}`;
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
  tokens['a payload that is no object'] = `${head}.${part([claims])}.${signed(`${head}.${part([claims])}`)}`;
  tokens['claims of somebody else under the old signature'] =
    `${head}.${part({ ...claims, sub: '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90' })}.${signature}`;

  tokens.encrypted = await new EncryptJWT(claims)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(key.bytes.subarray(0, 32));
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
