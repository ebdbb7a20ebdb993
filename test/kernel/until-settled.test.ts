import { untilSettled } from '../../shared/data/until-settled.ts';

/** An attempt that others' changes come before so many times. */
function lost(times: number) {
  const tried = { times: 0 };
  return { tried, attempt: async () => (++tried.times > times ? 'done' : undefined) };
}

test.each([0, 1, 4])('what is lost %i times is settled by the next attempt', async (times) => {
  const { tried, attempt } = lost(times);

  expect(await untilSettled(attempt)).toBe('done');
  expect(tried.times).toBe(times + 1);
});

test('after five attempts the caller is asked to try again', async () => {
  const { tried, attempt } = lost(5);

  await expect(untilSettled(attempt)).rejects.toMatchObject({ code: 'TRY_AGAIN', retryAfter: 1 });
  expect(tried.times).toBe(5);
});

test('null is an answer, and what an attempt throws is thrown at once', async () => {
  let times = 0;
  const failing = untilSettled(async () => {
    times++;
    throw new Error('broken');
  });

  expect(await untilSettled(async () => null)).toBeNull();
  await expect(failing).rejects.toThrow('broken');
  expect(times).toBe(1);
});
