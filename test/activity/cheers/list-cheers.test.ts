/** Row 63: who cheers. */
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { certify, found, leave } from '../../support/scene.ts';

const moim = useMoim();

test('who cheers, with which kinds; also former members; without those whom one has blocked', async () => {
  const [leader, author, one, other] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  const here = await found(leader, { endDate: '2026-12-31', approval: 'AUTO' }, author, one, other);
  const { body } = await certify(author, here);
  await moim.settle();
  const cheers = `${here.path}/certifications/${body.id}/cheers`;
  for (const [person, kind] of [
    [one, 'STAR'],
    [one, 'HEART'],
    [other, 'CLAP'],
    [leader, 'CRY'],
  ] as const)
    await person.put(`${cheers}/me`, { kind });
  await leader.delete(`${cheers}/me`);
  await leave(other, here);
  await moim.settle();
  const seenBy = async (person: Person, query = '') => (await person.get(`${cheers}${query}`)).body;
  const named = ({ account, kinds }: { account: { nickname: string }; kinds: string[] }) => [account.nickname, kinds];

  const { items } = await seenBy(author);
  expect(items.map(named).toSorted()).toEqual(
    [
      [one.nickname, ['HEART', 'STAR']],
      [other.nickname, ['CLAP']],
    ].toSorted(),
  );
  expect(items.every(({ cheeredAt }: { cheeredAt: string }) => cheeredAt.startsWith('20'))).toBe(true);
  const first = await seenBy(author, '?limit=1');
  const all = [...first.items];
  for (let { nextCursor } = first; nextCursor; ) {
    const page = await seenBy(author, `?limit=1&cursor=${nextCursor}`);
    all.push(...page.items);
    nextCursor = page.nextCursor;
  }
  expect(all).toEqual(items);

  await author.put(`/v1/accounts/me/blocks/${one.id}`);
  expect((await seenBy(author)).items.map(named)).toEqual([[other.nickname, ['CLAP']]]);
});
