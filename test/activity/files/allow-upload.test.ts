import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { limits } from '../../../shared/product/limits.ts';
import { key } from '../../support/actor.ts';
import { atEachRequest } from '../../support/faults.ts';
import { jpeg, useMoim } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { painted, pngOf, webpOf } from '../../support/pictures.ts';
import { outcome } from '../../support/replies.ts';
import { certify, found, photo, type Team, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { type Allowed, sendFile } from '../../support/upload.ts';

const moim = useMoim();
let here: Team;
beforeAll(async () => {
  here = await team(moim);
});

const png = pngOf(painted(6, 4));
let webp: Buffer;
beforeAll(async () => {
  webp = await webpOf(painted(4, 6));
});

const allow = (type: string, bytes: number, headers = {}) =>
  here.member.post(`${here.path}/uploads`, { type, bytes }, headers);

/** Posts a form the way a browser does. `fields` may bend what was allowed. */
async function send(allowed: Allowed, file: Uint8Array, fields = {}) {
  const response = await sendFile({ ...allowed, fields: { ...allowed.fields, ...fields } }, file);
  return { status: response.status, code: /<Code>(\w+)</.exec(await response.text())?.[1] };
}
/** Uploads bytes as what they are said to be and names them in a certification. */
async function certifyWith(type: string, file: Uint8Array) {
  const { body } = await allow(type, file.length);
  await send(body, file);
  return submit([body.uploadId]);
}
const submit = (uploadIds: readonly string[], who = here.member) =>
  who.post(`${here.path}/missions/${here.missionId}/certifications`, { uploadIds });

test('row 108: the form lets exactly the announced file through, for five minutes', async () => {
  const { status, body } = await allow('image/jpeg', jpeg.length);

  const refused = [
    await send(body, jpeg.subarray(1)),
    await send(body, Buffer.concat([jpeg, Buffer.from('x')])),
    await send(body, jpeg, { 'Content-Type': 'text/html' }),
    await send(body, jpeg, { key: `uploads/${here.groupId}` }),
    await send(body, jpeg, { key: 'certifications/x' }),
  ];
  const taken = await send(body, jpeg);
  const listed = await fetch(`${body.url}/${body.fields.key}`);

  expect(status).toBe(201);
  expect(body.expiresAt).toBe('2026-03-02T03:05:00.000Z');
  expect(refused.map(({ code }) => code)).toEqual([
    'EntityTooSmall',
    'EntityTooLarge',
    'AccessDenied',
    'AccessDenied',
    'AccessDenied',
  ]);
  expect(taken.status).toBe(204);
  expect(listed.status).toBe(403);
});

test('a type that is no image, no size, too much, and more than is asked are refused', async () => {
  const wrong = [
    ['text/html', 10],
    ['image/svg+xml', 10],
    ['image/jpeg', 0],
    ['image/jpeg', 10 * 1024 * 1024 + 1],
    ['image/jpeg', 1.5],
  ] as const;

  const answers = await Promise.all(wrong.map(([type, bytes]) => allow(type, bytes)));
  const largest = await allow('image/webp', 10 * 1024 * 1024);
  const withKey = await here.member.post(`${here.path}/uploads`, {
    type: 'image/png',
    bytes: 9,
    key: 'certifications/x',
  });

  expect(answers.map(outcome)).toEqual(Array(5).fill('INVALID_REQUEST'));
  expect(largest.status).toBe(201);
  expect(outcome(withKey)).toBe('INVALID_REQUEST');
});

test('only members may upload', async () => {
  const [stranger] = await crowd(moim, 1);

  const refused = await stranger!.post(`${here.path}/uploads`, { type: 'image/png', bytes: 9 });
  const guest = await moim.guest.post(`${here.path}/uploads`, { type: 'image/png', bytes: 9 });

  expect([outcome(refused), guest.status]).toEqual(['NOT_FOUND', 401]);
});

test('row 130: a group has used what its members were allowed; what one of them was refused takes nothing from the others', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { path, groupId } = await found(leader!, {}, member!);
  const [allowed, refused] = [fairUse.upload.times, fairUse.uploadOfGroup.lot * 2];
  const tries = Array.from({ length: Math.ceil((allowed + refused) / limits.file.bytes) });

  const answers = [];
  for (const _ of tries)
    answers.push(await member!.post(`${path}/uploads`, { type: 'image/png', bytes: limits.file.bytes }));

  const [own] = await itemsOf(moim, 'Quota', { limit: 'upload', subject: member!.id });
  const [used] = await itemsOf(moim, 'Quota', { limit: 'uploadOfGroup', subject: groupId });
  expect([answers[0]!, answers.at(-1)!].map(outcome)).toEqual([201, 'TOO_MANY_REQUESTS']);
  expect(used.used).toBeGreaterThan(0);
  expect(used.used).toBeLessThanOrEqual(own.used);
});

