/** Row 95: when a season has its final ranking, its members are notified once, with the first three. */
import { accept, apply, profile } from '../../groups/clubs/support.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { minute } from '../../support/people.ts';
import { leave } from '../../support/scene.ts';
import { climbers, on, record, season, seasonNoticesOf } from './support.ts';

const moim = useMoim();

test('row 95: at the last closing all members hear who is in front, by the names of today; a season without points ends silently', async () => {
  const club = await climbers(moim, 3);
  const { leader, groupId } = club;
  const [ann, cho, dan] = club.people as [Person, Person, Person];
  const ben = await moim.person('ben');
  await apply(ben, club, { profile });
  await accept(club, ben);
  const all = [leader, ben, ...club.people];
  const id = await season(club, '2026-03-04', '2026-03-17', '봄 시즌');
  await season(club, '2026-03-18', '2026-03-20', 'Empty');
  await on(moim, '2026-03-05T12:00:00Z', ...all);
  // Two have reached the same: who was first comes first. The fourth is not named.
  for (const [who, count] of [[ben, 5] as const, [cho, 5] as const, [ann, 9] as const, [leader, 1] as const]) {
    await record(who, club, '2026-03-05', [4, count]);
    await moim.clock.advance(1);
  }
  await minute(moim);
  await leave(dan, club);

  // The first week closes, then the season with the last week.
  await on(moim, '2026-03-22T15:03:00Z', ...all);
  await minute(moim);
  const early = await seasonNoticesOf(leader);
  await on(moim, '2026-03-29T15:02:00Z', ...all);
  await minute(moim);
  await ben.send('PATCH', '/v1/accounts/me', { body: { nickname: '보라' } });
  const told = await Promise.all([leader, ann, ben, cho, dan].map(async (who) => (await seasonNoticesOf(who)).length));
  await on(moim, '2026-04-20T15:02:00Z', ...all);
  await minute(moim);

  expect(early).toEqual([]);
  expect(told).toEqual([1, 1, 1, 1, 0]);
  const [notice] = await seasonNoticesOf(ann);
  expect(notice).toMatchObject({
    text: `The ranking of 봄 시즌 in Wall to wall is final. In front: ${ann.nickname}, 보라, ${cho.nickname}. Thank you all for climbing!`,
    link: { screen: 'ranking', groupId, seasonId: id },
  });
  expect((await seasonNoticesOf(ann, 'ko')).map(({ text }) => text)).toEqual([
    `Wall to wall의 봄 시즌 순위가 정해졌어요. 맨 앞에 ${ann.nickname}님, 보라님, ${cho.nickname}님이 있어요. 함께 올라 주셔서 고마워요!`,
  ]);
  // The link leads to what is closed, and says the same.
  const { body } = await ann.get(`${club.path}/seasons/${id}/ranking?limit=3`);
  expect([body.closedAt, body.items.map(({ account }: { account: { id: string } }) => account.id)]).toEqual([
    '2026-03-29T15:03:00.000Z',
    [ann.id, ben.id, cho.id],
  ]);
});
