import { atEachRequest } from '../../support/faults.ts';
import type { Person } from '../../support/moim.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { certify } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { decide, report, type Scene, sceneOf } from './scene.ts';

const moim = useMoim();
const scene = (size?: number) => sceneOf(moim, size);

/** What somebody was told of reports, sorted. */
async function toldOf(who: Person) {
  await moim.settle();
  const { body } = await who.get('/v1/notifications');
  return body.items
    .filter(({ type }: { type: string }) => type.startsWith('REPORT_'))
    .map(({ type, text }: { type: string; text: string }) => `${type} ${text}`)
    .toSorted();
}
const received = 'REPORT_RECEIVED Something was reported in Algorithms every day. Please review it.';
const hidden =
  'REPORT_HIDDEN Something reported by several people in Algorithms every day is now hidden. Please review it.';
const accepted = 'REPORT_ACCEPTED Your report in Algorithms every day was reviewed. The content is hidden.';
const rejected = 'REPORT_REJECTED Your report in Algorithms every day was reviewed. The content stays.';
const toldTo = (people: readonly Person[]) => Promise.all(people.map(toldOf));

test('row 83: the leader hears of the first report and of the third, in nobody’s name; again after a decision', async () => {
  const here = await scene(6);
  const [a, b, c, d, e] = here.others as [Person, Person, Person, Person, Person];
  // A reporter whom the leader has blocked is heard all the same.
  await here.leader.put(`/v1/accounts/me/blocks/${a.id}`);

  await report(a, here, { text: 'Copied' });
  const one = await toldOf(here.leader);
  await report(b, here);
  const two = await toldOf(here.leader);
  await report(c, here);
  const three = await toldOf(here.leader);
  await decide(here.leader, here, 'KEEP');
  await report(d, here);
  await report(e, here);
  const anew = await toldOf(here.leader);

  expect([one, two, three, anew]).toEqual([[received], [received], [hidden, received], [hidden, received, received]]);
  const ofReports = ({ notice }: { notice?: string }) => notice?.startsWith('REPORT_');
  const stored = (await itemsOf(moim, 'Notification', { accountId: here.leader.id })).filter(ofReports);
  expect(stored.filter(({ notice }) => notice === 'REPORT_RECEIVED')[0].link).toEqual({
    screen: 'reports',
    groupId: here.groupId,
  });
  const events = (await itemsOf(moim, 'Outbox')).filter(ofReports);
  for (const { id, nickname } of here.others)
    expect(JSON.stringify([stored, events.filter(({ to }) => to.includes(here.leader.id))])).not.toMatch(
      new RegExp(`${id}|${nickname}`),
    );
  expect(await toldTo([d, e])).toEqual([[], []]);
});

test('row 83: of reports at once one is the first and one the third, in every round', async () => {
  const rounds: unknown[] = [];
  for (let round = 0; round < runs(2); round++) {
    const here = await scene(4);
    await Promise.all(here.others.slice(0, 3).map((who) => report(who, here)));
    rounds.push((await toldOf(here.leader)).toSorted());
  }

  expect(rounds).toEqual(Array(runs(2)).fill([hidden, received]));
});

test('row 83: the leader is told in their language, and not over the socket where that is switched off', async () => {
  const here = await scene(1);
  await here.leader.send('PATCH', '/v1/accounts/me/notification-settings', { body: { types: { group: false } } });
  const socket = await here.leader.socket();

  await report(here.others[0]!, here);
  await moim.settle();
  await socket.ask({ id: 1, action: 'ping' });

  const { body } = await here.leader.get('/v1/notifications', { 'accept-language': 'ko' });
  expect(body.items.map(({ text }: { text: string }) => text)).toContain(
    'Algorithms every day에 신고가 접수됐어요. 확인해 주세요.',
  );
  expect(socket.events).toEqual([]);
  socket.close();
});

test('row 83: what the leader wrote waits for administrators, and what the leader reports they know', async () => {
  const here = await scene(2);
  const { body } = await certify(here.leader, here);
  const own: Scene = { ...here, subject: `certification:${body.id}` };

  await report(here.others[0]!, own);
  await report(here.leader, here);

  expect(await toldOf(here.leader)).toEqual([]);
});

test('row 83: who reported hears what was decided, once, and nothing of it is kept then', async () => {
  const here = await scene(5);
  const [a, b, c, d, bystander] = here.others as [Person, Person, Person, Person, Person];
  await report(a, here);
  await report(b, here);
  const before = await itemsOf(moim, 'Reporter', { groupId: here.groupId });

  await decide(here.leader, here, 'KEEP');
  const kept = await toldTo([a, b, here.author, bystander]);
  await report(c, here);
  await report(d, here);
  await decide(here.leader, here, 'HIDE');
  const hid = await toldTo([a, b, c, d, here.author, bystander]);
  await decide(here.leader, here, 'KEEP');

  expect(before.map(({ accountId }) => accountId).toSorted()).toEqual([a.id, b.id].toSorted());
  expect(kept).toEqual([[rejected], [rejected], [], []]);
  expect(hid).toEqual([[rejected], [rejected], [accepted], [accepted], [], []]);
  expect(await toldTo([a, c])).toEqual([[rejected], [accepted]]);
  expect(await itemsOf(moim, 'Reporter', { groupId: here.groupId })).toEqual([]);
});

test('row 83: a leader who reported it first and decides knows all that, and is told nothing', async () => {
  const here = await scene(2);
  const [other] = here.others;
  await report(here.leader, here);
  await report(other!, here);

  await decide(here.leader, here, 'HIDE');

  expect(await toldTo([here.leader, other!])).toEqual([[], [accepted]]);
  expect(await itemsOf(moim, 'Reporter', { groupId: here.groupId })).toEqual([]);
});

test('row 83: a report and a decision at once: each reporter hears of the first decision that came after them', async () => {
  for (let round = 0; round < runs(2); round++) {
    const here = await scene(3);
    const [a, b] = here.others as [Person, Person];
    await report(a, here);
    await Promise.all([report(b, here), decide(here.leader, here, 'KEEP')]);
    const [told, late] = await toldTo([a, b]);
    const waits = (await itemsOf(moim, 'Reporter', { groupId: here.groupId })).map(({ accountId }) => accountId);

    expect(told).toEqual([rejected]);
    expect([late, waits]).toEqual(waits.length > 0 ? [[], [b.id]] : [[rejected], []]);
  }
});

test('whatever the table does at whichever request, the leader is told once and the reporter waits once', async () => {
  const reportedBy = new Map<string, Person>();
  await atEachRequest(
    moim,
    2,
    async () => {
      const here = await scene(1);
      reportedBy.set(here.groupId, here.others[0]!);
      return here;
    },
    (here) => report(here.others[0]!, here),
    async (here, again, fault) => {
      const reporters = await itemsOf(moim, 'Reporter', { groupId: here.groupId });
      expect([fault, outcome(again), await toldOf(here.leader), reporters.length]).toEqual([fault, 204, [received], 1]);
    },
  );
});

test('row 83: a month after the report nobody is told any more', async () => {
  const here = await scene(2);
  await report(here.others[0]!, here);
  const [{ expiresAt }] = await itemsOf(moim, 'Reporter', { groupId: here.groupId });
  const [crowded] = await crowd(moim, 1);

  expect(expiresAt).toBe(Math.floor(moim.clock.now() / 1000) + 30 * 86_400);
  expect(await toldOf(crowded!)).toEqual([]);
});
