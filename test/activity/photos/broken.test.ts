/** Row 118: photos that only look whole, and what happens between the steps of decoding. */
import { imageOf } from '../../../shared/events/consumers.ts';
import { upload, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { pngBomb } from '../../support/pictures.ts';
import { outcome } from '../../support/replies.ts';
import { certify, photo, team } from '../../support/scene.ts';
import { itemsOf, streamOf } from '../../support/table.ts';
import { fetched, holdPhotos, objectsUnder, submit } from './scene.ts';

const moim = useMoim();
/** A PNG whose checksums fit, and whose pixels are fewer than it says: only a decoder finds out. */
const hollow = pngBomb(1000, 1000);
const bricksOf = async (accountId: string) => {
  const [account] = await itemsOf(moim, 'Account', { accountId });
  return [account.bricks, (await itemsOf(moim, 'Brick', { accountId })).length];
};

test('row 118: what does not decode is broken: its author is told, the day is free, and nobody approves it', async () => {
  const here = await team(moim);
  const { body } = await submit(here.member, here, [photo(), hollow]);
  const one = `${here.path}/certifications/${body.id}`;

  await moim.settle();
  const { body: seen } = await here.member.get(one);
  const decided = [await here.leader.post(`${one}/approve`), await here.leader.post(`${one}/deny`, { reason: 'No' })];
  const [news] = (await here.member.get('/v1/notifications')).body.items;
  const inbox = (await here.leader.get('/v1/notifications')).body.items;
  await moim.clock.advance(5000);
  const again = await certify(here.member, here);
  const second = await here.member.patch(one, { uploadIds: [] });

  expect(body).toMatchObject({ imagesState: 'DECODING', status: 'WAITING' });
  expect(seen).toMatchObject({ imagesState: 'BROKEN', status: 'DENIED', images: [], version: 2 });
  expect(seen.reason).toMatch(/damaged and cannot be opened/);
  expect(decided.map(outcome)).toEqual(['PHOTO_BROKEN', 'ALREADY_DECIDED']);
  expect(news).toMatchObject({ type: 'CERTIFICATION_BROKEN', link: { certificationId: body.id } });
  expect(inbox).toContainEqual(expect.objectContaining({ type: 'CERTIFICATION_SUBMITTED', resolved: true }));
  expect(outcome(again)).toBe(201);
  expect(outcome(second)).toBe('INVALID_REQUEST');
  expect(await itemsOf(moim, 'ImageHash', { groupId: here.groupId })).toMatchObject([
    { certificationId: again.body.id },
  ]);
});

test('row 118: another photo mends it and takes the day again, if that is still free', async () => {
  const here = await team(moim);
  const { body } = await submit(here.member, here, [hollow]);
  const one = `${here.path}/certifications/${body.id}`;
  await moim.settle();
  const count = async () => (await itemsOf(moim, 'MissionWeek', { accountId: here.member.id }))[0].total;
  const free = await count();
  const fresh = async () => ({ uploadIds: [await upload(here.member, here.groupId, photo())] });

  await moim.clock.advance(5000);
  const other = await certify(here.member, here);
  const taken = await here.member.patch(one, await fresh());
  await here.member.delete(`${here.path}/certifications/${other.body.id}`);
  const mended = await here.member.patch(one, await fresh());
  await moim.settle();
  const approved = await here.leader.post(`${one}/approve`);

  expect([outcome(taken), outcome(mended)]).toEqual(['CERTIFICATION_LIMIT', 200]);
  expect(mended.body).toMatchObject({ status: 'WAITING', imagesState: 'DECODING', reason: null });
  expect([free, await count()]).toEqual([0, 1]);
  expect(approved.body).toMatchObject({ status: 'APPROVED', imagesState: 'READY' });
  await here.leader.delete(one);
  expect(await count()).toBe(0);
});

test('row 118: one that was approved by itself loses its brick, the leader’s own too', async () => {
  const here = await team(moim, { approval: 'AUTO' });
  const release = holdPhotos(moim);

  const sent = [await submit(here.member, here, [hollow]), await submit(here.leader, here, [hollow])];
  const earned = [await bricksOf(here.member.id), await bricksOf(here.leader.id)];
  release();
  await moim.settle();

  expect(sent.map(({ body }) => body.status)).toEqual(['APPROVED', 'APPROVED']);
  expect(earned).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect([await bricksOf(here.member.id), await bricksOf(here.leader.id)]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  const told = (await here.leader.get('/v1/notifications')).body.items.map(({ type }: { type: string }) => type);
  expect(told).toContain('CERTIFICATION_BROKEN');
});

test('row 118: an edit and a deletion while it is decoded count, and leave nothing behind', async () => {
  const here = await team(moim);
  const [other] = await crowd(moim, 1);
  await other!.post(`${here.path}/members`);
  const release = holdPhotos(moim);
  const { body } = await submit(here.member, here, [photo(), hollow]);
  const { body: gone } = await submit(other!, here, [photo()]);
  const one = `${here.path}/certifications/${body.id}`;

  const edited = await here.member.patch(one, { uploadIds: [await upload(here.member, here.groupId, photo())] });
  const deleted = await other!.delete(`${here.path}/certifications/${gone.id}`);
  release();
  await moim.settle();

  expect([outcome(edited), outcome(deleted)]).toEqual([200, 204]);
  expect((await here.member.get(one)).body).toMatchObject({ status: 'WAITING', imagesState: 'READY' });
  expect(objectsUnder(moim, `certifications/${here.groupId}/`)).toHaveLength(2);
});

test('row 118: whichever request of decoding fails, the next try ends it; and changes that come again change nothing', async () => {
  const { handle } = moim.bucket;
  const ends: unknown[] = [];
  // After each step once: writing the thumbnail, writing the image that takes the file's place, writing the certification.
  for (let nth = 1; nth <= 3; nth++) {
    const here = await team(moim);
    const release = holdPhotos(moim);
    const { body } = await submit(here.member, here, [photo()]);
    const one = `${here.path}/certifications/${body.id}`;
    const off = nth === 3 ? moim.table.faults.add({ kind: 'timeoutAfter', operation: 'UpdateItem' }) : () => {};
    let asked = 0;
    release();
    moim.bucket.handle = async (request, caller) => {
      const done = await handle(request, caller);
      if (!request.path.includes(`/certifications/${here.groupId}/`)) return done;
      if (++asked !== nth) return done;
      moim.bucket.handle = handle;
      // It was done, and whoever asked has ended.
      throw new Error('the function ended');
    };
    await moim.settle();
    moim.bucket.handle = handle;
    for (let i = 0; i < 8; i++) {
      await moim.clock.advance(4000);
      await moim.settle();
    }
    off();
    const { body: ready } = await here.member.get(one);
    const shown = await Promise.all([...ready.images, ...ready.thumbnails].map(fetched));
    ends.push([
      ready.imagesState,
      ready.version,
      shown.length,
      objectsUnder(moim, `certifications/${here.groupId}/`).length,
    ]);
  }
  const records = streamOf(moim).filter(
    ({ dynamodb }) => imageOf(dynamodb?.NewImage ?? dynamodb?.OldImage)?.type === 'Certification',
  );
  const before = [await itemsOf(moim, 'Certification', {}), objectsUnder(moim, 'certifications/')];
  for (const record of [...records.toReversed(), ...records])
    await moim.invoke('background-stream', { Records: [record] });
  await moim.settle();

  expect(ends).toEqual(Array(3).fill(['READY', 1, 2, 2]));
  expect(records.length).toBeGreaterThan(10);
  expect([await itemsOf(moim, 'Certification', {}), objectsUnder(moim, 'certifications/')]).toEqual(before);
});
