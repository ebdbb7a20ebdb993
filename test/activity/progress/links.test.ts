/** Row 133: a link to a picture of progress, which can be taken back. */
import { pictureHash } from '../../../functions/activity/progress/links.ts';
import { limits } from '../../../shared/product/limits.ts';
import { atEachRequest } from '../../support/faults.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { become, crowd, someone } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
const auto = { approval: 'AUTO', startDate: undefined, endDate: '2026-12-31', title: 'Dawn <Run>' };

async function scene(more: object = {}, size = 3) {
  const [leader, ...members] = (await crowd(moim, size)) as [Person, ...Person[]];
  const here = await found(leader, { ...auto, ...more }, ...members);
  await leader.patch(`${here.path}/missions/${here.missionId}`, { way: 'TEXT' });
  return { leader, member: members[0]!, members, ...here };
}
type Scene = Awaited<ReturnType<typeof scene>>;
const make = (who: Person, { path }: Pick<Scene, 'path'>, body: object = { of: 'ME' }, headers = {}) =>
  who.post(`${path}/progress-links`, body, headers);
const pathOf = ({ body }: { body: { url: string } }) => new URL(body.url).pathname;
// biome-ignore lint/suspicious/noExplicitAny: a picture is a text
const picture = async (path: string, query = ''): Promise<any> => moim.guest.get(`${path}${query}`);
const words = (svg: string) => /<desc id="desc">(.*?)<\/desc>/.exec(svg)![1]!;