test('row 122: one key is one upload, and one form', async () => {
  const headers = key();

  const answers = await Promise.all([1, 2, 3].map(() => allow('image/png', 64, headers)));
  const other = await allow('image/png', 65, headers);

  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(outcome(other)).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('whatever the table does at whichever request, the repetition gets one upload, which counts once', async () => {
  await atEachRequest(
    moim,
    2,
    async () => {
      const [leader] = await crowd(moim, 1);
      return { ...(await found(leader!)), leader: leader!, headers: key(), groupId: leader!.id };
    },
    ({ leader, path, headers }) => leader.post(`${path}/uploads`, { type: 'image/png', bytes: 64 }, headers),
    async ({ leader }, again, fault) => {
      const counts = await itemsOf(moim, 'Quota', { subject: leader.id, limit: 'upload' });
      expect([fault, outcome(again), counts.map(({ used }) => used)]).toEqual([fault, 201, [limits.file.leastCounted]]);
    },
  );
});

test('a file that is not what it was announced as is refused by its first bytes', async () => {
  const disguised = [
    await certifyWith('image/jpeg', Buffer.from('<script>alert(1)</script>')),
    await certifyWith('image/png', jpeg),
    await certifyWith('image/jpeg', png),
    await certifyWith('image/webp', Buffer.from('RIFF....AVI LIST')),
    await certifyWith('image/png', png.subarray(0, 7)),
    await certifyWith('image/jpeg', Buffer.from('\xff\xd8', 'latin1')),
  ];

  expect(disguised.map(outcome)).toEqual(Array(6).fill('UPLOAD_INVALID'));
  expect(await itemsOf(moim, 'Certification')).toEqual([]);
});

test('missing, unknown, somebody else’s and another group’s uploads are refused alike', async () => {
  const other = await found(here.leader, {}, here.member);
  const { body: neverSent } = await allow('image/png', png.length);
  const { body: others } = await here.leader.post(`${here.path}/uploads`, { type: 'image/png', bytes: png.length });
  const { body: elsewhere } = await here.member.post(`${other.path}/uploads`, { type: 'image/png', bytes: png.length });
  await send(others, png);
  await send(elsewhere, png);

  const refused = [
    await submit([neverSent.uploadId]),
    await submit(['01900000-0000-7000-8000-000000000000']),
    await submit([others.uploadId]),
    await submit([elsewhere.uploadId]),
  ];

  expect(refused.map(outcome)).toEqual(Array(4).fill('UPLOAD_INVALID'));
});

/** Does something just before a photo is stored where it stays. */
async function beforeItIsStored<T>(what: () => Promise<unknown>, act: () => Promise<T>): Promise<T> {
  const { handle } = moim.bucket;
  moim.bucket.handle = async (request, caller) => {
    if (request.method !== 'PUT') return handle(request, caller);
    moim.bucket.handle = handle;
    await what();
    return handle(request, caller);
  };
  const done = await act();
  moim.bucket.handle = handle;
  return done;
}
const html = () => Buffer.from(`<script>${'x'.repeat(png.length - 8)}`);

test('what is put in place of a file after the look at it does not get in', async () => {
  const other = await found(here.leader, {}, here.member);
  const { body } = await here.member.post(`${other.path}/uploads`, { type: 'image/png', bytes: png.length });
  await send(body, png);

  const answer = await beforeItIsStored(
    () => send(body, html()),
    () => here.member.post(`${other.path}/missions/${other.missionId}/certifications`, { uploadIds: [body.uploadId] }),
  );

  await moim.settle();
  const { images, imagesState } = (await here.member.get(answer.headers.get('location')!)).body;
  const kept = Buffer.from(await (await fetch(images[0])).arrayBuffer());
  // What can be decoded is the photo; of anything else the state would be BROKEN.
  expect([imagesState, kept.subarray(0, 4).toString()]).toEqual(['READY', 'RIFF']);
});

test('rows 53, 108, 118: five photos are shown to members; until they are decoded as they were sent', async () => {
  await moim.clock.advance(5000);
  const files = [jpeg, png, webp, photo(), photo()];
  const types = ['image/jpeg', 'image/png', 'image/webp', 'image/jpeg', 'image/jpeg'];
  const uploads = await Promise.all(types.map((type, i) => allow(type, files[i]!.length)));
  await Promise.all(uploads.map(({ body }, i) => send(body, files[i]!)));
  const ids = uploads.map(({ body }) => body.uploadId);
  const sixth = (await allow('image/png', png.length)).body.uploadId;

  const six = await submit([...ids, sixth]);
  const twice = await submit([ids[0], ids[0]]);
  const { status, body } = await submit(ids);

  const shown = await Promise.all(
    body.images.map(async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer())),
  );
  const bent = await fetch(body.images[0].replace('/certifications/', '/uploads/'));
  await moim.clock.advance(1_200_001);
  const late = await fetch(body.images[0]);
  expect([outcome(six), outcome(twice)]).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
  expect(status).toBe(201);
  expect(shown.map((image, i) => image.equals(Buffer.from(files[i]!)))).toEqual(Array(5).fill(true));
  expect([bent.status, late.status]).toEqual([403, 403]);
});

test('row 118: an upload is used up when its photo is decoded, and what is put in its place changes nothing', async () => {
  await at(moim, '2026-03-02T03:30:00Z', here.member, here.leader);
  const team = await found(here.leader, {}, here.member);
  const { body } = await here.member.post(`${team.path}/uploads`, { type: 'image/png', bytes: png.length });
  await send(body, png);
  const use = () =>
    here.member.post(`${team.path}/missions/${team.missionId}/certifications`, { uploadIds: [body.uploadId] });

  const first = await use();
  await moim.settle();
  const repeated = await use();
  const left = objectsUnder('uploads/').filter(({ key }) => key === body.fields.key);
  await send(body, html());
  await moim.clock.advance(5000);
  const one = first.headers.get('location')!;
  const { body: now } = await here.member.get(one);
  await here.member.delete(one);
  const [again] = [await use(), await moim.settle()];

  expect(first.status).toBe(201);
  // Its answer was lost: what the member hears is that the day is used up.
  expect(outcome(repeated)).toBe('CERTIFICATION_LIMIT');
  expect(left).toEqual([]);
  expect(now).toMatchObject({ imagesState: 'READY', sizes: [{ width: 6, height: 4 }] });
  expect(outcome(again)).toBe('UPLOAD_INVALID');
  expect(objectsUnder(`certifications/${team.groupId}/`)).toEqual([]);
});

test('row 108: a ticket that was bent, or names another key, is refused; nothing of an upload is stored', async () => {
  await at(moim, '2026-03-03T15:31:00Z', here.member);
  const { body } = await allow('image/png', png.length);
  await send(body, png);
  const [claims, keyId, seal] = (body.uploadId as string).split('.') as [string, string, string];
  const told = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const bent = (at: number, value: unknown) => Buffer.from(JSON.stringify(told.with(at, value))).toString('base64url');
  const later = told[3] + 86_400;

  const refused = [
    await submit([`${bent(3, later)}.${keyId}.${seal}`]),
    await submit([`${bent(1, 'image/jpeg')}.${keyId}.${seal}`]),
    await submit([`${claims}.${'a'.repeat(12)}.${seal}`]),
    await submit([`${claims}.${keyId}.${'a'.repeat(43)}`]),
    await submit(['x'.repeat(801)]),
    await submit([`${claims} ${keyId}`]),
  ];

  expect(refused.map(outcome)).toEqual([...Array(4).fill('UPLOAD_INVALID'), ...Array(2).fill('INVALID_REQUEST')]);
  // Nothing of an upload is stored but the count.
  expect(await itemsOf(moim, 'Quota', { subject: here.member.id, limit: 'upload' })).not.toEqual([]);
  expect(JSON.stringify(told)).not.toContain(here.member.id);
});

test('a form is over after five minutes and an upload that was not named after a day', async () => {
  await at(moim, '2026-03-04T03:10:00Z', here.member);
  const { body: form } = await here.member.post(`${here.path}/uploads`, { type: 'image/png', bytes: png.length });
  const { body: unused } = await here.member.post(`${here.path}/uploads`, { type: 'image/png', bytes: png.length });
  await send(unused, png);

  await moim.clock.advance(300_001);
  const late = await send(form, png);
  await at(moim, '2026-03-05T03:10:01Z', here.member);
  const answer = await submit([unused.uploadId]);
  const fresh = await certify(here.member, here);

  expect(late).toEqual({ status: 403, code: 'AccessDenied' });
  expect([outcome(answer), outcome(fresh)]).toEqual(['UPLOAD_INVALID', 201]);
});

const objectsUnder = (prefix: string) => moim.bucket.list(bucketName()).filter(({ key }) => key.startsWith(prefix));
const bucketName = () => moim.functions.find(({ id }) => id === 'files-http')!.environment.BUCKET_NAME!;
