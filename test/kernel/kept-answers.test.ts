/** What clients keep and what they are told later, through the front door. What holds for every route is in the sweeps. */
import { gunzipSync } from 'node:zlib';
import type { Actor, Reply } from '../support/actor.ts';
import { type Person, useMoim } from '../support/moim.ts';
import { renew, someone } from '../support/people.ts';
import { costOf } from '../support/replies.ts';
import { certify, found, type Team } from '../support/scene.ts';
import { itemsOf, put } from '../support/table.ts';

const moim = useMoim();
let here: Omit<Team, 'missionId'>;
/** The path of a certification with a photo, of the member. */
let certification: string;
beforeAll(async () => {
  const [leader, member] = [await someone(moim), await moim.person('member')];
  const group = await found(leader, {}, member);
  here = { leader, member, ...group };
  certification = `${group.path}/certifications/${(await certify(member, group)).body.id}`;
  await moim.settle();
});

const tagOf = ({ headers }: Reply) => headers.get('etag')!;
const again = (who: Actor, path: string, tags: string, more = {}) => who.get(path, { 'if-none-match': tags, ...more });

test('groups: a tag of GET is answered 304 by GET, for the same requests and units as the whole answer', async () => {
  const { leader, path } = here;
  const first = await leader.get(path);
  const whole = costOf(moim, 'getGroup');

  const known = await again(leader, path, tagOf(first));

  expect([known.status, known.body]).toEqual([304, {}]);
  expect(costOf(moim, 'getGroup')).toEqual(whole);
  expect(whole.requests).toBeGreaterThan(0);
});

test('what changes without the version, such as the name of an author, is told', async () => {
  const { leader, member } = here;
  const first = await leader.get(certification);

  await member.patch('/v1/accounts/me', { nickname: 'renamed' });
  await moim.settle();
  const second = await again(leader, certification, tagOf(first));

  expect(second.status).toBe(200);
  expect(second.body).toEqual({ ...first.body, author: { ...first.body.author, nickname: 'renamed' } });
  expect(second.body.version).toBe(first.body.version);
  expect(tagOf(second)).not.toBe(tagOf(first));
});

test('a picture whose address has run out is told, though nothing else changed', async () => {
  const { leader } = here;
  const first = await leader.get(certification);

  const atOnce = await again(leader, certification, tagOf(first));
  await moim.clock.advance(600_000);
  await renew(moim, leader);
  const later = await again(leader, certification, tagOf(first));

  expect([atOnce.status, later.status]).toEqual([304, 200]);
  expect(later.body).toEqual({ ...first.body, images: [expect.any(String)], thumbnails: [expect.any(String)] });
  expect(later.body.images).not.toEqual(first.body.images);
});

test('who signs in after somebody else on one browser never gets the kept answer of the other', async () => {
  const [one, other] = [await someone(moim), await someone(moim)];
  const first = await one.get('/v1/accounts/me');

  // A browser sends the tags of all that it keeps of an address, also where the token has changed (RFC 9111, 4.3.1).
  const second = await again(other, '/v1/accounts/me', tagOf(first));

  expect([first.body.version, second.body.version]).toEqual([1, 1]);
  expect([second.status, second.body.id]).toEqual([200, other.id]);
});

test('another language is another answer where texts follow it, and the same where none do', async () => {
  const { leader, path } = here;
  await moim.settle();
  const inbox = await leader.get('/v1/notifications');
  const group = await leader.get(path);
  const inKorean = { 'accept-language': 'ko' };

  const [otherTexts, noTexts] = [
    await again(leader, '/v1/notifications', tagOf(inbox), inKorean),
    await again(leader, path, tagOf(group), inKorean),
  ];

  expect(inbox.body.items.length).toBeGreaterThan(0);
  expect([otherTexts.status, noTexts.status]).toEqual([200, 304]);
});

