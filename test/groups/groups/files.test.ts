import { claimedId } from '../../../functions/activity/files/rules.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { atEachRequest } from '../../support/faults.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, someone, tick } from '../../support/people.ts';
import { asPhotographed, jpegOf, leaks, painted, pngOf, talkative } from '../../support/pictures.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { found, team } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { type Allowed, sendFile } from '../../support/upload.ts';

const moim = useMoim({ lists: true });
const pdf = Buffer.from('%PDF-1.7 what we are going to do');
const day = 86_400_000;

const allow = (who: Person, path: string, name: string, type: string, bytes: number) =>
  who.post(`${path}/files`, { name, type, bytes });
const send = async (form: Allowed, file: Uint8Array) => (await sendFile(form, file)).status;
/** Uploads a file, and gives the id of the upload. */
async function upload(
  who: Person,
  path: string,
  name = '계획 (1).pdf',
  type = 'application/pdf',
  file: Uint8Array = pdf,
) {
  const { body } = await allow(who, path, name, type, file.length);
  await send(body, file);
  return body.uploadId as string;
}
/** The ids that the files of uploads get. */
const named = (uploads: readonly string[]) => uploads.map(claimedId);
const show = (who: Person, path: string, files: readonly string[], headers = {}) =>
  // biome-ignore lint/suspicious/noExplicitAny: as with the actor's other methods
  who.send<any>('PATCH', path, { body: { files }, headers });
const bucketName = () => moim.functions.find(({ id }) => id === 'files-http')!.environment.BUCKET_NAME!;
const objectsOf = (groupId: string) =>
  moim.bucket.list(bucketName()).flatMap(({ key }) => (key.startsWith(`files/${groupId}/`) ? [key] : []));
/** What the group names, and what is there: the two must be the same. */
async function keysOf(groupId: string) {
  const [group] = await itemsOf(moim, 'Group', { groupId });
  return (group.files ?? []).map(({ key }: { key: string }) => key).toSorted();
}
async function agree(groupId: string) {
  await moim.settle();
  expect(objectsOf(groupId).toSorted()).toEqual(await keysOf(groupId));
}

test('rows 32, 108: the leader puts files to the recruit post; guests see their names, who is signed in fetches them, and no browser runs them', async () => {
  const { leader, member, path, groupId } = await team(moim);
  const note = Buffer.from('<script>alert(1)</script>');
  const ids = [await upload(leader, path), await upload(leader, path, 'note.txt', 'text/plain', note)];

  const edited = await show(leader, path, ids);

  // Before the copies are made, it becomes due to delete what the group does not show in the end.
  expect(costOf(moim, 'editGroup')).toMatchObject({ requests: 3, roundTrips: 3 });
  const seen = await moim.guest.get(path);
  expect(costOf(moim, 'getGroup')).toMatchObject({ requests: 1 });
  const own = await member.get(`/v1/accounts/me/groups/${groupId}`);
  const shownAs = [
    { id: claimedId(ids[0]!), name: '계획 (1).pdf', type: 'application/pdf', bytes: pdf.length },
    { id: claimedId(ids[1]!), name: 'note.txt', type: 'text/plain', bytes: note.length },
  ];
  for (const { files } of [edited.body, seen.body, own.body.group]) {
    expect(files).toMatchObject(shownAs);
    expect(Object.keys(files[0]).toSorted()).toEqual(['bytes', 'id', 'name', 'type']);
  }
  const somebody = await someone(moim);
  const addressOf = async (who: Person, fileId: string) => who.post(`${path}/files/${fileId}/downloads`);
  const [given, other] = [await addressOf(somebody, claimedId(ids[0]!)), await addressOf(member, claimedId(ids[1]!))];
  expect([given.status, costOf(moim, 'downloadFile')]).toEqual([
    201,
    { requests: 2, roundTrips: 2, readUnits: 4, writeUnits: 1 },
  ]);
  const [first, second] = [await fetch(given.body.url), await fetch(other.body.url)];
  expect([first.headers.get('content-type'), first.headers.get('content-disposition')]).toEqual([
    'application/pdf',
    "attachment; filename*=UTF-8''%EA%B3%84%ED%9A%8D%20%281%29.pdf",
  ]);
  expect(Buffer.from(await first.arrayBuffer()).equals(pdf)).toBe(true);
  expect(second.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''note.txt");
  // Without the header that makes the browser save it, the link is good for nothing.
  const shown = other.body.url.replace(/response-content-disposition=[^&]*&?/, '');
  expect((await fetch(shown)).status).toBe(403);
  await moim.clock.advance(60_001);
  expect((await fetch(given.body.url)).status).toBe(403);
  expect(outcome(await addressOf(somebody, groupId))).toBe('NOT_FOUND');
  expect((await moim.guest.post(`${path}/files/${claimedId(ids[0]!)}/downloads`)).status).toBe(401);
  // Lists and what others may do with a group say nothing of its files.
  const [listed] = (await moim.guest.get('/v1/groups')).body.items;
  expect(listed).not.toHaveProperty('files');
});

test('row 32: only who may edit the group uploads and sets files; five of them, each once', async () => {
  const { leader, member, path } = await team(moim);
  const [stranger] = await crowd(moim, 1);
  const six = await Promise.all(Array.from({ length: 6 }, () => upload(leader, path)));

  const refused = [
    await allow(member, path, 'a.pdf', 'application/pdf', 9),
    await allow(stranger!, path, 'a.pdf', 'application/pdf', 9),
    await show(member, path, six.slice(0, 1)),
    await show(leader, path, six),
    await show(leader, path, [six[0]!, six[0]!]),
  ];
  const five = await show(leader, path, six.slice(1));

  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'INVALID_REQUEST', 'INVALID_REQUEST']);
  expect(five.body.files).toHaveLength(5);
});

