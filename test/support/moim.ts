/**
 * moim for a test file: the local cloud with the synthesized stacks, in memory. Functions run from source, so that
 * coverage sees them. The clock stands still until the test moves it.
 */
import { readFileSync, rmSync } from 'node:fs';
import { type Cloud, startCloud } from '../../local/cloud.ts';
import { movableClock } from '../../local/runtime/clock.ts';
import { type Actor, actorAt } from './actor.ts';
import { type Listener, listen } from './listener.ts';
import { secretsShown } from './logs.ts';
import { sourceWithout } from './source.ts';
import { testTemplates } from './templates.ts';
import { checkTransactions } from './transactions.ts';
import { uploaded } from './upload.ts';

/** Monday noon in Seoul: far from the edge of a day, a week, a month or daylight saving time. */
export const monday = Date.parse('2026-03-02T03:00:00Z');
export const password = 'Correct-Horse-7';
export const jpeg = readFileSync('test/support/certification.jpg');

export interface Person extends Actor {
  readonly id: string;
  readonly email: string;
  readonly nickname: string;
  tokens: { accessToken: string; refreshToken: string };
  /** Opens a socket that collects the server's events. */
  socket(): Promise<Listener>;
}

export interface Moim extends Cloud {
  readonly clock: ReturnType<typeof movableClock>;
  readonly guest: Actor;
  /** A person who has signed up and signed in. */
  person(nickname: string): Promise<Person>;
  signIn(email: string, password?: string): Promise<Pick<Person, 'tokens'> & { status: number }>;
  /** The code that was mailed to an address. */
  codeFor(email: string): Promise<string>;
}

export interface MoimOptions {
  readonly now?: number;
  /**
   * Groups get into lists and searches, at the price of fifty writes each. `useMoim` leaves that out unless it is asked for: by
   * tests of those who look for groups.
   */
  readonly lists?: boolean;
  /**
   * Functions call the table through the SDK, as on AWS, which takes twice the time: for tests of what it repeats. SDK=1 lets
   * every test do so.
   */
  readonly sdk?: boolean;
  /** Milliseconds before a stream source tries again; at once if not given. */
  readonly retryDelay?: (retry: number) => number;
  /** Changes the templates before the cloud reads them, e.g. removes a grant. */
  readonly edit?: (template: {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  }) => void;
}

/** Starts moim before a file's tests and stops it after them. */
export function useMoim(options: MoimOptions = {}): Moim {
  const moim = {} as Moim;
  beforeAll(async () => {
    Object.assign(moim, await startMoim({ lists: false, ...options }));
  });
  afterAll(async () => {
    const shown = secretsShown(moim);
    await moim.close();
    if (shown.length > 0) throw new Error(`the log shows what it must not:\n${shown.slice(0, 5).join('\n')}`);
  });
  return moim;
}

export async function startMoim({
  now = monday,
  lists = true,
  sdk = process.env.SDK === '1',
  edit,
  retryDelay,
}: MoimOptions = {}): Promise<Moim> {
  const clock = movableClock(now);
  const template = testTemplates(edit);
  const cloud = await startCloud({
    template,
    clock,
    load: (id) => sourceWithout(lists ? [] : ['discovery.relist'], id),
    listen: 'random',
    inProcess: true,
    directTable: !sdk,
    manualSchedules: true,
    ...(retryDelay ? { retryDelay } : {}),
    onLog(id, line) {
      // MOIM_LOG=1 shows what the functions log. A right that a contract lacks is told without it: nothing else says so.
      const missing = edit ? undefined : /[\w-]+ may not [^"]+/.exec(line)?.[0];
      if (process.env.MOIM_LOG) process.stderr.write(`${id} ${line}\n`);
      else if (missing) process.stderr.write(`${missing}\n`);
    },
  });
  const guest = actorAt(cloud);

  async function codeFor(email: string) {
    await cloud.settle();
    const code = /\b\d{6}\b/;
    const mail = await cloud.mail.next(email, ({ subject }) => code.test(subject));
    return code.exec(mail.subject)![0];
  }
  async function signIn(email: string, secret = password) {
    const { status, body } = await guest.post('/v1/sessions', { email, password: secret });
    return { status, tokens: body };
  }
  const codesTo = (email: string) =>
    cloud.mail.list({ to: email }).filter(({ subject }) => /\b\d{6}\b/.test(subject)).length;
  async function person(nickname: string): Promise<Person> {
    const email = `${nickname.replaceAll(' ', '.')}@example.com`.toLowerCase();
    const codes = codesTo(email);
    const asked = await guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
    // Nobody waits for a code that is never sent.
    if (asked.status >= 300) throw new Error(`no code for ${nickname}: ${JSON.stringify(asked.body)}`);
    await cloud.settle();
    // moim says only to the address itself that it has an account.
    if (codesTo(email) === codes) throw new Error(`no code for ${nickname}: the name is taken, choose another`);
    const code = await codeFor(email);
    const { body: confirmed } = await guest.post('/v1/email-verifications/confirm', {
      email,
      purpose: 'REGISTER',
      code,
    });
    const { body: account, status } = await guest.post('/v1/accounts', {
      ticket: confirmed.ticket,
      password,
      nickname,
      locale: 'en',
    });
    if (status !== 201) throw new Error(`${nickname} could not sign up: ${JSON.stringify(account)}`);
    const someone: Person = {
      ...actorAt(cloud, () => ({ authorization: `Bearer ${someone.tokens.accessToken}` })),
      id: account.id,
      email,
      nickname,
      tokens: account.session,
      async socket() {
        const { body } = await someone.post('/v1/socket-tickets', {});
        return listen(body.url);
      },
    };
    return someone;
  }
  const { close: closeCloud } = cloud;
  async function close() {
    await closeCloud();
    rmSync(template, { recursive: true, force: true });
    checkTransactions(cloud);
  }
  return Object.assign(cloud, { clock, guest, person, signIn, codeFor, close }) as Moim;
}

/** A daily challenge for two weeks from today. */
export const challenge = (more: object = {}) => ({
  kind: 'CHALLENGE',
  title: 'Algorithms every day',
  category: 'IT',
  frequency: { every: 'DAY' },
  capacity: 10,
  startDate: '2026-03-02',
  endDate: '2026-03-15',
  certificationRule: 'A photo of your notes',
  ...more,
});

/** Uploads an image for a certification like a client, and gives back the id of the upload. */
export async function upload(
  person: Actor,
  groupId: string,
  file: Uint8Array = jpeg,
  type = 'image/jpeg',
): Promise<string> {
  const { body } = await person.post(`/v1/groups/${groupId}/uploads`, { type, bytes: file.length });
  return uploaded(body, file, type);
}
