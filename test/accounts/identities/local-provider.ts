/**
 * Small providers on this machine that answer as the real ones do, byte by byte where it matters: Kakao, Naver and GitHub
 * in the shapes that they document and were seen to send, and an OpenID provider after Apple's whose tokens a test may
 * spoil. All of them check who moim is, the redirect and PKCE.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportPKCS8, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { clientSecret } from './support.ts';

// biome-ignore lint/suspicious/noExplicitAny: what providers tell is named by the test that has it told
type Json = any;
interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
interface Grant {
  readonly provider: string;
  readonly asked: URLSearchParams;
  readonly person: Json;
}
type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

export interface LocalProvider {
  readonly url: string;
  /** The registration that moim must have. */
  readonly registrations: Readonly<Record<'kakao' | 'naver' | 'github' | 'apple', object>>;
  /** Lets a person agree at an authorization URL; gives the query that they come back with. */
  agree(authorizationUrl: string, person: object): string;
  /** Answers the next request to a path with something else; `hang` never answers. */
  next(path: string, reply: Reply | 'hang'): void;
  /** Changes what stands in the next ID token, and how it is signed. */
  spoil(change: (claims: Json) => Json | undefined, sign?: (claims: Json) => Promise<string>): void;
  /** Another signing key from now on. */
  rotate(): Promise<void>;
  /** How many requests a path got. */
  count(path: string): number;
  stop(): Promise<void>;
}

const formOf = async (request: IncomingMessage) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
};
const s256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

/** Tells of a person, as each provider does. */
const tell: Readonly<Record<string, (person: Json) => unknown>> = {
  kakao: ({ id, email, valid = true, verified = true }) => ({
    id,
    connected_at: '2026-01-11T10:59:00Z',
    kakao_account: {
      has_email: email !== undefined,
      email_needs_agreement: email === undefined,
      ...(email ? { is_email_valid: valid, is_email_verified: verified, email } : {}),
    },
  }),
  naver: ({ id, email }) => ({ resultcode: '00', message: 'success', response: { id, ...(email ? { email } : {}) } }),
  github: ({ id }) => ({ login: 'octocat', id, node_id: 'MDQ6VXNlcjE=', type: 'User', email: null, name: 'Octo Cat' }),
};

const granted: Readonly<Record<string, object>> = {
  kakao: {
    token_type: 'bearer',
    // Comes where OpenID Connect is switched on in Kakao's console; moim does not ask for it.
    id_token: 'eyJhbGciOiJub25lIn0.e30.',
    expires_in: 43199,
    refresh_token: 'kakao-refresh',
    refresh_token_expires_in: 5184000,
    scope: 'account_email profile_nickname',
  },
  naver: { refresh_token: 'naver-refresh', token_type: 'bearer', expires_in: '3600' },
  github: { scope: 'user:email', token_type: 'bearer' },
};
/** How a provider says that the code is no good, that the verifier is not, and that it does not know moim. */
const refusals: Readonly<Record<string, Readonly<Record<'code' | 'verifier' | 'client', Reply>>>> = {
  kakao: {
    code: {
      status: 400,
      body: {
        error: 'invalid_grant',
        error_description: 'authorization code not found for code=x',
        error_code: 'KOE320',
      },
    },
    verifier: { status: 400, body: { error: 'invalid_grant', error_description: 'code_verifier mismatch' } },
    client: {
      status: 401,
      body: { error: 'invalid_client', error_description: 'Bad client credentials', error_code: 'KOE010' },
    },
  },
  naver: {
    code: { status: 200, body: { error: 'invalid_request', error_description: 'no valid data in session' } },
    verifier: { status: 200, body: { error: 'invalid_request', error_description: 'no valid data in session' } },
    client: {
      status: 200,
      body: { error: 'invalid_client', error_description: 'wrong client id / client secret pair.' },
    },
  },
  github: {
    code: {
      status: 200,
      body: {
        error: 'bad_verification_code',
        error_description: 'The code passed is incorrect or expired.',
        error_uri:
          'https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/#bad-verification-code',
      },
    },
    verifier: {
      status: 200,
      body: { error: 'bad_code_verifier', error_description: 'The code verifier is incorrect.' },
    },
    client: {
      status: 200,
      body: {
        error: 'incorrect_client_credentials',
        error_description: 'The client_id and/or client_secret passed are incorrect.',
      },
    },
  },
  apple: {
    code: {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The code has expired or has been revoked.' },
    },
    verifier: { status: 400, body: { error: 'invalid_grant' } },
    client: { status: 400, body: { error: 'invalid_client' } },
  },
};

