import { Overtaken, untilSettled } from '../../shared/data/meaning.ts';

/** An attempt that others' changes come before so many times. */
function lost(times: number) {
  const tried = { times: 0 };
  const attempt = async () => {
    if (++tried.times <= times) throw new Overtaken();
    return 'done';
  };
  return { tried, attempt };
}

test.each([0, 1, 4])('an attempt that is overtaken %i times is settled by the next', async (times) => {
  const { tried, attempt } = lost(times);

  expect(await untilSettled(attempt)).toBe('done');
  expect(tried.times).toBe(times + 1);
});

test('after eight attempts the caller is asked to try again', async () => {
  const { tried, attempt } = lost(8);

  await expect(untilSettled(attempt)).rejects.toMatchObject({ code: 'TRY_AGAIN', retryAfter: 1 });
  expect(tried.times).toBe(8);
});

test('a part that has given up is not begun again by the whole', async () => {
  const { tried, attempt } = lost(100);

  await expect(untilSettled(() => untilSettled(attempt))).rejects.toMatchObject({ code: 'TRY_AGAIN' });
  expect(tried.times).toBe(8);
});

test('any other error of an attempt is thrown at once', async () => {
  let times = 0;
  const failing = untilSettled(async () => {
    times++;
    throw new Error('broken');
  });

  await expect(failing).rejects.toThrow('broken');
  expect(times).toBe(1);
});
