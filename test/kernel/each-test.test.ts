/** What `test/support/each-test.ts` holds every test to. */
import { held } from '../support/each-test.ts';

/** Counts as `expect` does: each call is one assertion more. */
function counter() {
  let count = 0;
  return { assert: () => void count++, made: () => count };
}

test('a test that asserts passes', async () => {
  const { assert, made } = counter();

  await expect(held(assert, 1_000, made)).resolves.toBeUndefined();
});

test('a test that asserts nothing fails, whatever was asserted before it; a hook need not assert', async () => {
  const { assert, made } = counter();
  assert();

  await expect(held(() => {}, 1_000, made)).rejects.toThrow('it asserts nothing');
  await expect(held(() => {}, 1_000)).resolves.toBeUndefined();
});

test.each([
  ['at once', () => void Promise.reject(new Error('lost'))],
  ['in its last tick', async () => void Promise.resolve().then(() => Promise.reject(new Error('lost')))],
  ['and not even an error', () => void Promise.reject('lost')],
])('a rejection that nobody listens to fails it with the error: %s', async (_, work) => {
  await expect(held(work, 1_000)).rejects.toThrow(/nobody listens to a promise that was rejected:[\s\S]*lost/);
});

test("its own error counts, and what was rejected meanwhile is not the next test's", async () => {
  const fails = () => {
    void Promise.reject(new Error('lost'));
    throw new Error('its own');
  };

  await expect(held(fails, 1_000)).rejects.toThrow('its own');
  await expect(held(() => {}, 1_000)).resolves.toBeUndefined();
});

test('what does not end fails', async () => {
  await expect(held(() => new Promise(() => {}), 1)).rejects.toThrow('it did not end within 1 ms');
});
