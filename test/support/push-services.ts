/**
 * Push services on this machine: a Web Push service that verifies VAPID tokens, with browsers that decrypt its
 * messages, and FCM with Google's tokens. They are written from the RFCs, without the libraries that moim sends with.
 */
import { createDecipheriv, createECDH, generateKeyPairSync, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, importSPKI, jwtVerify } from 'jose';
import { iso } from '../../shared/core/time.ts';
import type { Moim, Person } from './moim.ts';
import { replaceSecret } from './secrets.ts';
import { put } from './table.ts';

// biome-ignore lint/suspicious/noExplicitAny: what was sent is named by the test that reads it
type Json = any;

interface Heard {
  /** The decrypted payload, or FCM's message. */
  readonly message: Json;
  readonly headers: IncomingMessage['headers'];
}
export interface Target {
  /** The body of the request that registers the device. */
  readonly registration: Json;
  /** The received messages, oldest first. */
  readonly heard: Heard[];
  /** The answers of the service to the next tries; then 201. `hang` does not answer at all. */
  readonly answers: (
    | number
    | 'hang'
    | { readonly status: number; readonly body: object; readonly location?: string }
  )[];
  /** How many requests the service got. */
  tries: number;
}

export interface PushServices {
  readonly origin: string;
  readonly publicKey: string;
  readonly config: Json;
  browser(): Target;
  app(): Target;
  /** The errors that a service found in requests. */
  readonly complaints: string[];
  /** How many access tokens FCM has issued. */
  granted: number;
  /** Revokes all access tokens. */
  revoke(): void;
  /** Writes a value into the deployment's secret. */
  configure(value: unknown): Promise<void>;
  close(): Promise<void>;
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

export async function startPushServices(moim: Moim): Promise<PushServices> {
  const targets = new Map<string, Target & { open?: (body: Buffer) => Json }>();
  const vapid = createECDH('prime256v1');
  const publicKey = base64url(vapid.generateKeys());
  const google = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const tokens = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      try {
        const answer = await answerTo(request, Buffer.concat(chunks));
        if (answer === 'hang') return;
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        response.end(JSON.stringify(answer.body ?? {}));
      } catch (error) {
        services.complaints.push(String(error));
        response.writeHead(400).end('{}');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const require = (holds: boolean, what: string) => {
    if (!holds) throw new Error(what);
  };
  const seconds = () => moim.clock.now() / 1000;

  /** RFC 8292: signed with the key that it names, for this service, valid for one day at most. */
  async function judgeVapid(authorization = '') {
    const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
    require(key === publicKey, 'the key is not the one that browsers subscribed with');
    const point = Buffer.from(key, 'base64url');
    const jwk = { kty: 'EC', crv: 'P-256', x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)) };
    const options = { algorithms: ['ES256'], audience: origin, currentDate: new Date(moim.clock.now()) };
    const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), options);
    require((payload.exp ?? Infinity) <= seconds() + 86_400, 'a VAPID token lasts a day at most');
    require(payload.sub === 'mailto:ops@moim.example', 'nobody to reach');
  }

  async function judgeWebPush(headers: IncomingMessage['headers']) {
    await judgeVapid(headers.authorization);
    require(headers['content-encoding'] === 'aes128gcm', 'another encoding');
    require(Number(headers.ttl) > 0, 'no TTL');
  }

  const judgeData = ({ data }: Json) =>
    require(Object.values(data).every((value) => typeof value === 'string'), 'data are texts');

  async function grant(body: Buffer) {
    const form = new URLSearchParams(body.toString());
    require(form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'another grant');
    const key = await importSPKI(google.publicKey.export({ type: 'spki', format: 'pem' }) as string, 'RS256');
    const { payload, protectedHeader } = await jwtVerify(form.get('assertion') ?? '', key, {
      algorithms: ['RS256'],
      issuer: 'push@moim-test.iam.gserviceaccount.com',
      audience: `${origin}/token`,
      currentDate: new Date(moim.clock.now()),
      maxTokenAge: 3600,
    });
    require(protectedHeader.kid === 'key-1', 'another key');
    require(payload.scope === 'https://www.googleapis.com/auth/firebase.messaging', 'another scope');
    const access_token = randomUUID();
    tokens.add(access_token);
    services.granted++;
    return { status: 200, body: { access_token, expires_in: 3599, token_type: 'Bearer' } };
  }

  interface Answer {
    readonly status: number;
    readonly body?: object;
    readonly headers?: Record<string, string>;
  }

  async function answerTo({ method, url = '', headers }: IncomingMessage, body: Buffer): Promise<Answer | 'hang'> {
    require(method === 'POST', `${method} ${url}`);
    if (url === '/token') return grant(body);
    const isFcm = url === '/v1/projects/moim-test/messages:send';
    if (isFcm && !tokens.has((headers.authorization ?? '').replace(/^Bearer /, '')))
      return { status: 401, body: { error: { code: 401, status: 'UNAUTHENTICATED' } } };
    const { message } = isFcm ? JSON.parse(body.toString()) : { message: undefined };
    const target = targets.get(isFcm ? message.token : url);
    require(target !== undefined, `nobody is at ${url}`);
    target!.tries++;
    const answer = target!.answers.shift() ?? 201;
    if (typeof answer === 'object')
      return { ...answer, headers: { ...(answer.location && { location: answer.location }) } };
    if (answer === 'hang' || answer >= 300) return answer === 'hang' ? answer : { status: answer };
    await (isFcm ? judgeData(message) : judgeWebPush(headers));
    target!.heard.push({ message: isFcm ? message : target!.open!(body), headers });
    return { status: answer };
  }

  const config = {
    vapid: { publicKey, privateKey: base64url(vapid.getPrivateKey()), subject: 'mailto:ops@moim.example' },
    fcm: {
      type: 'service_account',
      project_id: 'moim-test',
      private_key_id: 'key-1',
      private_key: google.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      client_email: 'push@moim-test.iam.gserviceaccount.com',
      token_uri: `${origin}/token`,
      endpoint: origin,
    },
    allowedOrigins: [origin],
    pauseMs: 1,
  };

  const services: PushServices = {
    origin,
    publicKey,
    config,
    complaints: [],
    granted: 0,
    browser() {
      const keys = createECDH('prime256v1');
      const p256dh = base64url(keys.generateKeys());
      const auth = randomBytes(16);
      const path = `/push/${randomUUID()}`;
      const subscription = {
        endpoint: origin + path,
        expirationTime: null,
        keys: { p256dh, auth: base64url(auth) },
      };
      const target = {
        ...{ registration: { kind: 'WEB', name: 'Firefox', subscription }, heard: [], answers: [], tries: 0 },
        open: (body: Buffer) => JSON.parse(decrypted(body, keys, auth).toString()),
      };
      targets.set(path, target);
      return target;
    },
    app() {
      const token = `${randomBytes(11).toString('base64url')}:APA91b${randomBytes(60).toString('base64url')}`;
      const target = { registration: { kind: 'FCM', name: 'Pixel', token }, heard: [], answers: [], tries: 0 };
      targets.set(token, target);
      return target;
    },
    revoke: () => tokens.clear(),
    configure: (value) => putSecret(moim, value),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  await services.configure(config);
  return services;
}

