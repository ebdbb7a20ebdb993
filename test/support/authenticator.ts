/**
 * An authenticator in software, as a browser and a device are for a page: it makes passkeys and signs challenges with real
 * keys (WebAuthn level 3). CBOR is written by hand, so that what the library reads was not written by the library.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

type Cbor = number | string | Uint8Array | Map<Cbor, Cbor>;

/** CBOR (RFC 8949), as far as authenticators need it: integers, byte strings, texts and maps. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, each]) => [cbor(key), cbor(each)])]);
}

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  if (size < 256) return Buffer.from([(major << 5) | 24, size]);
  return Buffer.from([(major << 5) | 25, size >> 8, size & 0xff]);
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const text = (data: Uint8Array) => Buffer.from(data).toString('base64url');

interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
}

/** What goes wrong on purpose. */
interface Wrong {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  /** Nobody has unlocked it. */
  readonly unverified?: true;
  readonly counter?: number;
  readonly signature?: Uint8Array;
  readonly userHandle?: string;
}

/** User present, user verified, attested data. */
const flag = { up: 0x01, uv: 0x04, at: 0x40 };

/** An authenticator with one passkey for one site, on a page of an origin. */
export function softwareAuthenticator(origin = 'https://dev.moim.example') {
  const id = randomBytes(32);
  const pair: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let userHandle = '';
  let counter = 0;

  const clientData = (type: string, challenge: string, wrong: Wrong) =>
    Buffer.from(
      JSON.stringify({ type: wrong.type ?? type, challenge, origin: wrong.origin ?? origin, crossOrigin: false }),
    );
  const dataOf = (rpId: string, flags: number, wrong: Wrong, attested: Uint8Array = new Uint8Array()) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(wrong.counter ?? counter);
    const set = wrong.unverified ? flags & ~flag.uv : flags;
    return Buffer.concat([sha256(wrong.rpId ?? rpId), Buffer.from([set]), count, attested]);
  };
  const credential = <const Response>(response: Response) => ({
    id: text(id),
    rawId: text(id),
    type: 'public-key' as const,
    response,
  });

  return {
    id: text(id),
    /** `navigator.credentials.create()`: a new passkey for the site. */
    create(options: Options, wrong: Wrong = {}) {
      const { x, y } = pair.publicKey.export({ format: 'jwk' });
      userHandle = options.user?.id ?? '';
      // COSE (RFC 9053): EC2, ES256, P-256.
      const key = new Map<Cbor, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, 'base64url')],
        [-3, Buffer.from(y!, 'base64url')],
      ]);
      const length = Buffer.from([id.length >> 8, id.length & 0xff]);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, cbor(key)]);
      const authData = dataOf(options.rp?.id ?? '', flag.up | flag.uv | flag.at, wrong, attested);
      const attestation = new Map<Cbor, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      return credential({
        clientDataJSON: text(clientData('webauthn.create', options.challenge, wrong)),
        attestationObject: text(cbor(attestation)),
      });
    },
    /** `navigator.credentials.get()`: a signature over the challenge. Without a site, that of the page, as browsers do. */
    get(options: Options, wrong: Wrong = {}) {
      counter += 1;
      const client = clientData('webauthn.get', options.challenge, wrong);
      const authenticatorData = dataOf(
        options.rpId ?? new URL(wrong.origin ?? origin).hostname,
        flag.up | flag.uv,
        wrong,
      );
      const signed = sign('sha256', Buffer.concat([authenticatorData, sha256(client)]), pair.privateKey);
      return credential({
        clientDataJSON: text(client),
        authenticatorData: text(authenticatorData),
        signature: text(wrong.signature ?? signed),
        userHandle: wrong.userHandle ?? userHandle,
      });
    },
  };
}
