/** Each step of a reminder fails, dies, or meets another: one notice, one entry, and the truth of the moment. */
import type { FaultKind } from '../../../local/engines/table/faults.ts';
import { iso } from '../../../shared/core/time.ts';
import { due } from '../../../shared/data/due.ts';
import { interrupted } from '../../support/between.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, lastTick, renew, someone, tick } from '../../support/people.ts';
import { certify, found, leave, team } from '../../support/scene.ts';
import { committed, itemsOf, take } from '../../support/table.ts';
import { firstLines, long, mission, nextLook, remindersOf, runAt, seoul } from './scene.ts';

const moim = useMoim();

/** The requests that name somebody: what is read of them, their agendas apart; the commit; the entry that is removed. */
const requests = 5;
const kinds: readonly FaultKind[] = ['timeoutAfter', 'timeoutBefore', 'throttle', 'error500', 'conflict'];

test('a run that fails or dies at any of its requests, in any way, is done by a later one: one notice and one entry', async () => {
  const runs = await Promise.all(
    kinds.flatMap((kind) =>
      Array.from({ length: requests }, async (_, i) => ({ kind, nth: i + 1, person: await someone(moim), hit: false })),
    ),
  );
  const leader = await someone(moim, 'faults leader');
  for (let n = 0; n < runs.length; n += 9)
    await found(leader, { ...long(moim), title: `Faults ${n}` }, ...runs.slice(n, n + 9).map(({ person }) => person));
  await moim.settle();
  await at(moim, seoul('03-02 20:00'));
  for (const run of runs) {
    let seen = 0;
    // All tries of the SDK fail, so the run itself does.
    moim.table.faults.add({
      kind: run.kind,
      match(body) {
        const text = JSON.stringify(body);
        if (!text.includes(run.person.id) || /INBOX|UNREAD|SETTINGS|BLOCK|CONNECTIONS/.test(text)) return false;
        if (run.kind === 'conflict' && !('TransactItems' in body)) return false;
        seen++;
        if (seen < run.nth || seen >= run.nth + (run.kind === 'timeoutAfter' ? 1 : 4)) return false;
        run.hit = true;
        return true;
      },
    });
  }
  await tick(moim);
  await moim.settle();
  moim.table.faults.clear();
  for (const minute of ['01', '03', '07', '15']) await runAt(moim, `03-02 20:${minute}`);

  expect(runs.filter(({ hit, kind }) => !hit && kind !== 'conflict')).toEqual([]);
  for (const { person, kind, nth } of runs) {
    const reminders = await firstLines(moim, person);
    const looks = await nextLook(moim, person);
    expect([kind, nth, reminders.length, looks]).toEqual([kind, nth, 1, ['2026-03-03T11:00:00.000Z']]);
  }
});

test('another run right before the commit: one of the two speaks', async () => {
  const leader = await someone(moim, 'between leader');
  const members = (await crowd(moim, 2)) as [Person, Person];
  await found(leader, { ...long(moim), title: 'Between' }, ...members);
  await moim.settle();
  await at(moim, seoul('03-03 20:00'));
  await interrupted(
    moim,
    () => tick(moim),
    () => tick(moim),
  );
  await moim.settle();
  await runAt(moim, '03-03 20:01');

  for (const person of members) expect(await remindersOf(moim, person)).toHaveLength(1);
});

test('who certifies right before the commit is not reminded: the commit holds only as long as nothing was done', async () => {
  const { member, ...here } = await team(moim, { ...long(moim), title: 'Overtaken' });
  const other = await mission(moim, here.leader, here, { kind: 'REPEAT', title: 'Other', frequency: { every: 'DAY' } });
  await moim.settle();
  await at(moim, seoul('03-04 20:00'), member);
  let tried = false;
  const callOff = moim.table.faults.add({
    kind: 'between',
    operation: ['TransactWriteItems'],
    nth: 1,
    match: (body) => JSON.stringify(body).includes(`REMINDING#${member.id}`),
    async run() {
      tried = true;
      const { status } = await certify(member, here);
      expect(status).toBe(201);
    },
  });
  await tick(moim);
  callOff();
  await moim.settle();

  expect([tried, other.length]).toEqual([true, 36]);
  expect(await firstLines(moim, member)).toEqual(['Left for today: Other (Overtaken).']);
  expect(await nextLook(moim, member)).toEqual(['2026-03-05T11:00:00.000Z']);
});

test('an entry that comes for nothing, of somebody unknown, of yesterday, or of an account that is gone, does no harm', async () => {
  const { member, leader, ...here } = await team(moim, { ...long(moim), title: 'Nothing' });
  await moim.settle();
  const now = iso(moim.clock.now());
  const unknown = '0193f2a0-0000-7000-8000-00000000abcd';
  await committed(moim, [
    due({ kind: 'remind', subject: member.id, at: now }),
    due({ kind: 'remind', subject: unknown, at: now }),
  ]);
  await moim.clock.advance(60_000);
  await tick(moim);

  expect(lastTick(moim)).toMatchObject({ remind: expect.any(Number) });
  expect(lastTick(moim).failed).toBeUndefined();
  expect(await nextLook(moim, member)).toEqual(['2026-03-05T11:00:00.000Z']);
  expect(await itemsOf(moim, 'Due', { subject: unknown })).toEqual([]);

  await renew(moim, member);
  await leave(member, here);
  await moim.settle();
  await runAt(moim, '03-05 20:00');
  expect(await remindersOf(moim, member)).toEqual([]);
  expect(await nextLook(moim, member)).toEqual([]);
  expect(await remindersOf(moim, leader)).toHaveLength(1);
});

test('what was put aside is begun again by the next cause', async () => {
  const { member, ...here } = await team(moim, { ...long(moim), title: 'Aside' });
  await moim.settle();
  // As if ten tries had failed: the entry is gone, and the instant is still kept.
  const [entry] = await itemsOf(moim, 'Due', { kind: 'remind', subject: member.id });
  moim.table.faults.add({
    kind: 'error500',
    times: 50,
    match: (body) => JSON.stringify(body).includes(`REMINDING#${member.id}`),
  });
  await at(moim, entry.at);
  await tick(moim);
  moim.table.faults.clear();
  expect(lastTick(moim)).toMatchObject({ failed: 1 });
  for (const one of await itemsOf(moim, 'Due', { kind: 'remind', subject: member.id })) await take(moim, one);
  await at(moim, seoul('03-07 10:00'), member);
  await member.send('PUT', `${here.path}/missions/${here.missionId}/reminder`, { body: { times: ['19:00'] } });

  expect(await nextLook(moim, member)).toEqual(['2026-03-07T10:00:00.000Z']);
});