test('rows 32, 118: images among the files say nothing of place, camera and time; a broken one is named', async () => {
  const { leader, member, path } = await team(moim);
  const small = painted(12, 6);
  const jpg = asPhotographed(await jpegOf(small), 6);
  const ids = [
    await upload(leader, path, 'place.jpg', 'image/jpeg', jpg),
    await upload(leader, path, 'plan.pdf'),
    await upload(leader, path, 'place.png', 'image/png', pngOf(small, talkative(1))),
  ];
  const broken = await upload(leader, path, 'broken.jpg', 'image/jpeg', jpg.subarray(0, 400));

  const shown = await show(leader, path, ids);
  const again = await show(leader, path, ids);
  const refused = await show(leader, path, [...ids, broken]);

  const files = await Promise.all(
    named(ids).map(async (id) => {
      const { url } = (await member.post(`${path}/files/${id}/downloads`)).body;
      return Buffer.from(await (await fetch(url)).arrayBuffer());
    }),
  );
  expect(leaks(jpg)).not.toEqual([]);
  expect(files.map(leaks)).toEqual([[], [], []]);
  expect(shown.body.files.map(({ bytes }: { bytes: number }) => bytes)).toEqual(files.map(({ length }) => length));
  expect(again.body.files).toEqual(shown.body.files);
  expect([outcome(refused), refused.body.errors]).toEqual([
    'UPLOAD_INVALID',
    [{ pointer: '/files/3', reason: expect.any(String) }],
  ]);
});

test('row 108: a type that runs, a name of another type or with a path in it, no size and too much are refused', async () => {
  const { leader, path } = await team(moim);
  const most = 10 * 1024 * 1024;
  const wrong = [
    ['a.html', 'text/html', 9],
    ['a.svg', 'image/svg+xml', 9],
    ['a.html', 'text/plain', 9],
    ['a.pdf.exe', 'application/pdf', 9],
    ['../a.pdf', 'application/pdf', 9],
    ['a\u202efdp.pdf', 'application/pdf', 9],
    ['a\ud800.pdf', 'application/pdf', 9],
    [`${'a'.repeat(97)}.pdf`, 'application/pdf', 9],
    ['a.pdf', 'application/pdf', 0],
    ['a.pdf', 'application/pdf', most + 1],
  ] as const;

  const answers = await Promise.all(wrong.map(([name, type, bytes]) => allow(leader, path, name, type, bytes)));

  expect(answers.map(outcome)).toEqual(wrong.map(() => 'INVALID_REQUEST'));
  const { body: form } = await allow(leader, path, 'a.pdf', 'application/pdf', most);
  expect(await send(form, pdf)).toBe(400);
});

