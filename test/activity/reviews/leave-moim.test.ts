import { unzipSync } from 'fflate';
import { type Person, useMoim } from '../../support/moim.ts';
import { nextTick, someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const leave = { reason: 'Found another hobby' };
async function withdraw(person: Person) {
  const { status } = await person.post('/v1/accounts/me/withdrawal', leave);
  expect(status).toBe(204);
}
async function erase() {
  await moim.settle();
  await nextTick(moim);
  await moim.settle();
}
const review = (by: Person, path: string, about: Person, score: number, text: string) =>
  by.send<{ code: string }>('PUT', `${path}/reviews/${about.id}`, { body: { score, text } });

test('rows 17, 69: reviews about who withdraws go; those they wrote stay, and nothing says any more who wrote them', async () => {
  const leader = await someone(moim);
  const [ari, bora] = [await moim.person('ari'), await someone(moim)];
  const { path } = await found(leader, {}, ari, bora);
  await review(bora, path, ari, 3, 'Sleeps in');
  await review(leader, path, ari, 5, 'Is fine');
  await review(ari, path, bora, 9, 'Helps everybody');

  await withdraw(ari);
  const late = [await review(leader, path, ari, 4, 'Gone'), await review(ari, path, leader, 4, 'Bye')];
  await erase();

  const all = [...(await itemsOf(moim, 'Review')), ...(await itemsOf(moim, 'WrittenReview', { accountId: ari.id }))];
  expect(late.map(outcome)).toEqual(['NOT_FOUND', 'TOKEN_INVALID']);
  expect(all).toMatchObject([{ accountId: bora.id, text: 'Helps everybody' }]);
  expect(JSON.stringify(all)).not.toContain(ari.id);
  expect(await itemsOf(moim, 'ReviewScore', { accountId: ari.id })).toEqual([]);
  expect((await bora.get('/v1/accounts/me/reviews/received')).body.items).toEqual([
    { score: 9, text: 'Helps everybody', month: '2026-03' },
  ]);
  expect((await leader.get(`/v1/accounts/${bora.id}`)).body.reviews).toEqual({ average: 9, count: 1 });
  // The writers' own lists show nothing that is gone, and taking it back leaves nothing.
  expect((await bora.get('/v1/accounts/me/reviews')).body.items).toEqual([]);
  expect(outcome(await bora.delete(`${path}/reviews/${ari.id}`))).toBe(204);
  expect(await itemsOf(moim, 'WrittenReview', { accountId: bora.id })).toEqual([]);
  expect(await itemsOf(moim, 'ReviewScore', { accountId: ari.id })).toEqual([]);
});

test('rows 69, 121: an export holds what one wrote of others, and what others wrote without who', async () => {
  const leader = await someone(moim);
  const chae = await moim.person('chae');
  const { path, groupId } = await found(leader, {}, chae);
  await review(chae, path, leader, 10, 'Leads well');
  await review(leader, path, chae, 2, 'Rarely there');

  await chae.post('/v1/accounts/me/exports');
  await moim.settle();
  await nextTick(moim);
  const [{ url }] = (await chae.get('/v1/accounts/me/exports')).body.items;
  const files = unzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  const data = JSON.parse(new TextDecoder().decode(files['data.json']));

  expect(data.reviewsWritten).toMatchObject([{ groupId, revieweeId: leader.id, score: 10, text: 'Leads well' }]);
  expect(data.reviewsReceived).toEqual([{ score: 2, text: 'Rarely there', month: '2026-03' }]);
});
