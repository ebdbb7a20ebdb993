import { claimedId } from '../../../functions/activity/files/rules.ts';
import { quotaKey } from '../../../shared/data/quota.ts';
import { decode, type Pixels } from '../../../shared/images/codecs.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { limits } from '../../../shared/product/limits.ts';
import { atEachRequest } from '../../support/faults.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, someone, tick } from '../../support/people.ts';
import {
  asExtended,
  asPhotographed,
  headerOf,
  jpegOf,
  painted,
  pngBomb,
  pngOf,
  secrets,
  talkative,
  uploadPicture,
  webpOf,
} from '../../support/pictures.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { team } from '../../support/scene.ts';
import { put } from '../../support/table.ts';
import { uploaded } from '../../support/upload.ts';

const moim = useMoim();
const wide = painted(120, 60);
let small: Buffer;
beforeAll(async () => {
  small = await jpegOf(painted(8, 6));
});

const take = (person: Person, body: object, headers = {}) =>
  // biome-ignore lint/suspicious/noExplicitAny: as with the actor's other methods
  person.send<any>('PUT', '/v1/accounts/me/picture', { body, headers });
const bucketName = () => moim.functions.find(({ id }) => id === 'profiles-http')!.environment.BUCKET_NAME!;
const objectsUnder = (prefix: string) => moim.bucket.list(bucketName()).filter(({ key }) => key.startsWith(prefix));
const picturesOf = ({ id }: Person) => objectsUnder(`pictures/${id}/`).map(({ key }) => key);
const fetched = async (url: string) => {
  const response = await fetch(url);
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
};
const leaks = (bytes: Uint8Array) => secrets.filter((text) => Buffer.from(bytes).includes(text, 0, 'latin1'));
/** How red and how green the first pixels are: the corner of `painted` is red, or green where it was mirrored. */
const corner = ({ data }: Pixels) => (data[0]! > data[1]! ? 'red' : data[1]! > data[2]! ? 'green' : 'blue');

test('row 16: one of eight avatars, and back to none', async () => {
  const person = await someone(moim);

  const chosen = await take(person, { avatar: 8 });
  const cost = costOf(moim, 'setPicture');
  const again = await take(person, { avatar: 8 });
  const refused = [
    await take(person, { avatar: 0 }),
    await take(person, { avatar: 9 }),
    await take(person, { avatar: 1.5 }),
  ];
  const shown = await (await someone(moim)).get(`/v1/accounts/${person.id}`);
  const removed = [await person.delete('/v1/accounts/me/picture'), await person.delete('/v1/accounts/me/picture')];
  const after = await person.get('/v1/accounts/me/profile');

  expect([outcome(chosen), outcome(again), ...refused.map(outcome)]).toEqual([
    200,
    200,
    ...Array(3).fill('INVALID_REQUEST'),
  ]);
  // The session, then the one update.
  expect(cost).toMatchObject({ requests: 2 });
  expect([chosen.body.picture, shown.body.picture]).toEqual(
    Array(2).fill({ avatar: 8, url: null, thumbnailUrl: null }),
  );
  expect(removed.map(outcome)).toEqual([204, 204]);
  expect(after.body.picture).toEqual({ avatar: null, url: null, thumbnailUrl: null });
});

test.each([
  [
    'a photo with a place, turned by the camera',
    'image/jpeg',
    [60, 120],
    'blue',
    async () => asPhotographed(await jpegOf(wide), 6),
  ],
  ['a PNG with texts', 'image/png', [120, 60], 'red', async () => pngOf(wide, talkative(1))],
  ['a WebP with EXIF', 'image/webp', [120, 60], 'red', async () => asExtended(await webpOf(wide), wide)],
] as const)('row 16: of %s only what it shows is kept', async (_, type, [width, height], colour, build) => {
  const person = await someone(moim);
  const file = await build();
  const uploadId = await uploadPicture(person, file, type);

  const { status, body } = await take(person, { uploadId });

  expect([status, body.picture.avatar, body.version]).toEqual([200, null, 2]);
  const { body: seen } = await (await someone(moim)).get(`/v1/accounts/${person.id}`);
  const [full, thumbnail] = [await fetched(seen.picture.url), await fetched(seen.picture.thumbnailUrl)];
  expect(leaks(file).length).toBeGreaterThan(2);
  expect([leaks(full.bytes), leaks(thumbnail.bytes)]).toEqual([[], []]);
  expect(headerOf(full.bytes)).toEqual({ type: 'image/webp', width, height });
  expect(headerOf(thumbnail.bytes)).toEqual({ type: 'image/webp', width: 60, height: 60 });
  expect(corner(await decode(full.bytes, headerOf(full.bytes)!))).toBe(colour);
  expect(full.response.headers.get('content-type')).toBe('image/webp');
  await moim.settle();
  // The file itself, with all that a camera wrote into it, is gone at once.
  expect(objectsUnder(`uploads/${claimedId(uploadId)}`)).toEqual([]);
});

