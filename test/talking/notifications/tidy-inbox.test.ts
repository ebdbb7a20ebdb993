/** Rows 104, 105: what was missed, reading all up to one, deleting, and mails by type. */
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { limits } from '../../../shared/product/limits.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { costOf, idsOf, outcome, pagesOf } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put, streamOf } from '../../support/table.ts';

const moim = useMoim();
const list = '/v1/notifications';

/** Something happens to a group of theirs, now or at an instant that has passed. */
async function happens({ id }: Person, groupId: string, at = moim.clock.now()) {
  const outboxId = newId(at);
  const link = { screen: 'group', groupId } as const;
  const told = { notice: 'GROUP_DELETED', to: [id], actorId: 'x', values: { title: 'T' }, link };
  await put(moim, 'Outbox', { outboxId, createdAt: iso(at), ...told });
  await moim.settle();
  await moim.clock.advance(1);
  return outboxId;
}

/** The stream delivers it once more. */
async function deliveredAgain(outboxId: string) {
  const records = streamOf(moim).filter(
    ({ eventName, dynamodb }) => eventName === 'INSERT' && dynamodb?.NewImage?.outboxId?.S === outboxId,
  );
  expect(records).toHaveLength(1);
  expect(await moim.invoke('live-stream', { Records: records })).toMatchObject({ payload: { batchItemFailures: [] } });
  await moim.settle();
}

async function withNews(count: number) {
  const reader = await someone(moim);
  const { groupId } = await found(reader);
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await happens(reader, groupId));
  return { reader, groupId, ids };
}
const inbox = async (who: Person, query = '') => (await who.get(`${list}${query}`)).body;
const readStates = ({ items }: { items: { read: boolean }[] }) => items.map(({ read }) => read);

test('row 104: since a notification come all later ones, oldest first and paged, with those of some minutes before', async () => {
  const { reader, groupId, ids } = await withNews(2);
  await moim.clock.advance(limits.lateNotificationMs + 1000);
  for (let i = 0; i < 5; i++) ids.push(await happens(reader, groupId));
  const [other] = [await someone(moim)];

  const since = async (id: string) => idsOf(await pagesOf(reader, `${list}?since=${id}`, 2));

  expect(await since(ids[3]!)).toEqual(ids.slice(2));
  expect(await since(ids[0]!)).toEqual(ids);
  // What was delivered late, by less than those minutes, is not missed.
  const late = await happens(reader, groupId, moim.clock.now() - limits.lateNotificationMs + 60_000);
  expect(await since(ids.at(-1)!)).toContain(late);
  expect((await inbox(other, `?since=${ids[0]}`)).items).toEqual([]);
  expect(outcome(await reader.get(`${list}?since=yesterday`))).toBe('INVALID_REQUEST');
  const { body } = await reader.get(`${list}?since=${ids[0]}&limit=1`);
  expect(outcome(await reader.get(`${list}?limit=1&cursor=${body.nextCursor}`))).toBe('INVALID_CURSOR');
});

test('row 105: all up to one are read, in one write however many; later ones stay unread, and it only goes forward', async () => {
  const { reader, groupId, ids } = await withNews(5);
  const read = (body: object) => reader.post(`${list}/read`, body);

  const first = await read({ until: ids[2] });
  const upToOne = await inbox(reader);
  await read({ until: ids[0] });
  const back = await inbox(reader);
  const again = await read({ until: ids[2] });
  const all = await read({});
  const everything = await inbox(reader);
  await happens(reader, groupId);
  const anew = await inbox(reader);

  expect([first, again, all].map(({ status }) => status)).toEqual([204, 204, 204]);
  expect([upToOne.unread, readStates(upToOne)]).toEqual([2, [false, false, true, true, true]]);
  expect([back.unread, readStates(back)]).toEqual([2, readStates(upToOne)]);
  expect([everything.unread, new Set(readStates(everything))]).toEqual([0, new Set([true])]);
  expect([anew.unread, readStates(anew)]).toEqual([1, [false, true, true, true, true, true]]);
  expect(costOf(moim, 'readNotifications')).toMatchObject({ writeUnits: 1 });
  const other = await someone(moim);
  const refused = [
    await other.post(`${list}/read`, { until: ids[0] }),
    await read({ until: '01900000-0000-7000-8000-000000000000' }),
    await read({ until: 'x' }),
    await read({ all: true }),
  ];
  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'INVALID_REQUEST', 'INVALID_REQUEST']);
});

test('row 105: what is delivered after everything was read is unread, although it happened before', async () => {
  const { reader, groupId } = await withNews(1);
  const happened = moim.clock.now();
  await moim.clock.advance(60_000);
  await reader.post(`${list}/read`, {});
  await moim.clock.advance(1000);

  const late = await happens(reader, groupId, happened);
  const before = await inbox(reader);
  await reader.post(`${list}/${late}/read`);

  expect([before.unread, readStates(before)]).toEqual([1, [false, true]]);
  expect((await inbox(reader)).unread).toBe(0);
});

test('row 105: what is deleted is gone from list and count, holds nothing, and no delivery brings it back', async () => {
  const { reader, ids } = await withNews(3);
  const other = await someone(moim);
  const remove = (who: Person, id: string) => who.send('DELETE', `${list}/${id}`);

  const answers = await Promise.all([remove(reader, ids[1]!), remove(reader, ids[1]!), remove(other, ids[0]!)]);
  await deliveredAgain(ids[1]!);
  const after = await inbox(reader);

  expect(answers.map(outcome)).toEqual([204, 204, 'NOT_FOUND']);
  expect([idsOf([after.items]), after.unread]).toEqual([[ids[2], ids[0]], 2]);
  const kept = await itemsOf(moim, 'Notification', { accountId: reader.id });
  expect(kept.find(({ notificationId }) => notificationId === ids[1])).not.toHaveProperty('values');
  expect(outcome(await reader.post(`${list}/${ids[1]}/read`))).toBe('NOT_FOUND');
  expect(outcome(await reader.post(`${list}/read`, { until: ids[1] }))).toBe('NOT_FOUND');
});

test('row 104: a class that is chosen is mailed once, in the language of its reader, and no more than so many a day', async () => {
  const { reader, groupId } = await withNews(0);
  await reader.send('PATCH', '/v1/accounts/me/notification-settings', {
    body: { mail: { group: true }, types: { group: false } },
  });
  const mails = () => moim.mail.list({ to: reader.email }).filter(({ tags }) => tags?.template === 'NOTIFICATION');

  const first = await happens(reader, groupId);
  await deliveredAgain(first);
  const [mail, ...more] = mails();
  for (let i = 0; i < fairUse.notificationMail.times + 2; i++) await happens(reader, groupId);

  expect(mail!.text).toContain('T');
  expect(more).toEqual([]);
  expect(mails()).toHaveLength(fairUse.notificationMail.times);
  expect((await inbox(reader)).unread).toBe(fairUse.notificationMail.times + 3);
});
