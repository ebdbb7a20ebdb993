/** Rows 71, 93, 108: files of messages, over HTTP and the socket alike. */
import { unzipSync } from 'fflate';
import { claimedId } from '../../../functions/activity/files/rules.ts';
import { key } from '../../support/actor.ts';
import { atEachRequest } from '../../support/faults.ts';
import { type Person, upload as uploadImage, useMoim } from '../../support/moim.ts';
import { nextTick, renew, someone, tick } from '../../support/people.ts';
import { asPhotographed, jpegOf, leaks, painted, pngBomb } from '../../support/pictures.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { ask, chatting, heard, listening, newMessage, type Place, placeIn, say, study, uploadTo } from './support.ts';

const moim = useMoim();
const day = 86_400_000;
const pdf = Buffer.from('%PDF-1.7 what we are going to do');

const upload = (who: Person, here: Place, name = '계획.pdf', type = 'application/pdf', file: Buffer = pdf) =>
  uploadTo(who, here, name, type, file);
const files = (after: number, ...fileIds: string[]) => ({ ...newMessage('', after, { fileIds }), text: undefined });
const photoOf = async (who: Person, here: Place) =>
  upload(who, here, 'wall.jpg', 'image/jpeg', asPhotographed(await jpegOf(painted(1200, 600)), 6));

const bucketName = () => moim.functions.find(({ id }) => id === 'files-http')!.environment.BUCKET_NAME!;
/** The objects of a group that are no upload on its way. */
const objects = (groupId: string) =>
  moim.bucket.list(bucketName()).flatMap(({ key: name }) => (name.includes(groupId) ? [name] : []));
const arrived = (...tickets: string[]) =>
  moim.bucket
    .list(bucketName())
    .filter(({ key: name }) => tickets.some((each) => name === `uploads/${claimedId(each)}`));
/** The objects that the entries of a group name: thumbnails too. */
async function named(groupId: string) {
  const entries = await itemsOf(moim, 'ChatEntry', { groupId });
  return entries.flatMap(({ files: its = [] }) =>
    its.flatMap((file: { key: string; width?: number }) => (file.width ? [file.key, `${file.key}-480`] : [file.key])),
  );
}
async function agree(groupId: string) {
  await moim.settle();
  expect(objects(groupId).toSorted()).toEqual((await named(groupId)).toSorted());
}
/** Whenever a test is run after others. */
const later = { startDate: undefined, endDate: '2026-12-31' };
const ids = ({ groupId, roomId }: Place) => ({ groupId, roomId });

