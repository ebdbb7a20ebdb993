/** Rows 63, 84, 107: who hears of a cheer. The change of the cheer tells, in whatever way the stream brings it. */
import { contract as cheersContract } from '../../../functions/activity/cheers/contract.ts';
import { contract } from '../../../functions/talking/notifications/contract.ts';
import { iso } from '../../../shared/core/time.ts';
import { imageOf } from '../../../shared/events/consumers.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { parkedMessage, queueArn } from '../../support/parked.ts';
import { at, crowd } from '../../support/people.ts';
import { itemsOf, streamOf } from '../../support/table.ts';
import { cheering } from './scene.ts';

const moim = useMoim();
const hour = 3_600_000;
const noticesOf = async (person: Person): Promise<{ text: string; link: object; read: boolean }[]> => {
  await moim.settle();
  const { items } = (await person.get('/v1/notifications')).body;
  return items.filter(({ type }: { type: string }) => type === 'CERTIFICATION_CHEERED');
};
/** The stream's records of the cheers for a certification, and of the certification itself. */
const recordsOf = (certificationId: string) =>
  streamOf(moim).filter(({ dynamodb }) => {
    const image = imageOf(dynamodb?.NewImage) ?? imageOf(dynamodb?.OldImage);
    return image?.certificationId === certificationId && ['Cheer', 'CheerCount'].includes(String(image.type));
  });

test('doubled, late and in the other order, changes tell nothing more, and bring nothing back', async () => {
  const { author, member, leader, cheersBy, cheers, one, id, seenBy } = await cheering(moim);
  await cheersBy(member);
  await cheersBy(leader, 'STAR');
  await member.delete(`${cheers}/me`);
  await cheersBy(member, 'FIRE');
  const before = await noticesOf(author);
  const counts = await seenBy(author);
  const listed = await itemsOf(moim, 'Cheerer', { certificationId: id });
  const again = async () => {
    const records = recordsOf(id);
    return moim.invoke('live-stream', { Records: [...records, ...records].reverse() });
  };

  expect(await again()).toEqual({ ok: true, payload: { batchItemFailures: [] } });
  expect(before).toHaveLength(1);
  expect(await noticesOf(author)).toEqual(before);
  expect(await seenBy(author)).toEqual(counts);
  expect(await itemsOf(moim, 'Cheerer', { certificationId: id })).toEqual(listed);
  expect(listed.map(({ accountId, n }) => [accountId, n]).toSorted()).toEqual(
    [
      [member.id, 3],
      [leader.id, 1],
    ].toSorted(),
  );

  await author.delete(one);
  await moim.settle();
  await again();
  expect(await noticesOf(author)).toEqual(before);
  for (const kind of ['Cheer', 'Cheerer']) expect(await itemsOf(moim, kind, { certificationId: id })).toEqual([]);
});

test.each(['from the queue of what was parked', 'from the stream'])(
  'a cheer that is listed only after its certification was deleted goes too: %s',
  async (way) => {
    const { author, member, cheersBy, one, id } = await cheering(moim);
    const off = moim.table.faults.add({
      kind: 'error500',
      operation: 'UpdateItem',
      times: 6,
      match: (body) => JSON.stringify(body).includes('CHEERER#') && JSON.stringify(body).includes(id),
    });
    await cheersBy(member);
    await moim.settle();
    off();
    expect(await itemsOf(moim, 'Cheerer', { certificationId: id })).toEqual([]);
    await author.delete(one);
    await moim.settle();
    const [first] = recordsOf(id).filter(({ dynamodb }) => imageOf(dynamodb?.NewImage)?.type === 'Cheer');
    const { keeps } = cheersContract.consumers.listCheer;
    if (way === 'from the stream') await moim.invoke('live-stream', { Records: [first!] });
    else moim.queues.send(queueArn(moim, 'PARKED_URL'), parkedMessage(moim, 'cheers.listCheer', keeps, first!));
    await moim.settle();

    for (const kind of ['Cheer', 'Cheerer']) expect(await itemsOf(moim, kind, { certificationId: id })).toEqual([]);
  },
);

test('a cheer that was taken back while its change was parked is no news', async () => {
  const { author, member, cheersBy, cheers, id } = await cheering(moim);
  const match = (body: object) => JSON.stringify(body).includes(id);
  const off = moim.table.faults.add({ kind: 'error500', operation: 'GetItem', times: 12, match });
  await cheersBy(member);
  await moim.settle();
  off();
  await member.delete(`${cheers}/me`);
  const [first] = recordsOf(id).filter(({ dynamodb }) => imageOf(dynamodb?.NewImage)?.type === 'Cheer');
  const { keeps } = contract.consumers.deliverCheer;
  moim.queues.send(queueArn(moim, 'PARKED_URL'), parkedMessage(moim, 'notifications.deliverCheer', keeps, first!));

  expect(await noticesOf(author)).toEqual([]);
});

test('the author hears of the first cheer of a day, and never of somebody they have blocked, who sees no sign of it', async () => {
  const [blocked, other] = (await crowd(moim, 2)) as [Person, Person];
  const { author, member, leader, cheersBy, cheers, id, seenBy } = await cheering(moim, blocked, other);
  await author.put(`/v1/accounts/me/blocks/${blocked.id}`);
  const all = [author, member, leader, blocked, other];

  await cheersBy(member);
  const [notice, ...more] = await noticesOf(author);
  expect(more).toEqual([]);
  expect(notice).toMatchObject({ link: { screen: 'certification', certificationId: id }, read: false });
  expect(notice!.text).toBe(`${member.nickname} cheered for your certification.`);
  await cheersBy(other, 'FIRE');
  await member.delete(`${cheers}/me`);
  await cheersBy(member);
  expect(await noticesOf(author)).toHaveLength(1);
  for (const person of [member, leader, other]) expect(await noticesOf(person)).toEqual([]);

  await at(moim, iso(moim.clock.now() + 25 * hour), ...all);
  expect((await cheersBy(blocked, 'CLAP')).status).toBe(204);
  expect(await noticesOf(author)).toHaveLength(1);
  expect((await seenBy(blocked)).filter(({ mine }: { mine: boolean }) => mine)).toHaveLength(1);

  await at(moim, iso(moim.clock.now() + 25 * hour), ...all);
  await cheersBy(other, 'STAR');
  const texts = (await noticesOf(author)).map(({ text }) => text.split(' ')[0]);
  expect(texts).toEqual([other.nickname, member.nickname]);
});
