/** Rows 54, 125: decisions on several certifications at once, each for itself. */
import { newId } from '../../../shared/core/ids.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, someone } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

async function waiting(members: number) {
  const [leader, manager, ...others] = (await crowd(moim, members + 2)) as [Person, Person, ...Person[]];
  const { path } = await found(
    leader,
    { startDate: undefined, endDate: '2026-12-31', capacity: 50 },
    manager,
    ...others,
  );
  await leader.send('PUT', `${path}/members/${manager.id}/role`, { body: { role: 'MANAGER' } });
  const mission = (await leader.post(`${path}/missions`, { kind: 'ONCE', title: 'Read', way: 'TEXT' })).body;
  const submit = async (who: Person) =>
    (await who.post(`${path}/missions/${mission.id}/certifications`, { text: 'Done' })).body.id as string;
  const ids: string[] = [];
  for (const each of others) ids.push(await submit(each));
  const own = await submit(manager);
  const decide = (who: Person, body: object) => who.post(`${path}/certifications/decisions`, body);
  return { leader, manager, others, ids, own, decide, path };
}
// biome-ignore lint/suspicious/noExplicitAny: an answer is compared by its parts
const told = ({ body }: { body: any }) =>
  body.results.map(({ status, problem }: { status: string | null; problem: { code: string } | null }) => [
    status ?? problem?.code,
  ]);

test('24 are approved and one’s own is not, each in a transaction of its own; a repetition finds them done', async () => {
  const { manager, others, ids, own, decide, path } = await waiting(24);

  const reply = await decide(manager, { ids: [own, ...ids], decision: 'APPROVED' });
  const cost = costOf(moim, 'decideCertifications');
  const again = await decide(manager, { ids: [own, ...ids], decision: 'APPROVED' });
  const records = (await manager.get(`${path}/decisions?limit=50`)).body.items;

  expect(reply.status).toBe(200);
  expect(told(reply)).toEqual([['OWN_DECISION'], ...Array(24).fill(['APPROVED'])]);
  expect(again.body).toEqual(reply.body);
  // One read of all, and a transaction for each: membership, certification, week, brick, account, wall, record, two outbox items.
  expect([cost.requests, cost.writeUnits]).toEqual([25, 24 * 22]);
  expect(records.filter(({ after }: { after: string }) => after === 'APPROVED')).toHaveLength(24);
  expect(await itemsOf(moim, 'Brick', { accountId: others[0]!.id })).toHaveLength(1);
});

test('what stands in the way of one stops no other, also when others decide at the same moment', async () => {
  const { leader, manager, ids, decide, path } = await waiting(4);
  await leader.post(`${path}/certifications/${ids[0]}/deny`, { reason: 'Unreadable' });
  const unknown = newId(moim.clock.now());

  const [denied, approved] = await Promise.all([
    decide(manager, { ids: [ids[0], unknown, ids[1], ids[2]], decision: 'DENIED', reason: 'Too short' }),
    leader.post(`${path}/certifications/${ids[2]}/approve`),
  ]);
  const states = await itemsOf(moim, 'Certification', { groupId: path.split('/')[3] });
  const state = (id: string) => states.find(({ certificationId }) => certificationId === id)!.status;

  expect(told(denied).slice(0, 3)).toEqual([['DENIED'], ['NOT_FOUND'], ['DENIED']]);
  expect([
    [['DENIED'], 'DENIED', 'ALREADY_DECIDED'],
    [['DENIED'], 'APPROVED', 200],
    [['ALREADY_DECIDED'], 'APPROVED', 200],
  ]).toContainEqual([told(denied)[3], state(ids[2]!), outcome(approved)]);
  expect(state(ids[3]!)).toBe('WAITING');
});

test('members decide nothing; 26, one twice, and a denial without a reason are refused', async () => {
  const { leader, others, ids, decide } = await waiting(1);
  const stranger = await someone(moim);
  const many = Array.from({ length: 26 }, () => newId(moim.clock.now()));

  const replies = [
    await decide(others[0]!, { ids, decision: 'APPROVED' }),
    await decide(stranger, { ids, decision: 'APPROVED' }),
    await decide(leader, { ids: many, decision: 'APPROVED' }),
    await decide(leader, { ids: [ids[0], ids[0]], decision: 'APPROVED' }),
    await decide(leader, { ids, decision: 'DENIED' }),
    await decide(leader, { ids, decision: 'APPROVED', reason: 'Fine' }),
  ];

  expect(replies.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', ...Array(4).fill('INVALID_REQUEST')]);
});
