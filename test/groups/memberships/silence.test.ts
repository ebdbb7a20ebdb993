import { type Person, useMoim } from '../../support/moim.ts';
import { at, lastTick, someone, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { inboxOf, leadersOf } from './support.ts';

const moim = useMoim();
const day = 86_400_000;
const terms = { startDate: undefined, endDate: '2026-12-31' };

/** Lets time pass, a day at a time: the stream tells of what ended, and forgets after a day. */
async function passTo(instant: string, ...people: Person[]) {
  for (let then = moim.clock.now() + day; then < Date.parse(instant); then += day) {
    await moim.clock.advanceTo(then);
    await moim.settle();
  }
  await at(moim, instant, ...people);
  await moim.settle();
}
/** What is due of groups, at an instant. */
async function jobAt(instant: string, ...people: Person[]) {
  await passTo(instant, ...people);
  await tick(moim);
  await moim.settle();
}
const groupOf = async (groupId: string) => (await itemsOf(moim, 'Group', { groupId }))[0];
const mailsTo = ({ email }: Person) => moim.mail.list({ to: email }).filter(({ subject }) => subject.includes('lead'));
/** A leader who has signed up and in, with a member who has not. */
async function pair(nickname: string, more: object = {}) {
  const [leader, member] = [await moim.person(nickname), await someone(moim)];
  return { leader, member, ...(await found(leader, { ...terms, ...more }, member)) };
}
test('row 125: a leader who is not there is warned after three weeks and followed a week later, and hears it', async () => {
  const { leader, member, groupId } = await pair('silent');

  await jobAt('2026-03-22T03:00:00Z');
  const early = [(await groupOf(groupId)).silence, mailsTo(leader).length];
  await jobAt('2026-03-23T03:00:00Z');
  await jobAt('2026-03-23T03:15:00Z');
  const warned = [(await leadersOf(moim, groupId)).length, mailsTo(leader).map(({ subject }) => subject)];
  await jobAt('2026-03-30T02:45:00Z');
  const waits = await leadersOf(moim, groupId);
  await jobAt('2026-03-30T03:00:00Z');
  await jobAt('2026-03-30T03:15:00Z', leader, member);

  expect(early).toEqual([{ accountId: leader.id, since: '2026-03-02T03:00:00.000Z' }, 0]);
  expect(warned).toEqual([1, ['[moim] Your group will soon have another leader']]);
  expect(waits).toEqual([leader.id]);
  expect(await leadersOf(moim, groupId)).toEqual([member.id]);
  expect(await groupOf(groupId)).toMatchObject({ leaderId: member.id, memberCount: 2 });
  expect((await inboxOf(leader)).toReversed().slice(-2)).toEqual([
    'LEADER_SILENT You have not visited Algorithms every day for a while. Unless you sign in by March 30, another member will become its leader.',
    'ROLE_CHANGED Your role in Algorithms every day is now member.',
  ]);
  expect((await inboxOf(member))[0]).toContain('OWNER_CHANGED');
  const { body } = await member.get(`/v1/groups/${groupId}/decisions`);
  expect(body.items).toMatchObject([{ before: 'MEMBER', after: 'LEADER', subject: { id: member.id } }]);
});

test('row 125: who signs in before the day goes on leading, and the silence is forgotten', async () => {
  const start = new Date(moim.clock.now()).toISOString();
  const { leader, groupId } = await pair('returning');
  const later = (days: number) => new Date(Date.parse(start) + days * day).toISOString();

  await jobAt(later(22));
  const warned = (await groupOf(groupId)).silence.warnedAt;
  await moim.signIn(leader.email);
  await jobAt(later(30));

  expect(warned).toBe(later(22));
  expect(await leadersOf(moim, groupId)).toEqual([leader.id]);
  expect(await groupOf(groupId)).not.toHaveProperty('silence');
});

test('row 125: a sign-out is a sign of life: neither does anybody follow at once, nor the rule before its time', async () => {
  const { leader, member, groupId, path } = await pair('leaving');
  const start = moim.clock.now();
  const later = (days: number) => new Date(start + days * day).toISOString();

  await leader.delete('/v1/sessions/current');
  await moim.settle();
  const ended = (await leader.delete('/v1/sessions/current')).status;
  const atOnce = await member.post(`${path}/leader/succession`);
  await passTo(later(13), member);
  const soon = await member.post(`${path}/leader/succession`);
  await passTo(later(14), member);
  const after = await member.post(`${path}/leader/succession`);

  expect(ended).toBeLessThan(500);
  expect([atOnce, soon, after].map(outcome)).toEqual(['NOT_APPLICABLE', 'NOT_APPLICABLE', 200]);
  // What was noted of the one before is not held against who leads now.
  await jobAt(later(22));
  expect(await leadersOf(moim, groupId)).toEqual([member.id]);
  expect(await groupOf(groupId)).not.toHaveProperty('silence');
});

test('row 125: one device of two is no silence; a group that is over, and a leader alone, are left in peace', async () => {
  const start = moim.clock.now();
  const later = (days: number) => new Date(start + days * day).toISOString();
  const { leader, groupId } = await pair('twice');
  const over = await found(leader, { startDate: undefined, endDate: later(20).slice(0, 10) });
  const alone = await found(leader, terms);
  const phone = await moim.signIn(leader.email);
  await leader.delete('/v1/sessions/current');
  await moim.settle();
  const still = await groupOf(groupId);

  await passTo(later(10));
  await moim.guest.post('/v1/sessions/refresh', { refreshToken: phone.tokens.refreshToken });
  await jobAt(later(25));
  const noted = await groupOf(groupId);
  await jobAt(later(60));
  await jobAt(later(61));

  expect(still).not.toHaveProperty('silence');
  expect(noted.silence).toEqual({ accountId: leader.id, since: later(10) });
  expect(await groupOf(over.groupId)).toMatchObject({ status: 'FINISHED', leaderId: leader.id });
  expect(await groupOf(alone.groupId)).toMatchObject({ leaderId: leader.id });
  expect(await groupOf(alone.groupId)).not.toHaveProperty('silence');
});

test('row 125: two runs at once warn once and leave one leader; who leads then and is silent too is warned in turn', async () => {
  const { leader, member, groupId } = await pair('doubled');
  await member.delete('/v1/sessions/current');
  const start = moim.clock.now();
  const later = (days: number) => new Date(start + days * day).toISOString();
  const twice = async (instant: string) => {
    await passTo(instant);
    // One of them may find the other in its way, and is repeated by the scheduler.
    await Promise.allSettled([tick(moim), tick(moim)]);
    await moim.settle();
  };

  await twice(later(22));
  const mails = mailsTo(leader).length;
  await twice(later(30));
  const followed = await groupOf(groupId);
  await jobAt(later(52));
  const inTurn = await groupOf(groupId);

  expect(mails).toBe(1);
  expect(await leadersOf(moim, groupId)).toEqual([member.id]);
  expect(followed.silence).toEqual({ accountId: member.id, since: later(30) });
  expect(inTurn.silence.warnedAt).toBe(later(52));
  const decisions = await itemsOf(moim, 'Decision', { scopeId: groupId });
  expect(decisions).toHaveLength(1);
});

test('row 125: a run that finds nobody silent looks at no group', async () => {
  await jobAt(new Date(moim.clock.now() + 3_600_000).toISOString());
  await jobAt(new Date(moim.clock.now() + 900_000).toISOString());

  expect(lastTick(moim)).toMatchObject({ requests: 4, writeUnits: 0 });
  expect(lastTick(moim)).not.toHaveProperty('groupDates');
});
