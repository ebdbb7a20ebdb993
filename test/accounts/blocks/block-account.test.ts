import { type Person, useMoim } from '../../support/moim.ts';
import { become, crowd, someone } from '../../support/people.ts';
import { idsOf, outcome, pagesOf, tally } from '../../support/replies.ts';
import { certify, found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
const path = '/v1/accounts/me/blocks';
const block = (person: Person, id: string) => person.send<{ code: string }>('PUT', `${path}/${id}`);
const listed = async (person: Person) =>
  (await pagesOf(person, path, 50)).flat().map(({ accountId }: { accountId: string }) => accountId);

test('row 84: whoever is blocked is on the list with their name, once, until it is taken back', async () => {
  const [person, other] = [await someone(moim, 'ari'), await someone(moim, 'bora')];

  const answers = [await block(person, other.id), await block(person, other.id)];
  const { body: list } = await person.get(path);
  const back = [await person.delete(`${path}/${other.id}`), await person.delete(`${path}/${other.id}`)];

  expect([...answers, ...back].map(({ status }) => status)).toEqual([204, 204, 204, 204]);
  expect(list).toEqual({
    items: [{ accountId: other.id, nickname: 'bora', blockedAt: '2026-03-02T03:00:00.000Z' }],
    nextCursor: null,
  });
  expect(await listed(person)).toEqual([]);
  // One direction: the other's list does not know of it.
  expect(await listed(other)).toEqual([]);
  expect(await itemsOf(moim, 'Blocks', { accountId: person.id })).toMatchObject([{ count: 0 }]);
});

test('oneself, who does not exist, and what is no id cannot be blocked; nor can a guest block', async () => {
  const [person, gone] = [await someone(moim), await someone(moim)];
  await become(moim, gone, 'WITHDRAWN');

  const replies = [
    await block(person, person.id),
    await block(person, '01900000-0000-7000-8000-000000000000'),
    await block(person, gone.id),
    await block(person, 'me'),
  ];

  expect(replies.map(outcome)).toEqual(['INVALID_REQUEST', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  expect((await moim.guest.send('PUT', `${path}/${person.id}`)).status).toBe(401);
  expect(await listed(person)).toEqual([]);
});

test('somebody who has withdrawn after they were blocked stays listed without a name, and can be taken off', async () => {
  const [person, other] = [await someone(moim), await someone(moim, 'chaewon')];
  await block(person, other.id);
  const [{ type: _type, v: _version, nickname: _nickname, ...account }] = await itemsOf(moim, 'Account', {
    accountId: other.id,
  });
  await put(moim, 'Account', { ...account, status: 'WITHDRAWN' });

  const { body } = await person.get(path);
  const { status } = await person.delete(`${path}/${other.id}`);

  expect(body.items).toMatchObject([{ nickname: '(unknown)' }]);
  expect(status).toBe(204);
});

test('five hundred and not one more, however many come at once; blocking one of them again is fine', async () => {
  const person = await someone(moim);
  await put(moim, 'Blocks', { accountId: person.id, count: 498 });
  const others = await crowd(moim, 5);

  const first = await Promise.all(others.map(({ id }) => block(person, id)));
  // Whoever met another at the same moment tries again.
  const replies = await Promise.all(
    first.map((reply, i) => (outcome(reply) === 'TRY_AGAIN' ? block(person, others[i]!.id) : reply)),
  );

  const blocked = await listed(person);
  expect(tally(replies)).toEqual({ 204: 2, TOO_MANY_BLOCKS: 3 });
  expect(blocked).toHaveLength(2);
  expect(outcome(await block(person, blocked[0]!))).toBe(204);
  await person.delete(`${path}/${blocked[0]}`);
  expect(outcome(await block(person, others.find(({ id }) => !blocked.includes(id))!.id))).toBe(204);
});

test('a block whose answer was lost counts once', async () => {
  const [person, other] = [await someone(moim), await someone(moim)];

  moim.table.faults.add({ kind: 'timeoutAfter', operation: 'TransactWriteItems' });
  const done = await block(person, other.id);
  moim.table.faults.add({ kind: 'timeoutAfter', operation: 'TransactWriteItems' });
  const undone = await person.delete(`${path}/${other.id}`);

  expect([done.status, undone.status]).toEqual([204, 204]);
  expect(await itemsOf(moim, 'Blocks', { accountId: person.id })).toMatchObject([{ count: 0 }]);
});

test('pages follow each other, of one’s own list alone', async () => {
  const [person, other] = [await someone(moim), await someone(moim)];
  const others = await crowd(moim, 5);
  for (const { id } of others) await block(person, id);
  const { body } = await person.get(`${path}?limit=2`);

  expect((await listed(person)).toSorted()).toEqual(others.map(({ id }) => id).toSorted());
  expect((await pagesOf(person, path, 2)).map(({ length }) => length)).toEqual([2, 2, 1]);
  expect(outcome(await other.get(`${path}?cursor=${body.nextCursor}`))).toBe('INVALID_CURSOR');
});

test('row 84: the certifications of a blocked author are out of the blocker’s lists; the leader still sees them', async () => {
  const [leader, reader, author] = [await someone(moim), await someone(moim), await someone(moim)];
  const team = await found(leader, {}, reader, author);
  const { body: one } = await certify(author, team);
  const { body: own } = await certify(reader, team);
  for (const { id } of [one, own]) await leader.post(`${team.path}/certifications/${id}/approve`);
  const seenBy = async (person: Person) =>
    idsOf([(await person.get(`${team.path}/certifications`)).body.items]).toSorted();
  const both = [one.id, own.id].toSorted();

  const before = await seenBy(reader);
  await block(reader, author.id);
  await block(leader, author.id);

  expect(before).toEqual(both);
  expect(await seenBy(reader)).toEqual([own.id]);
  expect(await seenBy(author)).toEqual(both);
  expect(await seenBy(leader)).toEqual(both);
  await reader.delete(`${path}/${author.id}`);
  expect(await seenBy(reader)).toEqual(both);
});
