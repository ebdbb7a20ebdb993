/** What does not end fails under its name, instead of holding up the run: `jest-light-runner` waits for ever. */
import { addEventHandler } from 'jest-circus';

/** Milliseconds for a test or hook that says none itself: what hangs is told, what a busy machine takes long for is not. */
const usual = 300_000;

async function within(limit: number, work: () => unknown): Promise<void> {
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

addEventHandler((event, { currentDescribeBlock: block }) => {
  if (event.name !== 'add_test' && event.name !== 'add_hook') return;
  const added = event.name === 'add_test' ? block.children.at(-1) : block.hooks.at(-1);
  if (!added || !('fn' in added)) return;
  const work = added.fn as () => unknown;
  added.fn = () => within(event.timeout ?? usual, work);
});