test('rows 71, 108: a photo says nothing of its place before anybody sees it; a document is saved; strangers and who was left out get no link', async () => {
  const here = await chatting(moim, 3);
  const [leader, member, blocker] = here.people as [Person, Person, Person];
  await blocker.put(`/v1/accounts/me/blocks/${leader.id}`);
  const { socket } = await listening(member, here);
  const stranger = await someone(moim);
  const tickets = [await photoOf(leader, here), await upload(leader, here)];

  const sent = await leader.post(`${here.room}/messages`, files(0, ...tickets));
  // What decides and the log, the pace, what is due, the entry with its two files; then who listens.
  expect(costOf(moim, 'sendMessage')).toMatchObject({ requests: 7, writeUnits: 8 });
  const [photo, document] = sent.body.files;
  const first = Buffer.from(await (await fetch(photo.image)).arrayBuffer());
  await moim.settle();
  const read = (await member.get(`${here.room}/entries`)).body.entries[0];
  const after = Buffer.from(await (await fetch(read.files[0].thumbnail)).arrayBuffer());
  const [event] = await heard(socket, 'chat.message');
  const hidden = (await blocker.get(`${here.room}/entries`)).body.entries[0];
  const path = `${here.room}/messages/${sent.body.id}/files`;
  const link = await member.post(`${path}/${document.id}/downloads`);
  const saved = await fetch(link.body.url);

  expect(sent.body).toMatchObject({ seq: 1, text: null, state: 'SHOWN' });
  expect(photo).toMatchObject({
    name: 'wall.jpg',
    state: 'DECODING',
    thumbnail: null,
    size: { width: 600, height: 1200 },
  });
  expect(document).toMatchObject({ name: '계획.pdf', state: 'READY', image: null, size: null, bytes: pdf.length });
  expect([...leaks(first), ...leaks(after)]).toEqual([]);
  expect(event.data.entry.files).toHaveLength(2);
  expect(read.files[0]).toMatchObject({ state: 'READY', size: { width: 600, height: 1200 } });
  expect(hidden).toMatchObject({ seq: 1, state: 'BLOCKED', files: [] });
  expect(saved.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(Buffer.from(await saved.arrayBuffer())).toEqual(pdf);
  const refused = [
    await stranger.post(`${path}/${document.id}/downloads`),
    await stranger.post(`${here.room}/uploads`, { name: 'a.pdf', type: 'application/pdf', bytes: 9 }),
    await member.post(`${path}/${photo.id}/downloads`),
    await member.post(`${here.room}/messages/${here.groupId}/files/${document.id}/downloads`),
  ];
  expect(refused.map(outcome)).toEqual(Array(4).fill('NOT_FOUND'));
  expect(arrived(...tickets)).toEqual([]);
  await agree(here.groupId);
  socket.close();
});

test('row 126: sent again, at once, later and by the other way, it is one entry with its files, and the bucket has no more than they are', async () => {
  const here = await chatting(moim, 2);
  const member = here.members[0]!;
  const { socket } = await listening(member, here);
  const message = { ...files(0, await photoOf(member, here), await upload(member, here)), text: 'both' };

  const atOnce = await Promise.all([
    member.post(`${here.room}/messages`, message),
    member.post(`${here.room}/messages`, message, key()),
    ask(socket, 'chat.send', { ...ids(here), ...message }).then(({ data, problem }) => ({
      body: data?.entry ?? problem,
    })),
  ]);
  await moim.settle();
  const later = await member.post(`${here.room}/messages`, message);

  for (const { body } of [...atOnce, later])
    expect(body).toMatchObject({ seq: 1, text: 'both', clientId: message.clientId });
  expect(
    new Set([...atOnce, later].map(({ body }) => body.files.map(({ id }: { id: string }) => id).join())).size,
  ).toBe(1);
  expect(later.body.files[0].state).toBe('READY');
  // What the slower tries stored goes when the uploads have expired.
  await moim.clock.advance(day + 60_000);
  await nextTick(moim);
  await tick(moim);
  await agree(here.groupId);
  socket.close();
});

test('whatever the table does at whichever request, the repetition is the one entry, and its file is there', async () => {
  await atEachRequest(
    moim,
    4,
    async () => {
      const leader = await someone(moim);
      const { body } = await leader.post('/v1/groups', { ...groupBody });
      const here = placeIn(body.id);
      return { leader, ...here, message: files(0, await upload(leader, here)) };
    },
    ({ leader, room, message }) => leader.post(`${room}/messages`, message),
    async ({ groupId }, again, fault) => {
      expect([fault, outcome(again), again.body.seq]).toEqual([fault, 201, 1]);
      expect(objects(groupId)).toEqual(expect.arrayContaining(await named(groupId)));
      expect(await named(groupId)).toHaveLength(1);
    },
  );
});
const groupBody = { ...study, title: 'Algorithms', category: 'IT', startDate: '2027-03-02', endDate: '2027-06-30' };

test('an upload is a file of one message: of who was allowed it, for this group, within a day; five at most; no other type', async () => {
  const here = await chatting(moim, 2, later);
  const [leader, member] = here.people as [Person, Person];
  const other = await chatting(moim, 1, later);
  const ticket = await upload(leader, here);
  const send = async (who: Person, ...fileIds: string[]) => {
    await moim.clock.advance(1000);
    return who.post(`${here.room}/messages`, files(0, ...fileIds));
  };
  const wrong = await upload(leader, here, 'a.png', 'image/png', pdf);
  const broken = await upload(leader, here, 'a.png', 'image/png', pngBomb(1000, 1000));

  const answers = [
    await send(leader, ticket),
    await send(leader, ticket),
    await send(member, await upload(leader, here)),
    await send(leader, await upload(other.leader, other)),
    await send(leader, await uploadImage(leader, here.groupId)),
    await send(leader, wrong),
    await send(leader, ...(await Promise.all(Array.from({ length: 6 }, () => upload(leader, here))))),
    await leader.post(`${here.room}/messages`, { ...newMessage(''), text: undefined }),
    await leader.post(`${here.room}/uploads`, { name: 'a.html', type: 'text/html', bytes: 9 }),
    await send(leader, broken),
  ];
  await moim.settle();
  const shown = (await member.get(`${here.room}/entries`)).body.entries[0];
  const late = await upload(leader, here);
  await moim.clock.advance(day);
  await renew(moim, leader);

  expect(answers.map(outcome)).toEqual([
    ...[201, 'UPLOAD_INVALID', 'UPLOAD_INVALID', 'UPLOAD_INVALID', 'UPLOAD_INVALID', 'UPLOAD_INVALID'],
    ...['INVALID_REQUEST', 'INVALID_REQUEST', 'INVALID_REQUEST', 201],
  ]);
  // It looked whole: only the decoder finds out, and the message stays.
  expect(shown.files[0]).toMatchObject({ state: 'BROKEN', image: null, thumbnail: null });
  expect(outcome(await send(leader, late))).toBe('UPLOAD_INVALID');
});

test('rows 73, 74, 83: deleted, hidden, emptied and purged messages free their files', async () => {
  const here = await chatting(moim, 4, { ...study, ...later });
  const [leader, member, ...others] = here.people as [Person, Person, ...Person[]];
  const { body: room } = await leader.post(`${here.path}/rooms`, { category: 'PLAN' });
  const place = placeIn(here.groupId, room.id);
  const sendIn = async (where: Place, ...fileIds: string[]) => {
    await moim.clock.advance(1000);
    return (await member.post(`${where.room}/messages`, files(0, ...fileIds))).body;
  };
  const gone = await sendIn(here, await photoOf(member, here), await upload(member, here));
  const reported = await sendIn(here, await upload(member, here));
  await sendIn(place, await upload(member, here), await photoOf(member, here));
  await moim.settle();

  await leader.delete(`${here.room}/messages/${gone.id}`);
  for (const who of [leader, ...others])
    await who.post(`${here.path}/reports`, { subject: `message:${reported.id}`, reason: 'SPAM' });
  await moim.settle();
  const seen = (await others[0]!.get(`${here.room}/entries`)).body.entries.find(
    ({ id }: { id: string }) => id === reported.id,
  );
  const link = await others[0]!.post(`${here.room}/messages/${reported.id}/files/${reported.files[0].id}/downloads`);
  await agree(here.groupId);
  const left = objects(here.groupId).length;
  await leader.post(`${place.room}/close`);
  await moim.settle();
  await moim.clock.advance(30 * day);
  await nextTick(moim);
  await tick(moim);
  await agree(here.groupId);

  expect(seen).toMatchObject({ state: 'HIDDEN', files: [] });
  expect(outcome(link)).toBe('NOT_FOUND');
  expect([left, objects(here.groupId).length]).toEqual([4, 1]);
  expect(await itemsOf(moim, 'ChatFile', { groupId: here.groupId })).toHaveLength(1);
});

test('row 39: with a group that is purged go the files of its rooms, also those that no message was sent with', async () => {
  const here = await chatting(moim, 1, later);
  const { leader } = here;
  await leader.post(`${here.room}/messages`, files(0, await photoOf(leader, here), await upload(leader, here)));
  const waits = await upload(leader, here);
  await agree(here.groupId);
  const before = objects(here.groupId).length;

  await leader.post(`${here.path}/disbanding`);
  await moim.settle();
  await moim.clock.advance(30 * day + 60_000);
  await tick(moim);
  await moim.settle();
  await tick(moim);
  await moim.settle();

  expect(before).toBe(3);
  for (const kind of ['Group', 'ChatEntry', 'ChatFile', 'ChatHead'])
    expect([kind, await itemsOf(moim, kind, { groupId: here.groupId })]).toEqual([kind, []]);
  expect([objects(here.groupId), arrived(waits)]).toEqual([[], []]);
});

test('row 72: the archive of own data has the own files', async () => {
  const here = await chatting(moim, 1, later);
  await say(moim, here.leader, here, 'words');
  await moim.clock.advance(1000);
  await here.leader.post(
    `${here.room}/messages`,
    files(1, await photoOf(here.leader, here), await upload(here.leader, here)),
  );
  await moim.settle();
  await here.leader.post('/v1/accounts/me/exports');
  await nextTick(moim);
  await moim.settle();
  const [{ url }] = (await here.leader.get('/v1/accounts/me/exports')).body.items;
  const zip = unzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  const { messages } = JSON.parse(new TextDecoder().decode(zip['data.json']));
  const [photo, document] = messages[1].files;

  expect(messages.map(({ text }: { text?: string }) => text)).toEqual(['words', undefined]);
  expect([photo.file, document.file]).toEqual([
    expect.stringMatching(/^files\/[\w-]+\.jpg$/),
    expect.stringMatching(/^files\/[\w-]+\.pdf$/),
  ]);
  expect(Buffer.from(zip[document.file]!)).toEqual(pdf);
  expect(leaks(Buffer.from(zip[photo.file]!))).toEqual([]);
});