/** @param now the clock that tokens are made by */
export async function startLocalProvider(now: () => number): Promise<LocalProvider> {
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, Grant>();
  const instead = new Map<string, Reply | 'hang'>();
  const counts = new Map<string, number>();
  const moimKeys = await generateKeyPair('ES256', { extractable: true });
  let keys: Keys;
  let kid = 0;
  const rotate = async () => {
    keys = await generateKeyPair('RS256');
    kid++;
  };
  await rotate();
  let spoilt: { change: (claims: Json) => Json; sign?: ((claims: Json) => Promise<string>) | undefined } | undefined;
  let serial = 0;

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    counts.set(pathname, (counts.get(pathname) ?? 0) + 1);
    const other = instead.get(pathname);
    instead.delete(pathname);
    if (other === 'hang') return;
    const { status, body, headers } = other ?? (await answer(pathname, request));
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Whoever forgets to stop it does not wait for it.
  server.unref();
  server.on('connection', (socket) => socket.unref());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(path: string, request: IncomingMessage): Promise<Reply> {
    const [, name = '', what = ''] = path.split('/');
    if (what === 'token') return token(name, await formOf(request));
    if (path === '/apple/.well-known/openid-configuration') return { status: 200, body: discovery() };
    if (what === 'keys')
      return { status: 200, body: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: `${kid}`, alg: 'RS256' }] } };
    const grant = tokens.get(/^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (grant?.provider !== name) return { status: 401, body: { message: 'Bad credentials' } };
    // GitHub answers nobody who does not say what they are.
    if (name === 'github' && !request.headers['user-agent']) return { status: 403, body: 'Request forbidden' };
    if (what === 'emails') return { status: 200, body: grant.person.emails };
    return { status: 200, body: tell[name]!(grant.person) };
  }

  const discovery = () => ({
    issuer: `${url}/apple`,
    authorization_endpoint: `${url}/apple/authorize`,
    token_endpoint: `${url}/apple/token`,
    jwks_uri: `${url}/apple/keys`,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  });

  async function isMoim(name: string, form: URLSearchParams): Promise<boolean> {
    if (form.get('client_id') !== `moim-at-${name}`) return false;
    if (name !== 'apple') return form.get('client_secret') === clientSecret;
    const { payload, protectedHeader } = await jwtVerify(form.get('client_secret')!, moimKeys.publicKey, {
      algorithms: ['ES256'],
      issuer: 'TEAM000001',
      subject: 'moim-at-apple',
      audience: `${url}/apple`,
      currentDate: new Date(now()),
      maxTokenAge: '5m',
    });
    return protectedHeader.kid === 'KEY0000001' && payload.exp !== undefined;
  }

  async function token(name: string, form: URLSearchParams): Promise<Reply> {
    const no = refusals[name]!;
    if (!(await isMoim(name, form).catch(() => false))) return no.client;
    const code = form.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const asked = grant?.asked;
    const fits =
      grant?.provider === name &&
      form.get('grant_type') === 'authorization_code' &&
      form.get('redirect_uri') === asked?.get('redirect_uri') &&
      (name !== 'naver' || form.get('state') === asked?.get('state'));
    if (!grant || !asked || !fits) return no.code;
    const challenge = asked.get('code_challenge_method') === 'S256' && asked.get('code_challenge');
    if (s256(form.get('code_verifier') ?? '') !== challenge) return no.verifier;
    const access_token = `${name}-token-${serial++}`;
    tokens.set(access_token, grant);
    if (name !== 'apple') return { status: 200, body: { access_token, ...granted[name] } };
    return {
      status: 200,
      body: { access_token, token_type: 'Bearer', expires_in: 3600, id_token: await idToken(grant) },
    };
  }

  async function idToken({ asked, person }: Grant): Promise<string> {
    const iat = Math.floor(now() / 1000);
    const usual = {
      iss: `${url}/apple`,
      aud: 'moim-at-apple',
      iat,
      exp: iat + 600,
      nonce: asked.get('nonce'),
      nonce_supported: true,
      ...person,
    };
    const { change, sign } = spoilt ?? { change: (claims: Json) => claims };
    spoilt = undefined;
    const claims = change(usual);
    return sign
      ? sign(claims)
      : new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: `${kid}` }).sign(keys.privateKey);
  }

  const oauth = (name: string, emails: object = {}) => ({
    clientId: `moim-at-${name}`,
    clientSecret,
    endpoints: {
      authorization: `${url}/${name}/authorize`,
      token: `${url}/${name}/token`,
      person: `${url}/${name}/person`,
      ...emails,
    },
  });
  return {
    url,
    registrations: {
      kakao: oauth('kakao'),
      naver: oauth('naver'),
      github: oauth('github', { emails: `${url}/github/emails` }),
      apple: {
        clientId: 'moim-at-apple',
        teamId: 'TEAM000001',
        keyId: 'KEY0000001',
        privateKey: await exportPKCS8(moimKeys.privateKey),
        issuer: `${url}/apple`,
      },
    },
    agree(authorizationUrl, person) {
      const { pathname, searchParams: asked } = new URL(authorizationUrl);
      const code = `code-${serial++}`;
      grants.set(code, { provider: pathname.split('/')[1]!, asked, person });
      return new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString();
    },
    next: (path, reply) => void instead.set(path, reply),
    spoil(change, sign) {
      spoilt = { change, sign };
    },
    rotate,
    count: (path) => counts.get(path) ?? 0,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
