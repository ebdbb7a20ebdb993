/** What the distribution keeps for guests, and that whoever shows who they are neither finds nor leaves anything there. */
import { limits } from '../../../shared/product/limits.ts';
import { actorAt } from '../../support/actor.ts';
import { useMoim } from '../../support/moim.ts';
import { renew, someone } from '../../support/people.ts';
import { found } from '../../support/scene.ts';

const moim = useMoim({
  lists: true,
  edit({ Resources }) {
    // As deployed: tests keep nothing otherwise.
    const policy = Resources.GuestsCache?.Properties.CachePolicyConfig as { MaxTTL: number } | undefined;
    if (policy) policy.MaxTTL = 60;
  },
});
const guest = (n: number) => actorAt(moim, undefined, `198.18.${n}.7`);
const asked = (route: string) => moim.logs.filter(({ line }) => line.includes(`"route":"${route}"`)).length;
const kept = `public, max-age=0, s-maxage=${limits.sharedSeconds}`;

test('guests get a group again for some seconds without asking the table; then they see what has changed', async () => {
  const leader = await someone(moim);
  const { path } = await found(leader);
  const before = asked('getGroup');

  const first = await guest(1).get(path);
  const tag = first.headers.get('etag')!;
  await leader.patch(path, { title: 'Another title' });
  const again = await guest(2).get(path);
  const known = await guest(3).get(path, { 'if-none-match': tag });
  const times = asked('getGroup') - before;
  await moim.clock.advance(limits.sharedSeconds * 1000);
  const later = await guest(2).get(path);

  expect(first.headers.get('cache-control')).toBe(kept);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('age')).toBe('0');
  expect(known.status).toBe(304);
  expect(times).toBe(1);
  expect(later.body.title).toBe('Another title');
});

test('whoever sends an Authorization is answered anew, sees every change at once, and leaves nothing for others', async () => {
  const leader = await someone(moim);
  const { path } = await found(leader);
  const before = asked('getGroup');
  await renew(moim, leader);

  const own = [await leader.get(path), await leader.get(path)];
  await guest(1).get(path);
  await leader.patch(path, { title: 'Seen at once' });
  const after = await leader.get(path);
  const forged = await guest(1).get(path, { authorization: 'Bearer x' });

  expect(own.map(({ headers }) => headers.get('cache-control'))).toEqual(Array(2).fill('private, no-cache'));
  expect(own.map(({ headers }) => headers.get('age'))).toEqual([null, null]);
  expect(after.body.title).toBe('Seen at once');
  expect(forged.body.title).toBe('Seen at once');
  // Two by the leader, one by the guest, one by each afterwards.
  expect(asked('getGroup') - before).toBe(5);
});

test('lists are kept by their whole query; languages, pages elsewhere and plain bodies have answers of their own', async () => {
  const before = asked('listGroups');
  const ask = (query: string, headers = {}) => guest(1).get(`/v1/groups${query}`, headers);

  for (let n = 0; n < 3; n++) {
    await ask('?limit=5');
    await ask('?limit=6');
    await ask('?limit=5', { 'accept-language': 'ko' });
    await ask('?limit=5', { origin: 'https://dev.moim.example' });
    await ask('?limit=5', { 'accept-encoding': 'gzip' });
  }
  const page = await ask('?limit=5', { origin: 'https://dev.moim.example' });

  expect(asked('listGroups') - before).toBe(5);
  expect(page.headers.get('access-control-allow-origin')).toBe('https://dev.moim.example');
  expect((await ask('?limit=5')).headers.get('access-control-allow-origin')).toBeNull();
});

test('what is guarded, what is refused and what is written below a shared path is never kept', async () => {
  const [leader, member] = [await someone(moim), await someone(moim)];
  const { path, groupId } = await found(leader);
  const unknown = path.replace(groupId, leader.id);
  const before = asked('getGroup');

  await guest(1).get(unknown);
  const missing = await guest(1).get(unknown);
  const joined = await member.post(`${path}/members`);
  const members = [await leader.get(`${path}/members`), await member.get(`${path}/members`)];
  const refused = await guest(1).get(`${path}/members`);

  expect([missing.status, joined.status, refused.status]).toEqual([404, 201, 401]);
  expect(members.map(({ body }) => body.items.length)).toEqual([2, 2]);
  expect(asked('getGroup') - before).toBe(2);
});

test('row 133: a picture that is taken back is gone within ten seconds, wherever it was shown', async () => {
  const leader = await someone(moim);
  const { path } = await found(leader);
  const { body } = await leader.post(`${path}/progress-links`, { of: 'ME' });
  const picture = `/v1/progress-pictures/${body.id}`;

  const shown = await guest(1).get(picture);
  await leader.delete(`/v1/accounts/me/progress-links/${body.id}`);
  const again = await guest(2).get(picture);
  const dark = await guest(2).get(`${picture}?theme=dark`);
  await moim.clock.advance(limits.sharedSeconds * 1000);
  const gone = await guest(2).get(picture);

  expect([shown.headers.get('cache-control'), shown.headers.get('content-type')]).toEqual([
    ...[kept, 'image/svg+xml; charset=utf-8'],
  ]);
  expect([again.status, dark.status, gone.status]).toEqual([200, 404, 404]);
});
