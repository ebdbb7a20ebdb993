import { inParallel, piecesOf } from '../../shared/core/parallel.ts';

test('no more at a time than asked for, all of them, in order', async () => {
  let [running, most] = [0, 0];

  const results = await inParallel(3, [1, 2, 3, 4, 5, 6, 7], async (n) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    return n * n;
  });

  expect(results).toEqual([1, 4, 9, 16, 25, 36, 49]);
  expect(most).toBe(3);
});

test('one that fails keeps nobody else from their turn; what failed first is thrown', async () => {
  const done: number[] = [];

  const all = inParallel(2, [1, 2, 3, 4, 5], async (n) => {
    if (n % 2 === 0) throw new Error(`no ${n}`);
    done.push(n);
  });

  await expect(all).rejects.toThrow('no 2');
  expect(done).toEqual([1, 3, 5]);
});

test('nothing to do is done', async () => {
  expect(await inParallel(3, [], () => Promise.reject(new Error()))).toEqual([]);
  expect(piecesOf(3, [])).toEqual([]);
});

test('pieces hold all, in order, and as many as said', () => {
  expect(piecesOf(3, [1, 2, 3, 4, 5, 6, 7])).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
});
