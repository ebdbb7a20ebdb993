/**
 * What every test and hook is held to, of every file. `jest-light-runner` runs them and knows none of this:
 * - it ends within its time limit, instead of holding up the run for ever;
 * - a promise that is rejected while it runs, and that nobody listens to, fails it with that error;
 * - a test makes at least one assertion.
 *
 * A last hook of each file looks for what the file's last tick rejected, and notes the CPU time that the file took.
 */
import { inspect } from 'node:util';
import { addEventHandler, getState } from 'jest-circus';
import { noteCpu } from './cpu.ts';

/** Milliseconds for a test or hook that says none itself: what hangs is told, what a busy machine takes long for is not. */
const usual = 300_000;

type Work = () => unknown;

const rejected: unknown[] = [];
process.on('unhandledRejection', (reason) => void rejected.push(reason));

/** Fails with what was rejected until now. Node tells of it when a turn of the event loop ends. */
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
 * A test's or hook's function with all that it is held to. Its own error counts before what was rejected meanwhile.
 *
 * @param assertions how many assertions were made so far; left out for a hook, which need not make any
 */
export async function held(work: Work, limit: number, assertions?: () => number): Promise<void> {
  const before = assertions?.();
  try {
    await within(limit, work);
  } catch (error) {
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

/** Keeps `endOfFile` the last of the hooks that a file's outermost block has. */
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
  const limit = event.timeout ?? usual;
  added.fn = () => held(work, limit, event.name === 'add_test' ? assertionsMade : undefined);
  endLast();
});
