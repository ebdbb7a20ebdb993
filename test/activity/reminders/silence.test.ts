/** Row 144: reminders stop kindly. What counts is what a person did, not what they opened. */
import type { DynamoDBRecord } from 'aws-lambda';
import { addDays, localDay } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, renew, someone } from '../../support/people.ts';
import { found, team } from '../../support/scene.ts';
import { itemsOf, streamOf } from '../../support/table.ts';
import { certified, long, nextLook, remindersOf, runAt } from './scene.ts';

const moim = useMoim();
const today = () => localDay(moim.clock.now(), 'Asia/Seoul');
/** Lets days pass, each with the run of 20:00, and what somebody does afterwards. */
async function days(count: number, then?: (nth: number) => Promise<void>) {
  for (let nth = 1; nth <= count; nth++) {
    await runAt(moim, `${today().slice(5)} 20:00`);
    await then?.(nth);
    await moim.clock.advance(12 * 3_600_000);
  }
}
/** The kinds of somebody's reminders, each with its day since one. */
async function kindsOf(person: Person, since: string): Promise<string[]> {
  const all = await remindersOf(moim, person);
  const nth = (instant: string) => {
    const day = localDay(Date.parse(instant), 'Asia/Seoul');
    for (let n = 1; ; n++) if (addDays(since, n - 1) >= day) return n;
  };
  return all.map(({ type, createdAt }) => `${nth(createdAt)} ${type}`);
}

test('absence of 10 days: exactly 3 reminders and 1 line, though everything was opened; 3 lines in all, then none', async () => {
  const { member } = await team(moim, long(moim));
  const since = today();
  // Reading is no answer.
  await days(10, async () => {
    await renew(moim, member);
    await member.post('/v1/notifications/read');
    await member.get('/v1/accounts/me/today');
  });
  const tenDays = await kindsOf(member, since);
  const texts = (await remindersOf(moim, member, 'ko')).map(({ text }) => text);
  await days(25);

  expect(tenDays).toEqual(['1 REMIND_DAILY', '2 REMIND_DAILY', '3 REMIND_DAILY', '10 REMIND_BACK']);
  // By now the inbox has dropped the first days.
  expect((await kindsOf(member, since)).slice(-3)).toEqual(['10 REMIND_BACK', '17 REMIND_BACK', '24 REMIND_BACK']);
  expect(await nextLook(moim, member)).toEqual([]);
  expect(texts[2]).toContain('알림은 잠시 쉴게요');
  // One line, and no list of what was missed.
  expect(texts[3]).toBe('자리를 비워 두었어요. 다시 하고 싶을 때 언제든 와 주세요.');
});

test('who certifies again is reminded as before, in the silence and after it; what others do changes nothing', async () => {
  const leader = await someone(moim, 'silent leader');
  const [soon, late] = (await crowd(moim, 2)) as [Person, Person];
  const here = await found(leader, long(moim), soon, late);
  const since = today();
  await days(6, async (nth) => {
    if (nth === 5) await certified(moim, soon, here);
  });
  await days(24, async (nth) => {
    if (nth === 23) await certified(moim, late, here);
  });

  expect((await kindsOf(soon, since)).slice(0, 7)).toEqual([
    ...['1 REMIND_DAILY', '2 REMIND_DAILY', '3 REMIND_DAILY', '6 REMIND_DAILY', '7 REMIND_DAILY', '8 REMIND_DAILY'],
    '15 REMIND_BACK',
  ]);
  expect((await kindsOf(late, since)).slice(3)).toEqual([
    ...['10 REMIND_BACK', '17 REMIND_BACK', '24 REMIND_BACK', '30 REMIND_DAILY'],
  ]);
  expect(await nextLook(moim, late)).toHaveLength(1);
});

test('who does something each day is reminded each day of the rest: a deed in any group is an answer', async () => {
  const leader = await someone(moim, 'busy leader');
  const busy = await someone(moim, 'busy');
  const done = await found(leader, { ...long(moim), title: 'Done' }, busy);
  await moim.clock.advance(1000);
  await found(leader, { ...long(moim), title: 'Open' }, busy);
  const since = today();
  await days(6, () => certified(moim, busy, done));

  expect(await kindsOf(busy, since)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `${n} REMIND_DAILY`));
  expect(await itemsOf(moim, 'Reminding', { accountId: busy.id })).toMatchObject([{ unanswered: [addDays(since, 5)] }]);
});

test('who joins another group, or chooses times of their own, has answered', async () => {
  const leader = await someone(moim, 'joined leader');
  const [joins, chooses] = (await crowd(moim, 2)) as [Person, Person];
  const { path, missionId } = await found(leader, long(moim), joins, chooses);
  const since = today();
  await days(4);
  await renew(moim, leader, joins, chooses);
  await found(leader, { ...long(moim), title: 'Another' }, joins);
  await chooses.send('PUT', `${path}/missions/${missionId}/reminder`, { body: { times: ['20:00'] } });
  await days(1);

  expect((await kindsOf(joins, since)).at(-1)).toBe('5 REMIND_DAILY');
  expect((await kindsOf(chooses, since)).at(-1)).toBe('5 REMIND_DAILY');
});

test('row 144: a join and a deed that are told again, or a day late, answer no reminder that came after them', async () => {
  const { member, ...here } = await team(moim, long(moim));
  await certified(moim, member, here);
  await moim.settle();
  const mine = ({ dynamodb }: DynamoDBRecord) =>
    ['Membership', 'Certification'].includes(String(dynamodb?.NewImage?.type?.S)) &&
    dynamodb?.NewImage?.accountId?.S === member.id;
  const told = streamOf(moim).filter(mine);
  const since = today();
  await days(11, async () => {
    const Records = [...told, ...told].reverse();
    expect(await moim.invoke('background-stream', { Records })).toMatchObject({ payload: { batchItemFailures: [] } });
  });

  expect(told.map(({ eventName }) => eventName).filter((name) => name === 'INSERT')).toHaveLength(2);
  expect(await kindsOf(member, since)).toEqual([
    '2 REMIND_DAILY',
    '3 REMIND_DAILY',
    '4 REMIND_DAILY',
    '11 REMIND_BACK',
  ]);
});