test('a large photo is scaled down, and its addresses are dead after twenty minutes', async () => {
  const person = await someone(moim);

  const { body } = await take(person, { uploadId: await uploadPicture(person, await jpegOf(painted(1100, 400))) });

  const [full, thumbnail] = [await fetched(body.picture.url), await fetched(body.picture.thumbnailUrl)];
  await moim.clock.advance(1_200_001);
  expect(headerOf(full.bytes)).toMatchObject({ width: 1024, height: 372 });
  expect(headerOf(thumbnail.bytes)).toMatchObject({ width: 256, height: 256 });
  expect((await fetched(body.picture.url)).response.status).toBe(403);
});

test('what is no image, another than was announced, broken or a bomb is refused, and nothing is kept', async () => {
  const person = await someone(moim);
  const files: [string, Uint8Array][] = [
    ['image/png', pngBomb(30_000, 30_000)],
    ['image/png', pngBomb(6_000, 6_000)],
    ['image/jpeg', small.subarray(0, -10)],
    ['image/png', pngOf(wide).subarray(0, -30)],
    ['image/webp', (await webpOf(wide)).subarray(0, -10)],
    ['image/png', small],
    ['image/jpeg', pngOf(wide)],
    ['image/webp', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ];

  const answers = [];
  for (const [type, file] of files)
    answers.push(await take(person, { uploadId: await uploadPicture(person, file, type) }));

  expect(answers.map(outcome)).toEqual(Array(8).fill('UPLOAD_INVALID'));
  expect(picturesOf(person)).toEqual([]);
  expect((await person.get('/v1/accounts/me/profile')).body.version).toBe(1);
});

test('somebody else’s upload, one for a group, one that was never sent, an unknown and a late one are refused alike', async () => {
  const { leader, groupId, path } = await team(moim);
  const other = await someone(moim);
  const others = await uploadPicture(other, small);
  const ofGroup = (await leader.post(`${path}/uploads`, { type: 'image/jpeg', bytes: small.length })).body;
  await uploaded(ofGroup, small);
  const neverSent = (await leader.post('/v1/accounts/me/uploads', { type: 'image/jpeg', bytes: 10 })).body.uploadId;
  const own = await uploadPicture(leader, small);

  const refused = [others, ofGroup.uploadId, neverSent, groupId];
  const answers = [];
  for (const uploadId of refused) answers.push(await take(leader, { uploadId }));
  const certified = await leader.post(
    `${path}/missions/${(await leader.get(`${path}/missions`)).body.items[0].id}/certifications`,
    {
      uploadIds: [own],
    },
  );
  await at(moim, '2026-03-03T03:19:30Z', leader);
  const late = await take(leader, { uploadId: own });

  expect([...answers, certified, late].map(outcome)).toEqual(Array(6).fill('UPLOAD_INVALID'));
});

test('both at once, neither, and an avatar that is an upload are no picture', async () => {
  const person = await someone(moim);
  const uploadId = await uploadPicture(person, small);

  const answers = [
    await take(person, { avatar: 1, uploadId }),
    await take(person, {}),
    await take(person, { avatar: uploadId }),
    await take(person, { uploadId: '../../pictures' }),
  ];

  expect(answers.map(outcome)).toEqual(Array(4).fill('INVALID_REQUEST'));
});

test('the same upload again is the same picture; once another came, its file is gone', async () => {
  const person = await someone(moim);
  const [first, second] = [await uploadPicture(person, small), await uploadPicture(person, pngOf(wide), 'image/png')];

  const once = await take(person, { uploadId: first });
  const again = await take(person, { uploadId: first }, { 'if-match': '"1"' });
  const replaced = await take(person, { uploadId: second });
  await moim.settle();
  const back = await take(person, { uploadId: first });

  expect([once, again, replaced, back].map(outcome)).toEqual([200, 200, 200, 'UPLOAD_INVALID']);
  expect(again.body.version).toBe(2);
  await moim.settle();
  expect(picturesOf(person)).toEqual([
    `pictures/${person.id}/${claimedId(second)}-2-full.webp`,
    `pictures/${person.id}/${claimedId(second)}-2-thumbnail.webp`,
  ]);
});

test('four times at once is once', async () => {
  const person = await someone(moim);
  const uploadId = await uploadPicture(person, small);

  const answers = await Promise.all(Array.from({ length: 4 }, () => take(person, { uploadId })));

  expect(answers.map(outcome)).toEqual(Array(4).fill(200));
  expect(answers.map(({ body }) => body.version)).toEqual(Array(4).fill(2));
  expect(picturesOf(person)).toHaveLength(2);
});

test('with If-Match a picture meets the version that was seen, or nothing', async () => {
  const person = await someone(moim);
  const uploadId = await uploadPicture(person, small);
  await person.patch('/v1/accounts/me', { introduction: 'changed' });
  const stale = { 'if-match': '"1"' };

  const answers = [
    await take(person, { uploadId }, stale),
    await take(person, { avatar: 2 }, stale),
    await person.send('DELETE', '/v1/accounts/me/picture', { headers: stale }),
    await take(person, { uploadId }, { 'if-match': '"2"' }),
  ];

  expect(answers.map(outcome)).toEqual([...Array(3).fill('PRECONDITION_FAILED'), 200]);
});

test('whatever the table does at whichever request, the repetition gets one picture', async () => {
  await atEachRequest(
    moim,
    3,
    async () => {
      const person = await someone(moim);
      return { person, groupId: person.id, uploadId: await uploadPicture(person, small) };
    },
    ({ person, uploadId }) => take(person, { uploadId }),
    async ({ person, uploadId }, again, fault) => {
      expect([fault, outcome(again), again.body.version]).toEqual([fault, 200, 2]);
      expect(picturesOf(person)).toHaveLength(2);
      expect(costOf(moim, 'setPicture').roundTrips).toBeLessThanOrEqual(3);
      await moim.settle();
      expect(objectsUnder(`uploads/${claimedId(uploadId)}`)).toEqual([]);
    },
  );
});

describe('what nobody sees any more does not stay', () => {
  test('a picture that an avatar or nothing takes the place of', async () => {
    const people = [await someone(moim), await someone(moim)];
    for (const person of people) await take(person, { uploadId: await uploadPicture(person, small) });
    expect(people.flatMap(picturesOf)).toHaveLength(4);

    await take(people[0]!, { avatar: 1 });
    await people[1]!.delete('/v1/accounts/me/picture');
    await moim.settle();

    expect(people.flatMap(picturesOf)).toEqual([]);
  });

  test('what was stored by a run that ended before it was shown goes with its upload; what is shown stays', async () => {
    const [person, other] = [await someone(moim), await someone(moim)];
    const uploadId = await uploadPicture(person, small);
    await take(other, { uploadId: await uploadPicture(other, small) });
    moim.table.faults.add({
      kind: 'error500',
      times: 3,
      match: (body) => 'UpdateExpression' in body && JSON.stringify(body).includes(claimedId(uploadId)),
    });
    const failed = await take(person, { uploadId });
    moim.table.faults.clear();
    expect([failed.status, picturesOf(person).length]).toEqual([500, 2]);

    await moim.clock.advance(2 * 86_400_000);
    await tick(moim);
    await moim.settle();

    expect([picturesOf(person).length, picturesOf(other).length]).toEqual([0, 2]);
  });
});

test('row 130: images are looked at thirty times an hour, and so many bytes are uploaded in a month', async () => {
  const person = await someone(moim);
  const bad = await uploadPicture(person, Buffer.from('GIF89a'), 'image/png');
  const almost = (limit: 'picture' | 'upload', left: number) => {
    const key = quotaKey({ limit, subject: person.id }, moim.clock.now());
    return put(moim, 'Quota', { ...key, used: fairUse[limit].times - left });
  };
  await Promise.all([almost('picture', 2), almost('upload', 4 * limits.file.leastCounted)]);

  const looks = [];
  for (let i = 0; i < 3; i++) looks.push(await take(person, { uploadId: bad }));
  const allowed = await Promise.all(
    Array.from({ length: 10 }, () => person.post('/v1/accounts/me/uploads', { type: 'image/png', bytes: 10 })),
  );

  expect([fairUse.picture, fairUse.upload]).toEqual([
    { times: 30, seconds: 3600 },
    { times: 1_000_000_000, seconds: 30 * 86_400 },
  ]);
  expect(looks.map(outcome)).toEqual(['UPLOAD_INVALID', 'UPLOAD_INVALID', 'TOO_MANY_REQUESTS']);
  expect(Number(looks[2]!.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(tally(allowed)).toEqual({ 201: 4, TOO_MANY_REQUESTS: 6 });
});

test('reports 29, 33: a picture that is refused is told why, as a photo is', async () => {
  const person = await someone(moim);
  const heic = Buffer.from('\0\0\0\x24ftypheic\0\0\0\0mif1heic', 'latin1');
  const files: [string, Uint8Array][] = [
    ['image/jpeg', heic],
    ['image/png', pngBomb(50_001, 1000)],
    ['image/png', pngBomb(1000, 1000)],
  ];

  const told = [];
  for (const [type, file] of files) {
    const { body } = await take(person, { uploadId: await uploadPicture(person, file, type) });
    told.push(`${body.code} ${body.errors[0].pointer} ${body.errors[0].reason}`);
  }

  expect(told).toEqual([
    expect.stringMatching(/^UPLOAD_INVALID \/uploadId HEIC photos are not accepted/),
    expect.stringMatching(/^UPLOAD_INVALID \/uploadId This photo is too large/),
    expect.stringMatching(/^UPLOAD_INVALID \/uploadId This photo is damaged/),
  ]);
});
