/** moim with its door open, on a clock that runs, and what a check script does with it. */
import { rmSync } from 'node:fs';
import { type Cloud, startCloud } from '../../../local/cloud.ts';
import { shiftedClock } from '../../../local/runtime/shifted-clock.ts';
import { type Actor, actorAt } from '../../support/actor.ts';
import { sourceOf } from '../../support/source.ts';
import { testTemplates } from '../../support/templates.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test names the fields it expects, and fails where they are not
  readonly body: any;
}

/** One request to a console, as `curl -X method -d body` makes it. */
export async function ask(consoleUrl: string, request: string, body?: unknown): Promise<Answer> {
  const [method = 'GET', path = '/'] = request.split(' ');
  const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(consoleUrl + path, { method, ...content });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  return { status: response.status, body: isJson && text ? JSON.parse(text) : text };
}

interface Opened extends Cloud {
  door(request: string, body?: unknown): Promise<Answer>;
  /** How the runs of a function ended, in order. */
  logged(functionId: string): Readonly<Record<string, unknown>>[];
}

/** Starts moim before a file's tests and stops it after them. */
export function useOpenMoim(): Opened {
  const opened = {} as Opened;
  const template = testTemplates();
  beforeAll(async () => {
    const clock = shiftedClock();
    const cloud = await startCloud({ template, clock, door: clock, load: sourceOf, listen: 'random', inProcess: true });
    Object.assign(opened, cloud, {
      door: (request: string, body?: unknown) => ask(cloud.consoleUrl, request, body),
      logged: (functionId: string) =>
        cloud.logs.filter((each) => each.functionId === functionId).map(({ line }) => JSON.parse(line)),
    });
  });
  afterAll(async () => {
    await opened.close();
    rmSync(template, { recursive: true, force: true });
  });
  return opened;
}

const password = 'Correct-Horse-7';

/** Somebody who has signed up; `signIn` once more after the clock was moved past the life of a token. */
export async function signUp(cloud: Opened, nickname: string): Promise<Actor & { signIn(): Promise<void> }> {
  const guest = actorAt(cloud);
  const email = `${nickname}@example.com`;
  let token = '';
  await guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  await cloud.settle();
  const { subject } = await cloud.mail.next(email);
  const code = /\d{6}/.exec(subject)?.[0];
  const { body } = await guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  await guest.post('/v1/accounts', { ticket: body.ticket, password, nickname, locale: 'en' });
  const signIn = async () => {
    token = (await guest.post('/v1/sessions', { email, password })).body.accessToken;
  };
  await signIn();
  return { ...actorAt(cloud, () => ({ authorization: `Bearer ${token}` })), signIn };
}
