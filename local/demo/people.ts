/** People of the demo: they sign up with a code from the mail box and use moim through the typed client, as browsers do. */
import { setTimeout } from 'node:timers/promises';
import type { Api } from '../../client/api.ts';
import { createClient } from '../../client/client.ts';
import { limits } from '../../shared/product/limits.ts';
import { photo, portrait, type SceneName } from './photos.ts';
import { cast, type Name } from './words.ts';

/** Everybody's. */
export const password = 'Correct-Horse-7';
export const emailOf = (name: string) => `${name}@example.com`;

/** The moim that is filled. */
export interface Place {
  readonly apiUrl: string;
  /** Where `/mail.json` lists the mails. */
  readonly consoleUrl: string;
  now(): number;
  /** Moves the clock on, and works what falls due by then. */
  moveTo(instant: number): Promise<void>;
  /** Resolves when all that was caused is done. */
  settle(): Promise<void>;
  /** Lets a moment pass where a clock stands still: what happens at one instant has no order. */
  pause(): Promise<unknown>;
  /** The width of all photos, where nobody looks at them: to draw and to prepare them takes most of the time. */
  readonly photoWidth?: number;
  /** Makes somebody an administrator, as an operator does. */
  appoint(email: string): Promise<void>;
}

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly api: Api;
  /** Signs in anew with a code of an authenticator app. */
  signInWith(code: string): Promise<void>;
}

/** A mail whose first try fails, as on a busy machine, comes some time later. */
const mailWithin = 120_000;

async function codeFor({ consoleUrl, settle }: Place, email: string): Promise<string> {
  for (const end = Date.now() + mailWithin; Date.now() < end; await setTimeout(500)) {
    await settle();
    const answer = await fetch(`${consoleUrl}/mail.json`);
    const { mails } = (await answer.json()) as { mails: { to: string[]; subject: string }[] };
    const code = /\b\d{6}\b/.exec(mails.find(({ to }) => to.includes(email))?.subject ?? '')?.[0];
    if (code) return code;
  }
  throw new Error(`no mail with a code came to ${email}`);
}

/** moim works in this very process, and answers however slow the machine is: nobody gives up after seconds. */
const patient: typeof fetch = (input, init) => fetch(input, { ...init, signal: null });

export async function signUp(place: Place, name: Name): Promise<Person> {
  const { nickname, introduction, ...more } = cast[name];
  const email = emailOf(name);
  const locale = 'locale' in more ? more.locale : 'ko';
  let tokens: { accessToken: string; refreshToken?: string | null | undefined } | undefined;
  let since = 0;
  const begin = (given: typeof tokens) => {
    tokens = given;
    since = place.now();
  };
  const common = { baseUrl: place.apiUrl, fetch: patient, locale: () => locale };
  const guest = createClient(common);
  async function token() {
    // Days pass between two calls: a token that has surely expired is not worth a refusal.
    const age = (place.now() - since) / 1000;
    if (age > limits.refreshTokenSeconds / 2) begin(await guest.sessions.signIn({ body: { email, password } }));
    else if (tokens?.refreshToken && age > limits.accessTokenSeconds - 60)
      begin(await guest.sessions.refresh({ body: { refreshToken: tokens.refreshToken } }));
    return tokens?.accessToken;
  }
  const api = createClient({ ...common, getAccessToken: oneAtATime(token) });

  await guest.accounts.requestEmailCode({ body: { email, purpose: 'REGISTER' } });
  const code = await codeFor(place, email);
  const { ticket } = await guest.accounts.confirmEmailCode({ body: { email, purpose: 'REGISTER', code } });
  const { id, session } = await guest.sessions.signUp({ body: { ticket, password, nickname, locale } });
  begin(session ?? undefined);
  const { version } = await api.profiles.getOwnProfile();
  await api.profiles.editProfile({ body: { introduction }, ifMatch: version });
  const file = await portrait(Object.keys(cast).indexOf(name));
  const asked = { body: { type: 'image/webp', bytes: file.length } } as const;
  const uploadId = await sent(await api.files.allowPictureUpload(asked), file);
  await api.profiles.setPicture({ body: { uploadId } });
  return {
    id,
    email,
    api,
    signInWith: async (code) => begin(await guest.sessions.signIn({ body: { email, password, code } })),
  };
}

/** A refresh token works once: calls that begin together wait for one refresh. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

interface Form {
  readonly uploadId: string;
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Puts a file into the bucket. */
async function sent({ uploadId, url, fields }: Form, file: Uint8Array): Promise<string> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Buffer.from(file)]), 'photo');
  const answer = await fetch(url, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(`the bucket refused a photo: ${answer.status} ${await answer.text()}`);
  return uploadId;
}

export interface Proof {
  readonly scene: SceneName;
  /** Another number, another photo. */
  readonly number: number;
  readonly text: string;
  /** Pixels. */
  readonly width: number;
}

/** Submits a certification for the group's first mission. */
export async function certify({ api }: Person, groupId: string, proof: Proof): Promise<string> {
  const params = { groupId };
  const [file, { items }] = await Promise.all([
    photo(proof.scene, proof.number, proof.width),
    api.missions.listMissions({ params }),
  ]);
  const asked = { params, body: { type: 'image/webp', bytes: file.length } } as const;
  const uploadId = await sent(await api.files.allowUpload(asked), file);
  const { id } = await api.certifications.submitCertification({
    params: { groupId, missionId: items[0]!.id },
    body: { text: proof.text, uploadIds: [uploadId] },
  });
  return id;
}

/** People take part in the leagues, every third by the nickname. */
export async function takePart(people: readonly Person[]): Promise<void> {
  for (const [n, { api }] of people.entries())
    await api.leagues.joinLeagues({ body: { shownAs: n % 3 === 2 ? 'NICKNAME' : 'ANIMAL' } });
}