test('row 108: what was never sent, is not what it claims, is somebody else’s, another group’s or no file is refused, and nothing is kept', async () => {
  const { leader, member, path, groupId } = await team(moim);
  const other = await found(leader);
  const photo = await leader.post(`${path}/uploads`, { type: 'image/jpeg', bytes: 9 });
  await send(photo.body, Buffer.from('ffd8ffe00010000000', 'hex'));
  const theirs = await member.post(`${path}/uploads`, { type: 'image/jpeg', bytes: 9 });
  const good = await upload(leader, path);

  const refused = [];
  for (const id of [
    (await allow(leader, path, 'a.pdf', 'application/pdf', 9)).body.uploadId,
    await upload(leader, path, 'a.pdf', 'application/pdf', Buffer.from('<html>')),
    await upload(leader, path, 'a.zip', 'application/zip', pdf),
    await upload(leader, other.path),
    photo.body.uploadId,
    theirs.body.uploadId,
    groupId,
  ])
    refused.push(await show(leader, path, [good, id ?? groupId]));

  expect(refused.map(outcome)).toEqual(Array(7).fill('UPLOAD_INVALID'));
  expect((await moim.guest.get(path)).body).toMatchObject({ files: [], version: 1 });
  // The good one was copied each time; a day later its upload ends, and the copy with it.
  expect(objectsOf(groupId)).toHaveLength(1);
  await moim.clock.advance(2 * day);
  await tick(moim);
  await agree(groupId);
});

test('rows 32, 109: an edit keeps, orders and takes off; what is off is dropped; added again it is another object', async () => {
  await at(moim, '2026-03-05T03:00:00Z');
  const leader = await someone(moim);
  const { path, groupId } = await found(leader, { startDate: undefined });
  const [one, two, three] = [await upload(leader, path), await upload(leader, path), await upload(leader, path)];
  const idsOf = ({ body }: { body: { files: { id: string }[] } }) => body.files.map(({ id }) => id);

  const first = await show(leader, path, [one, two]);
  const again = await show(leader, path, [one, two]);
  const turned = await show(leader, path, [three, two, one]);
  const title = await leader.patch(path, { title: 'Others' });
  await agree(groupId);
  const fewer = await show(leader, path, [two]);
  await agree(groupId);
  const back = await show(leader, path, [one, two]);
  const none = await show(leader, path, []);
  await agree(groupId);

  expect([first, again, turned, title, fewer, back, none].map(idsOf)).toEqual([
    named([one, two]),
    named([one, two]),
    named([three, two, one]),
    named([three, two, one]),
    named([two]),
    named([one, two]),
    [],
  ]);
  expect(objectsOf(groupId)).toEqual([]);
  expect((await itemsOf(moim, 'Group', { groupId }))[0]).not.toHaveProperty('files');
});

test('row 49: of edits at once one counts, and the group names exactly the files that are there', async () => {
  const leader = await someone(moim);
  const { path, groupId } = await found(leader, { startDate: undefined });
  const ids = await Promise.all([1, 2, 3].map(() => upload(leader, path)));
  await show(leader, path, [ids[0]!]);

  const same = await Promise.all([1, 2, 3].map(() => show(leader, path, [ids[0]!, ids[1]!], { 'if-match': '"2"' })));
  await agree(groupId);
  const third = { 'if-match': '"3"' };
  const crossed = await Promise.all([
    show(leader, path, [ids[1]!], third),
    show(leader, path, [ids[0]!, ids[2]!], third),
  ]);
  // What the one that lost had copied goes with its upload.
  await moim.clock.advance(2 * day);
  await tick(moim);
  await agree(groupId);

  expect(tally(same)).toEqual({ 200: 1, PRECONDITION_FAILED: 2 });
  expect(tally(crossed)).toEqual({ 200: 1, PRECONDITION_FAILED: 1 });
});

