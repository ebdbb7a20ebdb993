/** Row 118: what others get of a photo, who was first to show it, and what is refused. */
import { decode } from '../../../shared/images/codecs.ts';
import { interrupted } from '../../support/between.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import {
  asExtended,
  asPhotographed,
  asPlanted,
  headerOf,
  jpegOf,
  leaks,
  painted,
  pngBomb,
  pngOf,
  talkative,
  webpOf,
} from '../../support/pictures.ts';
import { outcome, tally } from '../../support/replies.ts';
import { found, photo, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { fetched, holdPhotos, objectsUnder, submit } from './scene.ts';

const moim = useMoim();
const wide = painted(120, 60);
const corner = async (bytes: Buffer) => {
  const { data } = await decode(bytes, headerOf(bytes)!);
  return data[0]! > data[1]! ? 'red' : data[1]! > data[2]! ? 'green' : 'blue';
};

test('report 32: nobody gets the place of a photo, neither before nor after it is decoded', async () => {
  const here = await team(moim);
  const files = [
    asPhotographed(await jpegOf(wide), 6),
    asPlanted(await jpegOf(painted(122, 60)), 6),
    pngOf(wide, talkative(6)),
    asExtended(await webpOf(wide), wide, 0x0c, 6),
  ];
  const release = holdPhotos(moim);

  const { body: sent } = await submit(here.member, here, files);
  const one = `${here.path}/certifications/${sent.id}`;
  const early = await here.leader.post(`${one}/approve`);
  release();
  const before = await Promise.all(sent.images.map(fetched));
  await moim.settle();
  const { body: ready } = await here.leader.get(one);
  const after = await Promise.all([...ready.images, ...ready.thumbnails, ...sent.images].map(fetched));
  const approved = await here.leader.post(`${one}/approve`, {}, { 'if-match': `"${sent.version}"` });

  expect(sent).toMatchObject({ imagesState: 'DECODING', thumbnails: null, status: 'WAITING' });
  expect([outcome(early), early.headers.get('retry-after')]).toEqual(['NOT_DECODED', '5']);
  expect([...before, ...after].map(leaks)).toEqual(Array(16).fill([]));
  expect(ready).toMatchObject({ imagesState: 'READY', version: sent.version, modifiedAt: sent.modifiedAt });
  expect(ready.sizes.slice(0, 1)).toEqual([{ width: 60, height: 120 }]);
  // Upright, as a camera that was turned says; and the address from before shows the image that took the file's place.
  expect(await Promise.all(after.map(corner))).toEqual(Array(12).fill('blue'));
  expect(after.map((bytes) => headerOf(bytes)?.type)).toEqual(Array(12).fill('image/webp'));
  expect(outcome(approved)).toBe(200);
});

test('a large photo is 1,600 pixels long, its thumbnail 480, and the file that was sent is gone', async () => {
  const here = await team(moim);

  const { body } = await submit(here.member, here, [await jpegOf(painted(2000, 500))]);
  await moim.settle();
  const { body: ready } = await here.member.get(`${here.path}/certifications/${body.id}`);

  const sizes = await Promise.all(
    [ready.images[0], ready.thumbnails[0]].map(async (url) => headerOf(await fetched(url))),
  );
  expect(body.sizes).toEqual([{ width: 2000, height: 500 }]);
  expect(ready.sizes).toEqual([{ width: 1600, height: 400 }]);
  expect(sizes).toMatchObject([
    { width: 1600, height: 400 },
    { width: 480, height: 120 },
  ]);
  expect(objectsUnder(moim, `certifications/${here.groupId}/`)).toHaveLength(2);
  expect(objectsUnder(moim, 'uploads/')).toEqual([]);
});

test('reports 29, 33, groups.md 13: what is refused is told, photo by photo, in one’s language, and nothing is kept', async () => {
  const here = await team(moim);
  const heic = Buffer.from('\0\0\0\x24ftypheic\0\0\0\0mif1heic', 'latin1');
  const asJpeg = (file: Uint8Array) => Buffer.concat([Buffer.from('ffd8ff', 'hex'), file]);
  const files = [
    heic,
    asJpeg(Buffer.from('<html>')),
    pngBomb(50_001, 1000),
    asExtended(await webpOf(wide), wide, 0x02),
    photo(),
  ];

  const korean = await submit(here.member, here, files, { 'accept-language': 'ko' });
  const english = await submit(here.member, here, files);
  const announced = await here.member.post(`${here.path}/uploads`, { type: 'image/heic', bytes: 5 });
  const tooLarge = await here.member.post(`${here.path}/uploads`, { type: 'image/png', bytes: 10 * 1024 * 1024 + 1 });

  const told = (body: { errors: { pointer: string; reason: string }[] }) =>
    body.errors.map(({ pointer, reason }) => `${pointer} ${reason}`);
  expect([korean, english].map(outcome)).toEqual(['UPLOAD_INVALID', 'UPLOAD_INVALID']);
  expect(told(korean.body)).toEqual([
    expect.stringMatching(/^\/uploadIds\/0 HEIC 사진은 받을 수 없어요\. JPEG로 바꿔서/),
    expect.stringMatching(/^\/uploadIds\/1 사진이 손상되어/),
    expect.stringMatching(/^\/uploadIds\/2 사진이 너무 커요\. 5,000만 화소까지/),
    expect.stringMatching(/^\/uploadIds\/3 움직이는 사진/),
  ]);
  expect(told(english.body)[0]).toMatch(/^\/uploadIds\/0 HEIC photos are not accepted\. Save the photo as JPEG/);
  expect(announced.body.errors[0].reason).toMatch(/Save a HEIC photo as JPEG first/);
  expect(tooLarge.body.errors[0].reason).toMatch(/up to 10 MB/);
  expect(objectsUnder(moim, `certifications/${here.groupId}/`)).toEqual([]);
  expect(await itemsOf(moim, 'Certification', { groupId: here.groupId })).toEqual([]);
});

test('row 118: a photo that the group has seen is told to its author and the leader, whatever metadata it has', async () => {
  const here = await team(moim);
  const [copier, other] = await crowd(moim, 2);
  for (const each of [copier!, other!]) await each.post(`${here.path}/members`);
  const jpeg = await jpegOf(wide);

  const { body: first } = await submit(here.member, here, [asPhotographed(jpeg, 1)]);
  const { body: second } = await submit(copier!, here, [photo(), jpeg]);
  await moim.settle();
  await here.leader.post(`${here.path}/certifications/${second.id}/approve`);
  const see = async (who: typeof copier) =>
    (await who!.get(`${here.path}/certifications/${second.id}`)).body.duplicateOf;

  expect([first.duplicateOf, second.duplicateOf]).toEqual([null, first.id]);
  expect([await see(here.leader), await see(copier), await see(other)]).toEqual([first.id, first.id, null]);
});

test('row 118: elsewhere it is no duplicate; and when the first is deleted, the next one is the first', async () => {
  const here = await team(moim);
  const file = photo();
  const there = await found(here.leader, {}, here.member);

  const { body: first } = await submit(here.leader, here, [file]);
  const { body: second } = await submit(here.member, here, [file]);
  await moim.clock.advance(5000);
  const { body: elsewhere } = await submit(here.member, there, [file]);
  await here.leader.delete(`${here.path}/certifications/${first.id}`);
  await here.member.delete(`${here.path}/certifications/${second.id}`);
  await moim.clock.advance(5000);
  const { body: again } = await submit(here.member, here, [file]);
  const edited = await here.member.patch(`${here.path}/certifications/${again.id}`, { text: 'Mine' });

  expect([first, second, elsewhere, again].map(({ duplicateOf }) => duplicateOf)).toEqual([null, first.id, null, null]);
  expect(edited.body.duplicateOf).toBeNull();
  expect(await itemsOf(moim, 'ImageHash', { groupId: here.groupId })).toMatchObject([{ certificationId: again.id }]);
});

test('row 118: of two who send one photo at once, one is first and the other is a duplicate, in every order', async () => {
  const here = await team(moim);
  const others = await crowd(moim, 3);
  for (const each of others) await each.post(`${here.path}/members`);
  const file = photo();

  const race = await Promise.all([here.member, ...others].map((who) => submit(who, here, [file])));
  const there = await team(moim);
  const other = photo();
  let meanwhile: Awaited<ReturnType<typeof submit>> | undefined;
  const late = await interrupted(
    moim,
    async () => {
      meanwhile ??= await submit(there.leader, there, [other]);
    },
    () => submit(there.member, there, [other]),
  );

  const firsts = race.filter(({ body }) => body.duplicateOf === null);
  expect(tally(race)).toEqual({ 201: 4 });
  expect(firsts).toHaveLength(1);
  expect(new Set(race.map(({ body }) => body.duplicateOf))).toEqual(new Set([null, firsts[0]!.body.id]));
  expect([meanwhile?.body.duplicateOf, late.body.duplicateOf]).toEqual([null, meanwhile?.body.id]);
  await moim.settle();
  // Nothing is left of the attempt that was overtaken.
  expect(objectsUnder(moim, `certifications/${there.groupId}/`)).toHaveLength(4);
});
