/** Who is signed in. The access token lives in memory only, the refresh token in a cookie that no script can read. */
import type { Api } from '../../../client/api.ts';
import { createClient } from '../../../client/client.ts';
import { ProblemError } from '../../../client/problem-error.ts';
import { clientRuns, forgetAsked, inTurn, takeOrFetch } from './asked.ts';
import { cache, forgetCache, rested } from './cache.ts';
import { deviceHere } from './here.ts';
import { keep } from './keep.ts';
import { isExpected, isOpen } from './problem.ts';
import { withProofs } from './proof.ts';
import { locale } from './settings.ts';
import { store } from './store.ts';

/** `left`: the person signed out here, and did not lose a session. */
type State = { readonly status: 'out'; readonly left?: true } | { readonly status: 'in'; readonly accountId: string };
export const session = store<State>({ status: 'out' });

let accessToken: string | undefined;
let refreshing: Promise<boolean> | undefined;
/** A sign-in that is under way here. The session before it may end meanwhile: nobody is signed out by that. */
let entering: Promise<unknown> | undefined;
/** Counts the beginnings and ends of sessions here. An answer that was asked for an older one is dropped. */
let turn = 0;

/** Whose page this is. */
let person: string | undefined;
/** Somebody else is signed in: the page is about to be loaded anew. */
let isOver = false;

/**
 * Loads the page anew for somebody else, where the address leads by then. What was still under way for the person before is not
 * done in the name of the next.
 */
function loadAnew(): void {
  isOver = true;
  // What the device keeps from here on is theirs.
  cache.clear();
  setTimeout(() => location.reload());
}

/** Whether a refusal says nothing about the session: moim is busy, or has been asked too often. */
const passes = (error: unknown) => isOpen(error) || (error instanceof ProblemError && error.status === 429);

/** The worker reads it from where it can. */
export function rememberDevice(token: string): void {
  localStorage.setItem('device', token);
  keep.write('kept', 'device', token).catch(() => undefined);
}

type Session = Awaited<ReturnType<Api['sessions']['signIn']>>;

function begin(given: Session): void {
  turn += 1;
  accessToken = given.accessToken;
  if (given.deviceToken) rememberDevice(given.deviceToken);
  // Somebody else has come back from a provider than was signed in here.
  const last = localStorage.getItem('account');
  if (last && last !== given.accountId) forgetCache();
  localStorage.removeItem('leaving');
  localStorage.setItem('account', given.accountId);
  if (person && person !== given.accountId) loadAnew();
  person = given.accountId;
  session.set({ status: 'in', accountId: given.accountId });
}

function end(how: { readonly left?: true } = {}): void {
  turn += 1;
  accessToken = undefined;
  forgetAsked();
  localStorage.removeItem('account');
  forgetCache();
  session.set({ status: 'out', ...how });
}

/** Calls wait for a refresh that is under way, instead of coming back refused; and for a proof where moim asks for one. */
export const api: Api = withProofs(
  createClient({
    baseUrl: '',
    locale: locale.get,
    fetch: takeOrFetch,
    getAccessToken: async () => {
      if (refreshing) await refreshing.catch(() => false);
      return isOver ? new Promise(() => {}) : accessToken;
    },
    // Whoever has left without a network is not brought back by a call that was still under way.
    onTokenInvalid: async () => session.get().status !== 'out' && refresh(),
  }),
);

/**
 * Follows what other tabs have done: one has signed out, or somebody else in.
 *
 * @returns whether this page still shows who is signed in on this device
 */
function isCurrent(): boolean {
  const now = session.get();
  const last = localStorage.getItem('account');
  if (entering || last === (now.status === 'in' ? now.accountId : null)) return true;
  if (last) loadAnew();
  else end({ left: true });
  return false;
}

/**
 * Gets a new access token.
 *
 * @returns false if nobody is signed in any more
 * @throws NoAnswerError without a network: the person stays signed in
 */
function refresh(): Promise<boolean> {
  const asked = turn;
  const isLate = () => turn !== asked;
  const ask = async () => {
    if (isLate()) return accessToken !== undefined;
    const given = await api.sessions.refresh({ body: deviceHere() });
    // Who has left meanwhile, here or in another tab, is not brought back.
    if (isLate() || !isCurrent()) return false;
    const now = session.get();
    // Somebody else has signed in in another tab. What this page was about to do is not theirs.
    if (now.status === 'in' && now.accountId !== given.accountId) {
      localStorage.setItem('account', given.accountId);
      loadAnew();
      return false;
    }
    begin(given);
    return true;
  };
  refreshing ??= inTurn(ask)
    .catch(async (error: unknown) => {
      if (passes(error)) throw error;
      await entering?.catch(() => undefined);
      if (isLate()) return accessToken !== undefined;
      if (isCurrent()) end();
      return false;
    })
    .finally(() => {
      refreshing = undefined;
    });
  return refreshing;
}

