/** G5: the page of a group, in one call beside the list of certifications. */
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { costOf, pagesOf } from '../../support/replies.ts';
import { certify, found, kick, leave, team } from '../../support/scene.ts';
import { bare, itemsOf, putAll } from '../../support/table.ts';

// biome-ignore lint/suspicious/noExplicitAny: an answer is compared as a whole
type Json = any;
const moim = useMoim();
const long = { endDate: '2026-12-31' };
const all = '?include=members,week,wall';

test('G5: the page holds what the answers of its parts hold, for leader and member', async () => {
  const { leader, member, path, groupId, missionId } = await team(moim, long);
  await leader.patch(path, { notice: 'Meet at noon' });
  const { body: sent } = await certify(member, { path, groupId, missionId });
  await moim.settle();
  await leader.post(`${path}/certifications/${sent.id}/approve`);
  await certify(leader, { path, groupId, missionId });
  await moim.settle();

  for (const who of [leader, member]) {
    const [{ body: page }, own, missions, members, wall, today, certifications] = await Promise.all([
      who.get(`${path}/page${all}`),
      who.get(`/v1/accounts/me/groups/${groupId}`),
      who.get(`${path}/missions`),
      who.get(`${path}/members?limit=50`),
      who.get(`${path}/wall`),
      who.get('/v1/accounts/me/today'),
      who.get(`${path}/certifications?author=me`),
    ]);
    expect(page).toMatchObject(own.body);
    // Counts and excuses are the page's own fields.
    const listed = missions.body.items.map(({ done: _1, total: _2, excused: _3, ...mission }: Json) => mission);
    expect(page.missions).toMatchObject(listed);
    expect(page.missions).toMatchObject(today.body.items[0].missions);
    expect([page.day, page.waiting]).toEqual([today.body.items[0].day, today.body.items[0].waiting]);
    expect(page.members).toEqual(members.body);
    expect(page.wall).toEqual(wall.body.items);
    expect(page.week).toEqual(
      certifications.body.items.map(({ id, missionId, day, status, reason }: Record<string, string | null>) => ({
        id,
        missionId,
        day,
        status,
        reason,
      })),
    );
    expect(page.week).toHaveLength(1);
  }
});

test('G5: parts come in any order, alone and not at all; another word is refused', async () => {
  const { member, path } = await team(moim, long);
  const partsOf = async (query: string) => {
    const { body } = await member.get(`${path}/page${query}`);
    return ['members', 'week', 'wall'].filter((part) => body[part] !== null);
  };
  const refused = await member.get(`${path}/page?include=members,secrets`);

  expect(await partsOf('')).toEqual([]);
  expect(await partsOf('?include=wall')).toEqual(['wall']);
  expect(await partsOf('?include=wall,members')).toEqual(['members', 'wall']);
  expect(await partsOf('?include=week&include=members')).toEqual(['members', 'week']);
  expect(refused.body).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer: 'query/include' }] });
});

test('G5: the states of the own week follow each decision, and the week and the month are those of the group', async () => {
  const [leader, member] = (await crowd(moim, 2)) as [Person, Person];
  const here = await found(leader, { ...long, startDate: undefined, timeZone: 'Pacific/Kiritimati' }, member);
  const page = async () => {
    await moim.settle();
    return (await member.get(`${here.path}/page${all}`)).body;
  };
  // Saturday in UTC, Sunday in Kiritimati.
  await at(moim, '2026-03-28T12:00:00Z', leader, member);
  const { body: sunday } = await certify(member, here);
  const waiting = await page();
  await leader.post(`${here.path}/certifications/${sunday.id}/deny`, { reason: 'Blurred' });
  const denied = await page();
  // Still Sunday in UTC, Monday in Kiritimati.
  await at(moim, '2026-03-29T12:00:00Z', leader, member);
  const empty = await page();
  const { body: monday } = await certify(member, here);
  await moim.settle();
  await leader.post(`${here.path}/certifications/${monday.id}/approve`);
  const approved = await page();
  // The last of March in UTC, the first of April there.
  await at(moim, '2026-03-31T12:00:00Z', leader, member);
  const april = await page();

  expect([waiting.day, waiting.week]).toEqual(['2026-03-29', [expect.objectContaining({ status: 'WAITING' })]]);
  expect(denied.week).toEqual([
    { id: sunday.id, missionId: here.missionId, day: '2026-03-29', status: 'DENIED', reason: 'Blurred' },
  ]);
  expect([empty.day, empty.week, empty.missions[0].left]).toEqual(['2026-03-30', [], 1]);
  expect(approved.week).toEqual([
    { id: monday.id, missionId: here.missionId, day: '2026-03-30', status: 'APPROVED', reason: null },
  ]);
  expect(approved.missions[0]).toMatchObject({ days: [{ day: '2026-03-30', certifications: 1 }], left: 0 });
  expect(approved.wall).toEqual([{ accountId: member.id, bricks: 1, days: [{ day: '2026-03-30', bricks: 1 }] }]);
  expect([april.day, april.wall]).toEqual(['2026-04-01', []]);
});

test('G5: strangers, former and removed members get the answer for a group that does not exist', async () => {
  const [leader, left, removed, stranger] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  const here = await found(leader, { ...long, startDate: undefined }, left, removed);
  await leave(left, here);
  await kick(leader, here, removed);

  const answers = await Promise.all([left, removed, stranger].map((each) => each.get(`${here.path}/page${all}`)));
  const again = await leader.get(`${here.path}/page${all}`);
  const kept = await leader.get(`${here.path}/page${all}`, { 'if-none-match': again.headers.get('etag') ?? '' });

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [404, 'NOT_FOUND']));
  expect([again.status, kept.status]).toEqual([200, 304]);
});

test('G5: a club of 500 is eight requests in two round trips; its members go on in their list', async () => {
  const leader = await someone(moim);
  const here = await found(leader, { ...long, startDate: undefined });
  await moim.settle();
  const [membership] = (await itemsOf(moim, 'Membership', { groupId: here.groupId, accountId: leader.id })).map(bare);
  const others = Array.from({ length: 499 }, (_, i) => `${leader.id.slice(0, -4)}f${String(i).padStart(3, '0')}`);
  await putAll(moim, 'Membership', others.map((accountId) => ({ ...membership, role: 'MEMBER', accountId })) as never);
  await moim.settle();

  const { body } = await leader.get(`${here.path}/page${all}`);
  const cost = costOf(moim, 'getGroupPage');
  await leader.get(`${here.path}/page`);
  const bareCost = costOf(moim, 'getGroupPage');
  const next = await leader.get(`${here.path}/members?limit=50&cursor=${body.members.nextCursor}`);
  const pages = await pagesOf(leader, `${here.path}/members`, 50);

  expect(body.members.items).toHaveLength(50);
  // Names that the roster has not reached are looked up: here all accounts are invented.
  expect(cost).toMatchObject({ roundTrips: 2, writeUnits: 0 });
  expect(cost.requests).toBeLessThanOrEqual(9);
  expect(cost.readUnits).toBeLessThanOrEqual(75);
  expect(bareCost).toMatchObject({ requests: 3, roundTrips: 1, writeUnits: 0 });
  expect(bareCost.readUnits).toBeLessThanOrEqual(8);
  const ids = (items: readonly { accountId: string }[]) => items.map(({ accountId }) => accountId);
  expect(ids(next.body.items)).toEqual(ids(pages[1]!));
});
