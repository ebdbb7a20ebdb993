import { shardOf, shards } from '../../functions/talking/connections/rules.ts';

test('row 104: a connection is always listed in the same partition', () => {
  expect(shardOf('abc=')).toBe(shardOf('abc='));
});

test('row 104: connections spread over all partitions about evenly', () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 5_000; i++) counts.set(shardOf(`c${i}`), (counts.get(shardOf(`c${i}`)) ?? 0) + 1);

  expect([...counts.keys()].sort()).toEqual(Array.from({ length: shards }, (_, shard) => String(shard)));
  expect(Math.min(...counts.values())).toBeGreaterThan(400);
  expect(Math.max(...counts.values())).toBeLessThan(600);
});
