/** Row 63: cheers for certifications of others, one of a kind each. */
import { contract } from '../../../functions/activity/cheers/contract.ts';
import { cheerKinds } from '../../../functions/activity/cheers/values.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { hearing } from '../../support/hearing.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { certify, found, kick } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { cheering } from './scene.ts';

const moim = useMoim();

const scene = (...others: readonly Person[]) => cheering(moim, ...others);

test('row 63: everybody counts once for each kind, and sees which are their own', async () => {
  const { leader, author, member, seenBy, cheersBy, cheers, here } = await scene();

  expect(await seenBy(member)).toEqual([]);
  for (const kind of ['STAR', 'HEART', 'HEART']) expect((await cheersBy(member, kind)).status).toBe(204);
  await cheersBy(leader);
  expect(await seenBy(member)).toEqual([
    { kind: 'HEART', count: 2, mine: true },
    { kind: 'STAR', count: 1, mine: true },
  ]);
  expect(await seenBy(author)).toEqual([
    { kind: 'HEART', count: 2, mine: false },
    { kind: 'STAR', count: 1, mine: false },
  ]);
  const [listed] = (await leader.get(`${here.path}/certifications`)).body.items;
  expect(listed.cheers.at(1)).toEqual({ kind: 'STAR', count: 1, mine: false });

  for (let nth = 0; nth < 2; nth++) expect((await member.delete(`${cheers}/me?kind=STAR`)).status).toBe(204);
  expect(await seenBy(member)).toEqual([{ kind: 'HEART', count: 2, mine: true }]);
  for (const kind of cheerKinds) await cheersBy(member, kind);
  expect(await seenBy(member)).toHaveLength(6);
  for (let nth = 0; nth < 2; nth++) expect((await member.delete(`${cheers}/me`)).status).toBe(204);
  expect(await seenBy(member)).toEqual([{ kind: 'HEART', count: 1, mine: false }]);
});

test('never for one’s own, with another sign, from outside, or for what one does not see', async () => {
  const [stranger, removed] = (await crowd(moim, 2)) as [Person, Person];
  const { leader, author, member, here, one, cheers, cheersBy } = await scene(removed);
  await kick(leader, here, removed);

  const own = await cheersBy(author);
  expect([own.status, own.body.errors[0].pointer]).toEqual([422, 'path/certificationId']);
  expect((await cheersBy(member, 'POOP')).status).toBe(422);
  for (const person of [stranger, removed]) {
    expect((await cheersBy(person)).status).toBe(404);
    expect((await person.delete(`${cheers}/me`)).status).toBe(404);
    expect((await person.get(cheers)).status).toBe(404);
  }
  const subject = one.replace(/.*\//, 'certification:');
  await leader.post(`${here.path}/reports/decisions`, { subject, decision: 'HIDE' });
  await member.post(`${here.path}/reports`, { subject, reason: 'SPAM' });
  expect((await cheersBy(member)).status).toBe(404);
  expect((await cheersBy(leader)).status).toBe(204);
});

test('only what is approved is cheered for; what is edited keeps its cheers for then', async () => {
  const [leader, author] = (await crowd(moim, 2)) as [Person, Person];
  const here = await found(leader, {}, author);
  const { body } = await certify(author, here);
  await moim.settle();
  const one = `${here.path}/certifications/${body.id}`;
  const cheer = () => leader.put(`${one}/cheers/me`, { kind: 'HEART' });

  expect([(await cheer()).body.code, (await leader.get(one)).body.cheers]).toEqual(['NOT_APPLICABLE', null]);
  const approved = await leader.post(`${one}/approve`);
  expect([approved.body.cheers, (await cheer()).status]).toEqual([null, 204]);
  await author.patch(one, { text: 'Better' });
  expect((await leader.get(one)).body.cheers).toBeNull();
  await leader.post(`${one}/approve`);
  expect((await leader.get(one)).body.cheers).toEqual([{ kind: 'HEART', count: 1, mine: true }]);
});

test('many at once, and the same one many times at once: each counts once', async () => {
  const others = (await crowd(moim, 6)) as Person[];
  const { seenBy, cheersBy, cheers, member } = await scene(...others);

  const all = [...others, ...others, ...others].map((person) => cheersBy(person));
  expect(new Set((await Promise.all(all)).map(({ status }) => status))).toEqual(new Set([204]));
  expect(await seenBy(member)).toEqual([{ kind: 'HEART', count: 6, mine: false }]);
  const back = [...others, ...others].map((person) => person.delete(`${cheers}/me`));
  expect(new Set((await Promise.all(back)).map(({ status }) => status))).toEqual(new Set([204]));
  expect(await seenBy(member)).toEqual([]);
});

test('open pages of those who see it get the counts', async () => {
  const [stranger] = (await crowd(moim, 1)) as [Person];
  const { author, member, leader, cheersBy, cheers, id, here } = await scene();
  const sockets = await Promise.all([author, leader, stranger].map((each) => each.socket()));
  const heard = hearing(moim, sockets, contract.events.cheersChanged);

  await cheersBy(member, 'CRY');
  const none = { HEART: 0, CLAP: 0, FIRE: 0, SMILE: 0, CRY: 0, STAR: 0 };
  const first = { groupId: here.groupId, certificationId: id, ...none, CRY: 1 };
  expect((await heard()).map((all) => all.at(-1))).toEqual([first, first, undefined]);
  await member.delete(`${cheers}/me`);
  expect((await heard()).map((all) => all.at(-1))).toEqual([{ ...first, CRY: 0 }, { ...first, CRY: 0 }, undefined]);
  for (const socket of sockets) socket.close();
});

test('cheers go with their certification, and none comes after', async () => {
  const { author, member, leader, cheersBy, one, id } = await scene();
  await cheersBy(member);
  await cheersBy(leader, 'STAR');
  await author.delete(one);
  expect((await cheersBy(member)).status).toBe(404);
  await moim.settle();

  const left = (await itemsOf(moim, 'Cheer')).filter((item) => item.certificationId === id);
  expect(left).toEqual([]);
  const [count] = (await itemsOf(moim, 'CheerCount')).filter((item) => item.certificationId === id);
  expect(count).toMatchObject({ gone: true, expiresAt: expect.any(Number) });
  expect(cheerKinds.filter((kind) => count?.[kind] !== undefined)).toEqual([]);
});

test('row 130: cheering ends for the hour, and everybody else goes on', async () => {
  const { member, leader, cheersBy, cheers } = await scene();
  const { times, lot } = fairUse.cheer;
  let done = 0;
  while (done <= times + lot && (await cheersBy(member)).status === 204) done++;

  expect([done >= times - lot, done <= times + lot]).toEqual([true, true]);
  expect((await cheersBy(leader)).status).toBe(204);
  expect((await member.delete(`${cheers}/me`)).status).toBe(204);
});

test('a cheer costs two requests and four write units; taking one back the same, nothing again none', async () => {
  const { member, cheersBy, cheers } = await scene();
  const cost = (route: string) => Object.values(costOf(moim, route));

  await cheersBy(member);
  // Session and account; group, membership, certification (a KB and more), what they have reported.
  expect(cost('cheer')).toEqual([2, 2, 6, 4]);
  await member.delete(`${cheers}/me`);
  expect(cost('takeBackCheer')).toEqual([2, 2, 7, 4]);
  await member.delete(`${cheers}/me`);
  expect(cost('takeBackCheer')).toEqual([1, 1, 7, 0]);
});
