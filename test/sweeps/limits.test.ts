/**
 * Fair use at its very number: of every route that may be used too often, the use that is the last one goes through, and
 * the next is refused and leaves nothing behind. The count is set right before the write, so that the write decides.
 */
import { fairUse } from '../../shared/product/fair-use-limits.ts';
import { limits } from '../../shared/product/limits.ts';
import type { ProblemCode } from '../../shared/product/problems.ts';
import { interrupted } from '../support/between.ts';
import { useMoim } from '../support/moim.ts';
import { askTable, tableName } from '../support/table.ts';
import type { Got } from './client.ts';
import { fresh, sentOf } from './fresh.ts';
import { verdict } from './refused.ts';
import { each, type Sample, type Subject, subjects } from './samples.ts';
import { changesBetween, type Items, itemsOf } from './table.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim({ lists: true });
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

/** Limits whose refusal says what to do instead of waiting. */
const refusals: { readonly [L in Limit]?: ProblemCode } = { checkIn: 'CHECK_IN_TRIES_USED' };
const codes = ['TOO_MANY_REQUESTS', ...Object.values(refusals)];

const isLimited = ({ route }: Subject) => route.problems.some((code) => codes.includes(code));

/** Routes whose first write counts no use, and where their limit is tested. */
const elsewhere: Readonly<Record<string, string>> = {
  confirmPush: 'a receipt that tells something new counts nowhere: push-receipts.test.ts',
  sendMessage: 'three in a second, with an item of its own: talking/chat/sending.test.ts',
  setPicture: 'another write comes before it: set-picture.test.ts',
  submitCertification: 'one in five seconds, with an item of its own: submit-certification.test.ts',
};

/** Routes that count in memory and write nothing, so that no write decides, and where their limit is tested. */
const unwritten: Readonly<Record<string, string>> = {
  sendTestMessage: 'a test message leaves nothing in the table: push-receipts.test.ts',
};

/** Limits that slow down what follows, and refuse nobody: strangers can use them up. */
const slowing: readonly Limit[] = ['mailToAddress', 'newMail', 'recovery', 'signInFromAnywhere'];

type Limit = keyof typeof fairUse;
interface Count {
  readonly limit: Limit;
  readonly key: { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
}

/** The counts of uses that a write depends on. */
function countsIn(body: object): Count[] {
  const keys = JSON.stringify(body).matchAll(/"pk":\{"S":"(QUOTA#[^"]*)"\},"sk":\{"S":"(QUOTA#([^#"]+)[^"]*)"\}/g);
  return [...keys].map(([, pk, sk, limit]) => ({
    limit: limit as Limit,
    key: { pk: { S: pk! }, sk: { S: sk! } },
  }));
}

/** Makes a request, of which so many uses are left by one of its limits. */
async function requested(subject: Subject, sample: Sample, limit?: Limit, left = 0) {
  let counts: Count[] = [];
  let before: Items = new Map();
  const answer: Got = await interrupted(
    moim,
    async (write) => {
      counts = countsIn(write);
      for (const { limit: name, key } of counts.filter((count) => count.limit === limit)) {
        const used = {
          N: String(fairUse[name].times - left * (name === 'upload' ? limits.file.leastCounted : 1)),
        };
        await askTable(moim, 'PutItem', {
          TableName: tableName(moim),
          Item: { ...key, type: { S: 'Quota' }, used },
        });
      }
      before = await itemsOf(moim);
    },
    () => world.send(sentOf(subject, sample)),
  );
  await moim.settle();
  return { answer, counts, effect: changesBetween(before, await itemsOf(moim)) };
}

test.each(each((subject) => isLimited(subject) && !(subject.name in unwritten)))('%s', async (_, subject) => {
  const { status } = subject.route;
  const { answer, counts } = await requested(subject, await fresh(subject, world));
  expect(verdict(answer)).toBe(String(status));

  const names = counts.map(({ limit }) => limit);
  const at: string[] = [];
  for (const limit of names) {
    const last = await requested(subject, await fresh(subject, world), limit, 1);
    const next = await requested(subject, await fresh(subject, world), limit);
    const effect = slowing.includes(limit) ? '' : next.effect;
    at.push(`${limit}: ${verdict(last.answer)}, ${verdict(next.answer)}, ${effect}`);
    if (!slowing.includes(limit)) expect(Number(next.answer.headers.get('retry-after'))).toBeGreaterThan(0);
    // Others shall not find it used up, nor a sum that was spent before another limit counted in its place.
    for (const { key } of [...counts, ...last.counts, ...next.counts])
      await askTable(moim, 'DeleteItem', { TableName: tableName(moim), Key: key });
  }

  const after = (limit: Limit) => (slowing.includes(limit) ? String(status) : `429 ${refusals[limit] ?? codes[0]}`);
  expect(at).toEqual(names.map((limit) => `${limit}: ${status}, ${after(limit)}, `));
  expect(names.length === 0).toBe(subject.name in elsewhere);
});

test('what is tested elsewhere is there, and says that it has a limit', () => {
  const names = subjects.filter(isLimited).map(({ name }) => name);

  expect(Object.keys({ ...elsewhere, ...unwritten }).filter((name) => !names.includes(name))).toEqual([]);
});
