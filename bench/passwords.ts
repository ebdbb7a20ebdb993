import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { hashPassword, verifyPassword } from '../shared/core/password.ts';
import setUp from '../test/support/global-setup.ts';
import { startMoim } from '../test/support/moim.ts';
import { median, ms, times } from './measure.ts';
import { type Part, type Table, verdict } from './report.ts';

const scrypted = promisify(scrypt);
const pairs = 150;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Medians of several kinds of work that take turns. */
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
      'Milliseconds of one hash, beside what node:crypto does by default (scrypt with N = 16,384, r = 8, p = 1), taking turns.',
    columns: ['work', 'ms', 'memory a guess takes', 'beside scrypt'],
    rows: [
      row('hash (argon2id, 19 MiB, 2 passes)', hash, '19 MiB'),
      row('verify', verify, '19 MiB'),
      row('scrypt default', byScrypt, '16 MiB'),
    ],
    target: "OWASP's first choice for argon2id; 10-60 ms, so that a sign-in stays below 200 ms at half a core",
    verdict: verdict(hash >= 10 && hash <= 60, `${ms(hash)} ms`),
  };
}

async function enumeration(step: (text: string) => void): Promise<Table> {
  await setUp();
  const moim = await startMoim();
  const { email } = await moim.person('minji');
  const attempt = async (address: string) => {
    const { status } = await moim.guest.post('/v1/sessions', { email: address, password: 'Wrong-Horse-7' });
    if (status !== 401) throw new Error(`a wrong password was answered ${status}`);
  };
  const known: number[] = [];
  const unknown: number[] = [];
  step(`${pairs} pairs of sign-ins, known and unknown address`);
  for (let pair = -6; pair < pairs; pair++) {
    const ofKnown = async () => ({ list: known, time: await timed(() => attempt(email)) });
    const ofUnknown = async () => ({ list: unknown, time: await timed(() => attempt(`nobody-${pair}@example.com`)) });
    for (const one of pair % 2 === 0 ? [ofKnown, ofUnknown] : [ofUnknown, ofKnown]) {
      const { list, time } = await one();
      if (pair >= 0) list.push(time);
    }
  }
  await moim.close();
  const ratio = median(known) / median(unknown);
  return {
    title: 'Whether the time of a sign-in tells who has an account',
    compares: `Milliseconds of a refused sign-in through the front door, with an address that has an account and with ones that have none: ${pairs} pairs taking turns, the order changing from pair to pair; medians.`,
    columns: ['address', 'ms', 'ratio'],
    rows: [
      ['known', ms(median(known)), times(ratio)],
      ['unknown', ms(median(unknown)), ''],
    ],
    target: '0.95-1.05',
    verdict: verdict(ratio >= 0.95 && ratio <= 1.05, times(ratio)),
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
