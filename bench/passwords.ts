import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { newId } from '../shared/core/ids.ts';
import { hashPassword, verifyPassword } from '../shared/core/password.ts';
import setUp from '../test/support/global-setup.ts';
import { type Moim, startMoim } from '../test/support/moim.ts';
import { put } from '../test/support/table.ts';
import { median, ms, times } from './measure.ts';
import { type Part, type Table, verdict } from './report.ts';

const scrypted = promisify(scrypt);
const pairs = 150;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Median times of several kinds of work that take turns. */
async function wallTimes(works: readonly (() => Promise<unknown>)[], rounds: number): Promise<number[]> {
  const found = works.map((): number[] => []);
  for (let round = -2; round < rounds; round++)
    for (const [i, work] of works.entries()) {
      const time = await timed(work);
      if (round >= 0) found[i]!.push(time);
    }
  return found.map(median);
}

async function hashing(): Promise<Table> {
  const password = 'Correct-Horse-7';
  const phc = await hashPassword(password);
  const [hash = 0, verify = 0, byScrypt = 0] = await wallTimes(
    [() => hashPassword(password), () => verifyPassword(password, phc), () => scrypted(password, randomBytes(16), 32)],
    12,
  );
  const row = (name: string, time: number, memory: string) => [name, ms(time), memory, times(time / byScrypt)];
  return {
    title: 'Hashing a password',
    compares:
      'Milliseconds of one hash, beside the default of node:crypto (scrypt with N = 16,384, r = 8, p = 1), in turns.',
    columns: ['work', 'ms', 'memory of a guess', 'beside scrypt'],
    rows: [
      row('hash (argon2id, 19 MiB, 2 passes)', hash, '19 MiB'),
      row('verify', verify, '19 MiB'),
      row('scrypt default', byScrypt, '16 MiB'),
    ],
    target: "OWASP's first choice for argon2id; 10-60 ms, so that a sign-in stays below 200 ms at half a core",
    verdict: verdict(hash >= 10 && hash <= 60, `${ms(hash)} ms`),
  };
}

/** Requests about an address. Each must answer the same for addresses with and without an account. */
const questions: Readonly<Record<string, (moim: Moim, email: string) => Promise<{ status: number }>>> = {
  'sign in, refused': (moim, email) => moim.guest.post('/v1/sessions', { email, password: 'Wrong-Horse-7' }),
  'code to sign up': (moim, email) => moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' }),
  'code for a new password': (moim, email) =>
    moim.guest.post('/v1/email-verifications', { email, purpose: 'PASSWORD' }),
  'login id by mail': (moim, email) => moim.guest.post('/v1/login-id-reminders', { email }),
};

/** Times of a request about addresses with and without an account, in turn. Waits for the mail after each request. */
async function asked(moim: Moim, ask: (typeof questions)[string]) {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  for (let pair = -6; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
    for (const kind of order) {
      const time = await timed(() => ask(moim, `${kind}${pair + 6}@example.com`));
      if (pair >= 0) times[kind].push(time);
      await moim.settle();
    }
    // Limits count per hour and place.
    if (pair % 50 === 0) await moim.clock.advance(3_600_000);
  }
  return times;
}

async function enumeration(step: (text: string) => void): Promise<Table> {
  await setUp();
  const moim = await startMoim({ sdk: true });
  const passwordHash = await hashPassword('Correct-Horse-7');
  for (let i = 0; i < pairs + 6; i++) {
    const login = `known${i}@example.com`;
    const accountId = newId(moim.clock.now());
    await put(moim, 'Credential', { login, email: login, accountId, passwordHash, sessionVersion: 1 });
  }
  const rows: string[][] = [];
  const ratios: number[] = [];
  for (const [name, ask] of Object.entries(questions)) {
    step(`${pairs} pairs: ${name}`);
    const { known, unknown } = await asked(moim, ask);
    const ratio = median(known) / median(unknown);
    ratios.push(ratio);
    rows.push([name, ms(median(known)), ms(median(unknown)), times(ratio)]);
  }
  await moim.close();
  return {
    title: 'Does the time of an answer reveal who has an account?',
    compares: `Milliseconds of an answer through the front door, for addresses with an account and without one: medians of ${pairs} pairs, in turns, with the order changing from pair to pair.`,
    columns: ['question', 'known, ms', 'unknown, ms', 'ratio'],
    rows,
    target: '0.95-1.05 each',
    verdict: verdict(
      ratios.every((ratio) => ratio >= 0.95 && ratio <= 1.05),
      `${times(Math.min(...ratios))}-${times(Math.max(...ratios))}`,
    ),
  };
}

export const passwords: Part = {
  name: 'passwords',
  title: 'Passwords: what a guess costs, and what a refusal tells',
  async run(step) {
    step('hashing beside scrypt');
    return [await hashing(), await enumeration(step)];
  },
};
