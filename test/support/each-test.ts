/**
 * Rules for every test and hook of every file. `jest-light-runner`, which runs them, has none of these rules:
 *
 * - it ends within its time limit, instead of blocking the run for ever;
 * - a rejected promise that nobody handles fails the test during which it was rejected, with its error;
 * - a test makes at least one assertion.
 *
 * A last hook of each file checks for promises that were rejected in the file's last tick, and records the CPU time of
 * the file.
 */
import { inspect } from 'node:util';
import { addEventHandler, getState } from 'jest-circus';
import { noteCpu } from './cpu.ts';

/**
 * Milliseconds for a test or hook: enough for a busy machine, but a hanging test is reported. One with a limit of its own may
 * take longer, never less: a short limit fails on a slow machine and shows nothing.
 */
const usual = 300_000;

type Work = () => unknown;

let failure: unknown;
/** Whether the test that has just ended failed: a hook after it may keep what shows why. */
export const hasFailed = (): boolean => failure !== undefined;

const rejected: unknown[] = [];
process.on('unhandledRejection', (reason) => void rejected.push(reason));

/**
 * Fails with the errors of promises that were rejected until now. Node reports them at the end of a turn of the event
 * loop.
 */
async function nothingRejected(): Promise<void> {
  await new Promise(setImmediate);
  const reasons = rejected.splice(0);
  if (reasons.length > 0)
    throw new Error(
      `nobody listens to a promise that was rejected:\n${reasons.map((each) => inspect(each)).join('\n')}`,
    );
}

async function within(limit: number, work: Work): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${limit} ms`)), limit);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A test's or hook's function with all these rules. Its own error comes before the errors of rejected promises.
 *
 * @param assertions gives the number of assertions so far; omitted for a hook, which need not make any
 */
export async function held(work: Work, limit: number, assertions?: () => number): Promise<void> {
  const before = assertions?.();
  if (assertions) failure = undefined;
  try {
    await within(limit, work);
  } catch (error) {
    failure = error;
    await nothingRejected().catch(() => {});
    throw error;
  }
  await nothingRejected();
  if (assertions && assertions() === before) throw new Error('it asserts nothing');
}

const assertionsMade = () => expect.getState().assertionCalls;

async function endOfFile(): Promise<void> {
  noteCpu(expect.getState().testPath!);
  await nothingRejected();
}

/** Keeps `endOfFile` the last hook of a file's outermost block. */
function endLast(): void {
  const { rootDescribeBlock: root } = getState();
  const at = root.hooks.findIndex(({ fn }) => fn === endOfFile);
  const [hook] = at < 0 ? [{ type: 'afterAll' as const, fn: endOfFile, parent: root }] : root.hooks.splice(at, 1);
  root.hooks.push(hook as (typeof root.hooks)[number]);
}

addEventHandler((event, { currentDescribeBlock: block }) => {
  if (event.name !== 'add_test' && event.name !== 'add_hook') return;
  const added = event.name === 'add_test' ? block.children.at(-1) : block.hooks.at(-1);
  if (!added || !('fn' in added)) return;
  const work = added.fn as Work;
  const limit = Math.max(usual, event.timeout ?? 0);
  added.fn = () => held(work, limit, event.name === 'add_test' ? assertionsMade : undefined);
  endLast();
});
