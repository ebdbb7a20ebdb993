/** What the home screen shows of a group follows by the stream: in any order, again, and late. */
import type { DynamoDBRecord } from 'aws-lambda';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { certify, found } from '../../support/scene.ts';
import { bare, itemsOf, putAll, streamOf } from '../../support/table.ts';

const moim = useMoim();
const agendaOf = async (groupId: string) => (await itemsOf(moim, 'Agenda', { groupId }))[0];

/** All that the table's stream holds of a group, the last first. */
function changesOf(groupId: string): DynamoDBRecord[] {
  return streamOf(moim)
    .filter((record) => JSON.stringify(record.dynamodb?.Keys).includes(groupId))
    .toReversed();
}

test('every change again, the last first, leaves the agenda as it is', async () => {
  const [leader, one, two] = (await crowd(moim, 3)) as [Person, Person, Person];
  const here = await found(leader, { endDate: '2026-12-31' }, one, two);
  const { body: first } = await certify(one, here);
  const { body: second } = await certify(two, here);
  await leader.post(`${here.path}/certifications/${first.id}/approve`);
  await one.patch(`${here.path}/certifications/${first.id}`, { text: 'Better' });
  await leader.post(`${here.path}/certifications/${second.id}/deny`, { reason: 'Blurred' });
  await moim.settle();
  const before = await agendaOf(here.groupId);
  const Records = changesOf(here.groupId);

  const again = await moim.invoke('background-stream', { Records });
  await moim.settle();

  expect(again).toMatchObject({ ok: true, payload: { batchItemFailures: [] } });
  expect(Records.length).toBeGreaterThan(8);
  expect(before).toMatchObject({
    certifications: expect.stringContaining(first.id),
    [`mission ${here.missionId}`]: expect.stringContaining('PHOTO'),
  });
  expect(await agendaOf(here.groupId)).toEqual(before);
});

test('twelve decisions at once are all counted, and more than a hundred that wait are shown as a hundred', async () => {
  const [leader, ...members] = (await crowd(moim, 13)) as [Person, ...Person[]];
  const here = await found(leader, { endDate: '2026-12-31', capacity: 20 }, ...members);
  const sent = await Promise.all(members.map((member) => certify(member, here)));
  await moim.settle();
  const waiting = (await agendaOf(here.groupId)).certifications.split('\n').length;
  await Promise.all(sent.map(({ body }) => leader.post(`${here.path}/certifications/${body.id}/approve`)));
  await moim.settle();
  const none = await agendaOf(here.groupId);

  const one = bare((await itemsOf(moim, 'Certification', { certificationId: sent[0]!.body.id }))[0]);
  const many = Array.from({ length: 120 }, (_, i) => ({
    ...one,
    status: 'WAITING',
    certificationId: one.certificationId.slice(0, -3) + String(i).padStart(3, '0'),
  }));
  await putAll(moim, 'Certification', many as never);
  await moim.settle();
  const full = (await agendaOf(here.groupId)).certifications.split('\n').length;
  const { body } = await leader.get('/v1/accounts/me/today');

  expect([waiting, none.certifications]).toEqual([12, undefined]);
  expect(full).toBe(100);
  expect(body.items[0].waiting.certifications).toBe(100);
});

test('changes that come in one batch, of which the last matters to nobody, are all followed', async () => {
  const [leader, one] = (await crowd(moim, 2)) as [Person, Person];
  const here = await found(leader, { endDate: '2026-12-31' });
  await moim.settle();
  const before = await agendaOf(here.groupId);
  await one.post(`${here.path}/members`);
  const { body } = await certify(one, here);
  // A like moves nothing that a card shows, and a hidden certification waits where it waited.
  await one.send('PUT', `${here.path}/like`);
  const subject = `certification:${body.id}`;
  await leader.post(`${here.path}/reports`, { subject, reason: 'SPAM' });
  await leader.post(`${here.path}/reports/decisions`, { subject, decision: 'HIDE' });
  await moim.settle();
  const after = await agendaOf(here.groupId);
  const { pk: _, sk: __, type: ___, v: ____, ...was } = before;
  await putAll(moim, 'Agenda', [was] as never);
  const Records = changesOf(here.groupId)
    .toReversed()
    .filter(({ dynamodb }) => /^(GROUP|CERTIFICATIONS)#/.test(dynamodb?.Keys?.pk?.S ?? ''));

  await moim.invoke('background-stream', { Records });
  await moim.settle();

  expect(after).toMatchObject({ card: expect.stringContaining('2'), certifications: expect.stringContaining(body.id) });
  expect(after.card).not.toBe(before.card);
  expect(await agendaOf(here.groupId)).toMatchObject({ card: after.card, certifications: after.certifications });
});

test('the agenda of a group that has ended only loses its card', async () => {
  const [leader, member] = (await crowd(moim, 2)) as [Person, Person];
  const here = await found(leader, { endDate: '2026-12-31' }, member);
  await certify(member, here);
  await moim.settle();
  const Records = changesOf(here.groupId);
  const group = bare((await itemsOf(moim, 'Group', { groupId: here.groupId }))[0]);
  const [agenda] = await itemsOf(moim, 'Agenda', { groupId: here.groupId });
  await putAll(moim, 'Group', [{ ...group, deletedAt: group.createdAt }] as never);
  await moim.settle();

  await moim.invoke('background-stream', { Records });

  const { card, mark: _, ...rest } = agenda;
  expect(card).toBeDefined();
  expect(await itemsOf(moim, 'Agenda', { groupId: here.groupId })).toEqual([{ ...rest, mark: expect.any(String) }]);
});