/** Signs in again whoever was signed in last. Without a network they still read what this device has. */
export function resume(): void {
  clientRuns();
  addEventListener('storage', ({ key }) => key === 'account' && isCurrent());
  // A page that the browser had put aside has not heard of it.
  addEventListener('pageshow', isCurrent);
  const { deviceToken } = deviceHere();
  if (deviceToken) rememberDevice(deviceToken);
  rested.subscribe(forgetAsked);
  const last = localStorage.getItem('account');
  if (!last) return void endLeft().catch(() => undefined);
  person = last;
  refresh().catch(() => undefined);
  session.set({ status: 'in', accountId: last });
}

/** The name under which the list of devices shows this one; empty if the browser does not say. */
export const deviceName = () => /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(navigator.userAgent)?.[0] ?? '';

const onThisDevice = () => ({ keep: 'COOKIE' as const, device: deviceName(), ...deviceHere() });

/** Signs in by an answer that may bring a session. */
async function enter<T>(ask: () => Promise<T>, sessionOf: (answer: T) => Session | null): Promise<T> {
  const mine = inTurn(async () => {
    const answer = await ask();
    const given = sessionOf(answer);
    // What the page asked first was asked for whoever was here before.
    if (given) {
      forgetAsked();
      begin(given);
    }
    return answer;
  });
  entering = mine;
  return mine.finally(() => {
    if (entering === mine) entering = undefined;
    // Another tab may have been faster.
    isCurrent();
  });
}

/** @param code of the authenticator app, or a recovery code: where moim answers CODE_NEEDED without it */
export async function signIn(email: string, password: string, code?: string): Promise<void> {
  const body = { email, password, ...(code ? { code } : {}), ...onThisDevice() };
  await enter(
    () => api.sessions.signIn({ body }),
    (given) => given,
  );
}

type Passkey = Parameters<Api['sessions']['signInWithPasskey']>[0]['body']['credential'];
export async function signInWithPasskey(credential: Passkey): Promise<void> {
  await enter(
    () => api.sessions.signInWithPasskey({ body: { credential, ...onThisDevice() } }),
    (given) => given,
  );
}

/**
 * Signs up, and in.
 *
 * @returns false where the deployment approves accounts: the person waits, and is not signed in yet
 */
export async function signUp(body: Parameters<Api['sessions']['signUp']>[0]['body']): Promise<boolean> {
  const ask = () => api.sessions.signUp({ body: { ...body, ...onThisDevice() } });
  return (await enter(ask, (made) => made.session)).session !== null;
}

type Completed = Awaited<ReturnType<Api['identities']['completeSocialSignIn']>>;

/** Completes what was begun at a provider: the person is signed in, if that is what comes of it. */
export function completeSocial(
  body: { readonly ticket: string; readonly query: string },
  idempotencyKey: string,
): Promise<Completed> {
  return enter(
    () => api.identities.completeSocialSignIn({ body: { ...body, ...onThisDevice() }, idempotencyKey }),
    (done) => (done.status === 'SIGNED_IN' ? done.session : null),
  );
}

/** As `signUp`, for a person whom a provider vouches for. */
export async function socialSignUp(body: Parameters<Api['identities']['socialSignUp']>[0]['body']): Promise<boolean> {
  const ask = () => api.identities.socialSignUp({ body: { ...body, ...onThisDevice() } });
  return (await enter(ask, (made) => made.session)).session !== null;
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
    if (!passes(error)) localStorage.removeItem('leaving');
    else if (!isExpected(error)) throw error;
  }
}

/** Ends at moim what a sign-out without a network has left open. Run at each start, and when there is a network again. */
export async function endLeft(): Promise<void> {
  // Somebody may sign in meanwhile: then the old session has no cookie any more.
  const isOpenStill = () => localStorage.getItem('leaving') !== null && session.get().status === 'out';
  if (!isOpenStill()) return;
  await inTurn(async () => {
    if (!isOpenStill()) return;
    try {
      const given = await api.sessions.refresh({ body: deviceHere() });
      accessToken = given.accessToken;
      await api.sessions.signOut();
    } catch (error) {
      if (passes(error)) throw error;
    } finally {
      accessToken = undefined;
    }
    localStorage.removeItem('leaving');
  });
}

/** After a call that has ended this session too: a new password, another address, the end of all devices. */
export const leave = (): void => end({ left: true });