test('the tag that GET gave is a version for If-Match', async () => {
  const { leader, path } = here;
  const before = await leader.get(path);

  const edited = await leader.patch(path, { title: 'Another title' }, { 'if-match': tagOf(before) });
  const late = await leader.patch(path, { title: 'Too late' }, { 'if-match': tagOf(before) });

  expect(tagOf(before)).toMatch(/^W\/"1\.[\w-]{22}"$/);
  expect([edited.status, tagOf(edited)]).toEqual([200, `"${edited.body.version}"`]);
  expect(late.status).toBe(412);
  expect((await again(leader, path, tagOf(before))).body.title).toBe('Another title');
});

describe('no tag opens anything', () => {
  const refusedAt = async (who: Actor, path: string, tags: string) => {
    const { status, headers } = await again(who, path, tags);
    return [status, headers.get('etag'), headers.get('cache-control')];
  };

  test('of an ended session, of a group that is hidden now, of what never was', async () => {
    const { leader, path } = here;
    const signedOut = await moim.person('leaving');
    const known = tagOf(await signedOut.get('/v1/accounts/me'));
    await signedOut.delete('/v1/sessions/current');
    const group = await found(leader);
    const shown = tagOf(await moim.guest.get(group.path));
    const [item] = await itemsOf(moim, 'Group', { groupId: group.groupId });
    await put(moim, 'Group', { ...item, visibility: 'PRIVATE' });

    const answers = [];
    for (const tags of [known, '*']) answers.push(await refusedAt(signedOut, '/v1/accounts/me', tags));
    for (const tags of [shown, '*']) answers.push(await refusedAt(moim.guest, group.path, tags));
    answers.push(await refusedAt(leader, `${path}/certifications/${leader.id}`, '*'));

    expect(answers).toEqual([401, 401, 404, 404, 404].map((status) => [status, null, 'no-store']));
  });
});

describe('a long answer', () => {
  let crowded: Person;
  const inbox = '/v1/notifications';
  beforeAll(async () => {
    crowded = here.leader;
    for (let i = 0; i < 6; i++)
      await found(crowded, { title: '매일 알고리즘을 풀고 함께 이야기하는 모임' }, here.member);
    await moim.settle();
  });
  const raw = async (headers: Record<string, string>) => {
    const authorization = `Bearer ${crowded.tokens.accessToken}`;
    const sent = { host: '127.0.0.1', 'accept-language': 'ko', authorization, ...headers };
    const rawHeaders = Object.entries(sent).flat();
    return moim.request({
      method: 'GET',
      url: inbox,
      headers: sent,
      rawHeaders,
      body: Buffer.of(),
      address: '127.0.0.1',
    });
  };

  test('is sent at less than half its size to who takes gzip, and plain to others', async () => {
    const [plain, gzipped] = [await raw({}), await raw({ 'accept-encoding': 'br;q=1, gzip;q=0.8' })];

    const bytes = Buffer.from(gzipped.body as Uint8Array);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(gzipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(bytes).toString()).toBe(plain.body);
    expect(bytes.length).toBeLessThan(Buffer.byteLength(plain.body) / 2);
    expect(gzipped.headers.etag).toBe(plain.headers.etag);
    expect(gzipped.headers.vary).toBe(plain.headers.vary);
  });

  test('is not sent at all to who has it, in whatever form they have it', async () => {
    const { headers } = await raw({ 'accept-encoding': 'gzip' });

    const known = await raw({ 'if-none-match': String(headers.etag) });

    expect([known.status, known.body]).toEqual([304, '']);
    expect(known.headers['content-encoding']).toBeUndefined();
  });

  test('passes through the distribution and over a connection, to a client that knows nothing of it', async () => {
    const authorization = `Bearer ${crowded.tokens.accessToken}`;

    const answer = await fetch(moim.apiUrl + inbox, { headers: { authorization, origin: 'http://127.0.0.1:3000' } });

    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('vary')).toContain('accept-encoding');
    expect(((await answer.json()) as { items: unknown[] }).items.length).toBeGreaterThan(5);
  });
});