test('a picture of somebody: for everybody who has the link, in both languages and themes, named only by choice', async () => {
  const here = await scene();
  const { member, leader } = here;
  await member.post(`${here.path}/missions/${here.missionId}/certifications`, { text: 'Done' });
  await moim.settle();
  const link = await make(member, here);
  const path = pathOf(link);
  const first = await picture(path, '?lang=en');
  const dark = await picture(path, '?lang=ko&theme=dark');
  const spoken = await moim.guest.get(path, { 'accept-language': 'en' });
  const cost = costOf(moim, 'getProgressPicture');
  const named = await make(member, here, { of: 'ME', named: true });
  const shown = await picture(path, '?lang=en');

  expect(link.body).toMatchObject({ of: 'ME', named: false, groupId: here.groupId });
  expect(link.body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(first.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  expect(first.body).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(words(first.body)).toContain('100% of what was due is done');
  expect(words(dark.body)).toContain('인증률 100%');
  expect(dark.body).toContain('#1a1310');
  expect(spoken.body).toBe(first.body);
  expect(first.body).toContain('Dawn &lt;Run&gt;');
  for (const person of [member, leader]) expect(first.body).not.toContain(person.nickname);
  expect(named.body).toEqual({ ...link.body, named: true });
  expect(shown.body).toContain(member.nickname);
  expect(shown.body).not.toContain(leader.nickname);
  expect(cost).toMatchObject({ requests: 5, roundTrips: 2, writeUnits: 0 });
  expect(cost.readUnits).toBeLessThanOrEqual(10);
});

test('what its answer says: a picture that pages elsewhere may show, that does nothing by itself, and is kept for ten seconds', async () => {
  const here = await scene();
  const { headers } = await picture(pathOf(await make(here.member, here)));
  const names = ['content-security-policy', 'x-content-type-options', 'cross-origin-resource-policy', 'cache-control'];

  expect(names.map((name) => headers.get(name))).toEqual([
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
    ...['nosniff', 'cross-origin', 'public, max-age=0, s-maxage=10'],
  ]);
  expect(limits.sharedSeconds).toBeLessThanOrEqual(60);
  expect(headers.get('etag')).toMatch(/^W\/"/);
});

test('a picture of the group: its leader makes it, and it names nobody', async () => {
  const here = await scene();
  const { member, leader } = here;
  await member.post(`${here.path}/missions/${here.missionId}/certifications`, { text: 'Done' });
  await moim.settle();
  const refused = await make(member, here, { of: 'GROUP' });
  const link = await make(leader, here, { of: 'GROUP', named: true });
  const { body } = await picture(pathOf(link), '?lang=en');
  const cost = costOf(moim, 'getProgressPicture');

  expect(outcome(refused)).toBe('NOT_FOUND');
  expect(words(body)).toBe(
    'On average, members have done 100% of what was due. Level 1, 3 members. The last weeks: 100%. Somebody did something on 1 day.',
  );
  for (const person of [member, leader]) expect(body).not.toContain(person.nickname);
  expect(cost).toMatchObject({ requests: 4, roundTrips: 2 });
});

test('the title of a private group is said only where its leader says so', async () => {
  const here = await scene({ visibility: 'PRIVATE' }, 1);
  const own = await make(here.leader, here, { of: 'ME', named: true });
  const group = await make(here.leader, here, { of: 'GROUP' });
  const titled = async ({ body }: typeof own) => (await picture(pathOf({ body }))).body.includes('Dawn');
  const before = [await titled(own), await titled(group)];
  await make(here.leader, here, { of: 'GROUP', named: true });

  expect([...before, await titled(group)]).toEqual([false, false, true]);
});

test('a link that is wrong, taken back, or of somebody who is not there any more, has one answer', async () => {
  const [left, suspended, handed, back, gone, waits] = await Promise.all(Array.from({ length: 6 }, () => scene()));
  const links = await Promise.all([left, suspended, back, gone, waits].map((each) => make(each!.member, each!)));
  const group = await make(handed!.leader, handed!, { of: 'GROUP' });
  const paths = [...links, group].map(pathOf);
  const before = await Promise.all(paths.map((path) => picture(path)));
  await leave(left!.member, left!);
  await become(moim, suspended!.member, 'WITHDRAWN');
  const removal = () => back!.member.delete(`/v1/accounts/me/progress-links/${links[2]!.body.id}`);
  const removed = [await removal(), await removal()];
  const [kept] = await itemsOf(moim, 'Group', { groupId: gone!.groupId });
  await put(moim, 'Group', { ...kept, deletedAt: kept.createdAt });
  const [other] = await itemsOf(moim, 'Group', { groupId: waits!.groupId });
  await put(moim, 'Group', { ...other, approvalStatus: 'WAITING' });
  await handed!.leader.send('PUT', `${handed!.path}/leader`, { body: { accountId: handed!.member.id } });
  await moim.settle();
  const after = await Promise.all(
    [...paths, '/v1/progress-pictures/00000000-0000-4000-8000-000000000000'].map((path) => picture(path)),
  );

  expect(before.map(({ status }) => status)).toEqual(Array(6).fill(200));
  expect(removed.map(outcome)).toEqual([204, 204]);
  const said = after.map(({ status, body: { requestId: _, ...problem }, headers }) => [
    ...[status, problem, headers.get('content-type'), headers.get('cache-control')],
  ]);
  expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(said[0]!.slice(2)).toEqual(['application/problem+json; charset=utf-8', 'no-store']);
  expect(said[0]![0]).toBe(404);
});

test('one link of each kind: twice and at once give the same; taken back, the next one is another', async () => {
  const here = await scene();
  const many = await Promise.all(Array.from({ length: 6 }, () => make(here.member, here)));
  const ids = new Set(many.map(({ body }) => body.id));
  const { body: list } = await here.member.get('/v1/accounts/me/progress-links');
  const stranger = await someone(moim);
  const id = [...ids][0]!;
  const others = await stranger.delete(`/v1/accounts/me/progress-links/${id}`);
  const still = await picture(pathOf(many[0]!));
  await here.member.delete(`/v1/accounts/me/progress-links/${id}`);
  const next = await make(here.member, here);
  // A late repetition of the removal does not touch the new one.
  await here.member.delete(`/v1/accounts/me/progress-links/${id}`);

  expect([ids.size, list.items.length]).toEqual([1, 1]);
  expect(list.items[0]).toEqual(many[0]!.body);
  expect([outcome(others), still.status]).toEqual([204, 200]);
  expect(next.body.id).not.toBe(id);
  expect((await picture(pathOf(next))).status).toBe(200);
  expect(await itemsOf(moim, 'ProgressPicture', { groupId: here.groupId })).toHaveLength(1);
});

test('the table keeps no secret in a key, and no log line shows one', async () => {
  const here = await scene();
  const { body } = await make(here.member, here);
  await picture(`/v1/progress-pictures/${body.id}`);
  await here.member.delete(`/v1/accounts/me/progress-links/${body.id}`);
  const items = await itemsOf(moim, 'ProgressPicture', { hash: pictureHash(body.id) });

  expect(items).toEqual([]);
  expect(moim.logs.filter(({ line }) => line.includes(body.id))).toEqual([]);
});

test('each fault at each request leaves one link that works', async () => {
  await atEachRequest(
    moim,
    2,
    async () => scene({}, 2),
    (here) => make(here.member, here, { of: 'ME' }, { 'idempotency-key': `link-${here.groupId}` }),
    async (here, again, fault) => {
      const claims = await itemsOf(moim, 'ProgressPicture', { groupId: here.groupId });
      expect([fault, outcome(again), claims.length]).toEqual([fault, 200, 1]);
      expect((await picture(pathOf(again))).status).toBe(200);
    },
  );
});