test('whatever the table does at whichever request, the repetition finds the file there, once', async () => {
  await atEachRequest(
    moim,
    2,
    async () => {
      const leader = await someone(moim);
      const { path, groupId } = await found(leader, { startDate: undefined });
      return { leader, path, groupId, id: await upload(leader, path) };
    },
    ({ leader, path, id }) => show(leader, path, [id]),
    async ({ groupId, id }, again, fault) => {
      expect([fault, outcome(again), again.body.files.map((file: { id: string }) => file.id)]).toEqual([
        fault,
        200,
        named([id]),
      ]);
      expect(objectsOf(groupId)).toEqual(await keysOf(groupId));
    },
  );
});

test('row 109: what a crash left between the copy and the write goes with its upload, and that of a group with the group', async () => {
  const leader = await someone(moim);
  const { path, groupId } = await found(leader, { startDate: undefined });
  const [kept, lost] = [await upload(leader, path), await upload(leader, path)];
  await show(leader, path, [kept]);
  await moim.settle();
  // As if the function had ended right after its copy.
  moim.table.faults.add({
    kind: 'error500',
    times: 9,
    match: (body) => 'TransactItems' in body && JSON.stringify(body).includes(claimedId(lost)),
  });
  const crashed = await show(leader, path, [kept, lost]);
  moim.table.faults.clear();
  const left = objectsOf(groupId);

  await moim.clock.advance(2 * day);
  await tick(moim);
  await agree(groupId);

  expect([crashed.status, left.length, objectsOf(groupId).length]).toEqual([500, 2, 1]);
  await at(moim, new Date(moim.clock.now()).toISOString(), leader);
  await leader.post(`${path}/disbanding`);
  await moim.settle();
  await at(moim, new Date(moim.clock.now() + 31 * day).toISOString());
  await tick(moim);
  expect([objectsOf(groupId), await itemsOf(moim, 'Group', { groupId })]).toEqual([[], []]);
});

test('rows 32, 49, report 8: edits of the files at once that name no version are applied one after another', async () => {
  const leader = await someone(moim);
  const { path, groupId } = await found(leader, { startDate: undefined, endDate: '2026-12-01' });
  const ids = await Promise.all([1, 2].map(() => upload(leader, path)));

  const answers = await Promise.all([show(leader, path, [ids[0]!]), show(leader, path, ids), show(leader, path, ids)]);
  // An edit that is decided again copies its files again, and what the first try copied goes with its upload.
  await moim.clock.advance(2 * day);
  await tick(moim);
  await agree(groupId);

  expect(tally(answers)).toEqual({ 200: 3 });
  expect(objectsOf(groupId)).toHaveLength(2);
});

test('row 130: addresses of files count by their bytes, for who asks and their day', async () => {
  const { leader, path } = await team(moim, { startDate: undefined, endDate: '2026-12-31' });
  const [one, other] = [await someone(moim), await someone(moim)];
  const fileId = await upload(leader, path);
  await show(leader, path, [fileId]);
  const ask = (who: Person) => who.post(`${path}/files/${claimedId(fileId)}/downloads`);
  await ask(one);
  const [used] = await itemsOf(moim, 'Quota', { limit: 'fileBytes', subject: one.id });
  expect(used).toMatchObject({ used: pdf.length });
  await put(moim, 'Quota', { ...used, used: fairUse.fileBytes.times - 2 * pdf.length + 1 });

  const answers = [await ask(one), await ask(one), await ask(other)];
  await at(moim, new Date(moim.clock.now() + day).toISOString(), one);

  expect([...answers, await ask(one)].map(outcome)).toEqual([201, 'TOO_MANY_REQUESTS', 201, 201]);
});