const putSecret = (moim: Moim, value: unknown) =>
  replaceSecret(moim, 'devices-http', 'PushKeys', typeof value === 'string' ? value : JSON.stringify(value));

/** RFC 8291 and RFC 8188: decrypts a message like a browser. It is one record, padded with a 2 and zeros. */
function decrypted(body: Buffer, own: ReturnType<typeof createECDH>, auth: Buffer): Buffer {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  if (body.length > 4096) throw new Error('push services take 4096 bytes');
  const derive = (secret: Uint8Array, salted: Uint8Array, info: Uint8Array, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salted, info, length));
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender]);
  const secret = derive(own.computeSecret(sender), auth, keyInfo, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createDecipheriv('aes-128-gcm', key, nonce);
  cipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  const end = padded.lastIndexOf(2);
  if (padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('wrong padding');
  return padded.subarray(0, end);
}

/** Gives a person of a scene the session that their token names, because a device belongs to a session. */
export async function signedIn<P extends Person>(moim: Moim, person: P): Promise<P> {
  const [, claims = ''] = person.tokens.accessToken.split('.');
  const { sid: sessionId } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const at = iso(moim.clock.now());
  await put(moim, 'Session', {
    ...{ accountId: person.id, sessionId, device: '', sessionVersion: 1, refreshHash: 'x' },
    ...{ createdAt: at, refreshedAt: at, expiresAt: moim.clock.now() / 1000 + 14 * 86_400 },
  });
  return person;
}

/** Registers a person's device. Throws if it is refused. */
export async function register(person: Person, target: Target): Promise<string> {
  const { status, body } = await person.post('/v1/accounts/me/devices', target.registration);
  if (status !== 201) throw new Error(`the device was not registered: ${JSON.stringify(body)}`);
  return body.id;
}
