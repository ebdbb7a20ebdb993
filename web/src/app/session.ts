/** Who is signed in. The access token lives in memory only, the refresh token in a cookie that no script can read. */
import type { Api } from '../../../client/api.ts';
import { createClient } from '../../../client/client.ts';
import { NoAnswerError, ProblemError } from '../../../client/problem-error.ts';
import { forgetCache } from './cache.ts';
import { keep } from './keep.ts';
import { withProofs } from './proof.ts';
import { locale } from './settings.ts';
import { store } from './store.ts';

/** `left`: the person signed out here, and did not lose a session. */
type State = { readonly status: 'out'; readonly left?: true } | { readonly status: 'in'; readonly accountId: string };
export const session = store<State>({ status: 'out' });

let accessToken: string | undefined;
let refreshing: Promise<boolean> | undefined;

/** Kept across sign-outs: it spares this device what wrong guesses of strangers cost. */
const deviceToken = () => localStorage.getItem('device') ?? undefined;
const withDevice = () => ({ ...(deviceToken() ? { deviceToken: deviceToken()! } : {}) });
/** The worker reads it from where it can. */
export function rememberDevice(token: string): void {
  localStorage.setItem('device', token);
  keep.write('kept', 'device', token).catch(() => undefined);
}

type Session = Awaited<ReturnType<Api['sessions']['signIn']>>;

function begin(given: Session): void {
  accessToken = given.accessToken;
  if (given.deviceToken) rememberDevice(given.deviceToken);
  // Somebody else has come back from a provider than was signed in here.
  const last = localStorage.getItem('account');
  if (last && last !== given.accountId) forgetCache();
  localStorage.removeItem('leaving');
  localStorage.setItem('account', given.accountId);
  session.set({ status: 'in', accountId: given.accountId });
}

function end(how: { readonly left?: true } = {}): void {
  accessToken = undefined;
  localStorage.removeItem('account');
  forgetCache();
  session.set({ status: 'out', ...how });
}

/** Calls wait for a refresh that is under way, instead of coming back refused; and for a proof where moim asks for one. */
export const api: Api = withProofs(
  createClient({
    baseUrl: '',
    locale: locale.get,
    getAccessToken: async () => {
      if (refreshing) await refreshing.catch(() => false);
      return accessToken;
    },
    onTokenInvalid: refresh,
  }),
);

/**
 * Gets a new access token. Tabs wait for each other, since a refresh token works once.
 *
 * @returns false if nobody is signed in any more
 * @throws NoAnswerError without a network: the person stays signed in
 */
function refresh(): Promise<boolean> {
  refreshing ??= navigator.locks
    .request('refresh', async () => {
      const given = await api.sessions.refresh({ body: withDevice() });
      const now = session.get();
      // Somebody else has signed in in another tab. What this page was about to do is not theirs.
      if (now.status === 'in' && now.accountId !== given.accountId) {
        localStorage.setItem('account', given.accountId);
        location.reload();
        return false;
      }
      begin(given);
      return true;
    })
    .catch((error: unknown) => {
      if (!(error instanceof ProblemError) || error.byGateway || error.status >= 500) throw error;
      end();
      return false;
    })
    .finally(() => {
      refreshing = undefined;
    });
  return refreshing;
}

/** Signs in again whoever was signed in last. Without a network they still read what this device has. */
export function resume(): void {
  // Another tab of this device has signed out, or somebody else in.
  addEventListener('storage', ({ key, newValue }) => {
    if (key === 'account') newValue ? location.reload() : end({ left: true });
  });
  const token = deviceToken();
  if (token) rememberDevice(token);
  const last = localStorage.getItem('account');
  if (!last) return void endLeft().catch(() => undefined);
  refresh().catch(() => undefined);
  session.set({ status: 'in', accountId: last });
}

/** The name under which the list of devices shows this one; empty if the browser does not say. */
export const deviceName = () => /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(navigator.userAgent)?.[0] ?? '';

const onThisDevice = () => ({ keep: 'COOKIE' as const, device: deviceName(), ...withDevice() });

/** @param code of the authenticator app, or a recovery code: where moim answers CODE_NEEDED without it */
export async function signIn(email: string, password: string, code?: string): Promise<void> {
  begin(await api.sessions.signIn({ body: { email, password, ...(code ? { code } : {}), ...onThisDevice() } }));
}

type Passkey = Parameters<Api['sessions']['signInWithPasskey']>[0]['body']['credential'];
export async function signInWithPasskey(credential: Passkey): Promise<void> {
  begin(await api.sessions.signInWithPasskey({ body: { credential, ...onThisDevice() } }));
}

/**
 * Signs up, and in.
 *
 * @returns false where the deployment approves accounts: the person waits, and is not signed in yet
 */
export async function signUp(body: Parameters<Api['sessions']['signUp']>[0]['body']): Promise<boolean> {
  const { session: opened } = await api.sessions.signUp({ body: { ...body, ...onThisDevice() } });
  if (opened) begin(opened);
  return opened !== null;
}

type Completed = Awaited<ReturnType<Api['identities']['completeSocialSignIn']>>;

/** Completes what was begun at a provider: the person is signed in, if that is what comes of it. */
export async function completeSocial(
  body: { readonly ticket: string; readonly query: string },
  idempotencyKey: string,
): Promise<Completed> {
  const done = await api.identities.completeSocialSignIn({ body: { ...body, ...onThisDevice() }, idempotencyKey });
  if (done.status === 'SIGNED_IN') begin(done.session);
  return done;
}

/** As `signUp`, for a person whom a provider vouches for. */
export async function socialSignUp(body: Parameters<Api['identities']['socialSignUp']>[0]['body']): Promise<boolean> {
  const { session: opened } = await api.identities.socialSignUp({ body: { ...body, ...onThisDevice() } });
  if (opened) begin(opened);
  return opened !== null;
}

/**
 * Ends the session. Without a network it ends on this device, and at moim as soon as there is one again: the cookie cannot be
 * deleted from here.
 */
export async function endSession(): Promise<void> {
  localStorage.setItem('leaving', '1');
  try {
    await api.sessions.signOut();
    localStorage.removeItem('leaving');
  } catch (error) {
    if (error instanceof ProblemError) localStorage.removeItem('leaving');
    else if (!(error instanceof NoAnswerError)) throw error;
  }
}

/** Ends at moim what a sign-out without a network has left open. Run at each start, and when there is a network again. */
export async function endLeft(): Promise<void> {
  if (!localStorage.getItem('leaving') || session.get().status === 'in') return;
  const token = await navigator.locks
    .request('refresh', () => api.sessions.refresh({ body: withDevice() }))
    .catch((error: unknown) => (error instanceof ProblemError ? undefined : Promise.reject(error)));
  // Somebody may have signed in meanwhile: then the old session has no cookie any more.
  if (session.get().status === 'in') return;
  accessToken = token?.accessToken;
  if (token) await api.sessions.signOut();
  accessToken = undefined;
  localStorage.removeItem('leaving');
}

/** After a call that has ended this session too: a new password, another address, the end of all devices. */
export const leave = (): void => end({ left: true });
