/**
 * Row 95: the acceptance list of rankings, each of its points once. Here are those that need many people, many minutes or a run that
 * dies; the others are shown with the use case that they belong to:
 *
 * 1, 2, 4. points, the minute, a new level, ties and their order: `journey.test.ts`, first test
 * 3, 10. a record that is too old, and deleting an old and a new one: `journey.test.ts`, second test
 * 5. random writes of many against a recompute: here
 * 6. a run that dies at any request: here
 * 7. the last moment before a closing, and the same ranking a month later: Seoul `journey.test.ts`, third test; New York `people.test.ts`
 * 8. an idle hour: here
 * 9. one's own rank in one request: `journey.test.ts`, last test; among a million `../boards/size.test.ts`
 * 11. ten days from a Thursday on: `journey.test.ts`, third test; every season and zone `test/rules/seasons.test.ts`
 * 12. who leaves: `journey.test.ts`, third and fourth test
 */
import type { FaultKind } from '../../../local/engines/table/faults.ts';
import { newId } from '../../../shared/core/ids.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { addDays, dayMs, iso, localDay, minuteMs } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, lastTick, minute, tick } from '../../support/people.ts';
import { runs } from '../../support/runs.ts';
import { randomOf } from '../../support/simulated-room.ts';
import { itemsOf, put, putAll } from '../../support/table.ts';
import { type Climbers, climbed, climbers, on, record, season, seasonNoticesOf } from './support.ts';

const moim = useMoim();

/** A club with a season that began three days ago, and many members who are all there at once. */
async function large(size: number) {
  const club = await climbers(moim, 0);
  const first = localDay(moim.clock.now(), 'Asia/Seoul');
  const id = await season(club, first, addDays(first, 60));
  await on(moim, iso(moim.clock.now() + 3 * dayMs), club.leader);
  const people = await crowd(moim, size);
  const [leads] = await itemsOf(moim, 'Membership', { groupId: club.groupId });
  const { groupId, presentIn, group } = leads;
  const joinedAt = iso(moim.clock.now());
  const member = { groupId, presentIn, group, role: 'MEMBER', state: 'ACTIVE', joinedAt } as const;
  await putAll(
    moim,
    'Membership',
    people.map(({ id: accountId }) => ({ ...member, accountId })),
  );
  await putAll(
    moim,
    'ClubProfile',
    people.map(({ id: accountId }) => ({ groupId, accountId, level: 4, modifiedAt: joinedAt })),
  );
  await moim.settle();
  return { club: { ...club, people } as Climbers, people, first, id };
}

interface Shown {
  readonly counted: number | null;
  readonly week: number;
}

/** The points and ranks of all, counted anew from what their records say. */
async function recomputed({ people }: Climbers, path: string, of: (record: Shown) => boolean) {
  const sums = await inParallel(10, people, async (who) => {
    const { body } = await who.get(`${path}/records`);
    return (body.items as Shown[]).filter(of).reduce((sum, { counted }) => sum + (counted ?? 0), 0);
  });
  return sums.map((points) => ({
    points,
    rank: points > 0 ? 1 + sums.filter((other) => other > points).length : null,
  }));
}

/** All rows of a ranking. */
async function rowsOf(who: Person, path: string) {
  const rows: { account: { id: string }; rank: number; points: number; reachedAt: string }[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await who.get(`${path}&limit=50${cursor}`);
    rows.push(...body.items);
    if (!body.nextCursor) return { rows, members: body.members as number };
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
}

test('row 95 (5): many members, random writes, runs doubled, dropped and at the same time, a stream that is late: ranks are those of a recompute', async () => {
  const { club, people, first, id } = await large(runs(100));
  const { leader, path } = club;
  const random = randomOf(3);
  const below = (n: number) => Math.floor(random() * n);
  const problems = (): [number, number][] => [[1 + below(8), 1 + below(3)]];
  const known = new Map<string, { recordId: string; struck: boolean }>();
  const happened = { made: 0, edited: 0, deleted: 0, struck: 0, restored: 0 };
  async function write(who: Person) {
    const day = addDays(first, below(3));
    const name = `${who.id} ${day}`;
    const mine = known.get(name);
    const one = `${path}/records/${mine?.recordId}`;
    const dice = random();
    let reply: { status: number };
    if (!mine) {
      const made = await record(who, club, day, ...problems());
      known.set(name, { recordId: made.body.id, struck: false });
      happened.made++;
      reply = made;
    } else if (dice < (mine.struck ? 0.6 : 0.25)) {
      const what = mine.struck ? 'restore' : 'strike';
      reply = await leader.post(`${one}/${what}`, { accountId: who.id, ...(mine.struck ? {} : { reason: 'A slip' }) });
      happened[mine.struck ? 'restored' : 'struck']++;
      mine.struck = !mine.struck;
    } else if (dice < 0.5 && !mine.struck) {
      reply = await who.delete(one);
      known.delete(name);
      happened.deleted++;
    } else {
      reply = await who.patch(one, { problems: climbed(day, ...problems()).problems });
      happened.edited++;
    }
    expect(reply.status).toBeLessThan(300);
  }

  for (let round = 0; round < 5; round++) {
    // In some rounds the stream stands still until all is written and the minutes have passed.
    let go = () => {};
    const late = new Promise<void>((resolve) => {
      go = resolve;
    });
    const callOff =
      round % 2 === 0
        ? () => {}
        : moim.table.faults.add({
            ...{ kind: 'between', operation: 'UpdateItem', times: 1000, run: () => late },
            match: (body) => JSON.stringify(body).includes('#publishRanking#'),
          });
    await moim.clock.advance(minuteMs);
    const ticks = Array.from({ length: below(4) }, () => () => tick(moim));
    await inParallel(8, [...people.map((who) => () => write(who)), ...ticks], (act) => act());
    if (random() < 0.5) await Promise.all([tick(moim), tick(moim), tick(moim)]);
    callOff();
    go();
  }
  await minute(moim);
  await minute(moim);

  expect(Math.min(...Object.values(happened))).toBeGreaterThan(people.length / 50);
  expect(await itemsOf(moim, 'ScoreMark')).toEqual([]);
  for (const week of [1, undefined]) {
    const slow = await recomputed(club, path, (each) => week === undefined || each.week === week);
    const ranking = `${path}/seasons/${id}/ranking`;
    const { rows, members } = await rowsOf(leader, `${ranking}?${week ? `week=${week}` : ''}`);
    expect(members).toBe(slow.filter(({ points }) => points > 0).length);
    expect(new Map(rows.map(({ account, rank, points }) => [account.id, { points, rank }]))).toEqual(
      new Map(people.flatMap((who, i) => (slow[i]!.points > 0 ? [[who.id, slow[i]!] as const] : []))),
    );
    const order = rows.map(({ points, reachedAt }) => [-points, Date.parse(reachedAt)] as const);
    expect(order).toEqual(order.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
    for (const [i, who] of people.slice(0, 10).entries())
      expect((await who.get(`${ranking}/me${week ? `?week=${week}` : ''}`)).body).toMatchObject(slow[i]!);
  }
});

test('row 95 (8): an hour without records writes nothing, and looks four times a minute', async () => {
  await moim.settle();
  await minute(moim);
  let [requests, writeUnits] = [0, 0];
  for (let n = 0; n < 60; n++) {
    await moim.clock.advance(minuteMs);
    await tick(moim);
    requests += lastTick(moim).requests;
    writeUnits += lastTick(moim).writeUnits;
  }

  expect([requests, writeUnits]).toEqual([240, 0]);
});

/** More than a run takes for two changes and two closings. */
const requests = 24;
/** A run dies before a request is carried out, or after it, without an answer. */
const kinds: readonly FaultKind[] = ['timeoutBefore', 'timeoutAfter'];

test('row 95 (6): whichever request the run dies at, later runs follow the last records, close each board once, and tell once', async () => {
  const club = await climbers(moim, 1);
  const [ann] = club.people as [Person];
  const all = [club.leader, ann];
  await season(club, '2026-05-05', '2026-05-08');
  await on(moim, '2026-05-05T12:00:00Z', ...all);
  await record(ann, club, '2026-05-05', [4, 2]);
  await minute(moim);
  await on(moim, '2026-05-17T14:59:59Z', ...all);
  // The last change of the season waits to be followed when it ends.
  await record(club.leader, club, '2026-05-05', [4, 9]);
  await ann.patch(`${club.path}/records/${(await itemsOf(moim, 'Record', { accountId: ann.id }))[0].recordId}`, {
    problems: [{ level: 4, count: 3 }],
  });
  const kindsOfItems = ['Group', 'Membership', 'Seasons', 'RecordTotals', 'Board', 'Score', 'ScoreMark'] as const;
  const originals = await Promise.all(
    kindsOfItems.map(async (entity) => [entity, await itemsOf(moim, entity)] as const),
  );
  const [{ list }] = await itemsOf(moim, 'Seasons', { groupId: club.groupId });
  const known = { groupId: club.groupId, seasonId: list[0].seasonId as string };
  const dues = await itemsOf(moim, 'Due', { subject: `${known.groupId}:${known.seasonId}` });
  const clones = await Promise.all(
    kinds.flatMap((kind) =>
      Array.from({ length: requests }, async (_, i) => {
        const own = { groupId: newId(moim.clock.now()), seasonId: newId(moim.clock.now()) };
        const cloned = (item: object) =>
          JSON.parse(
            JSON.stringify(item).replaceAll(known.groupId, own.groupId).replaceAll(known.seasonId, own.seasonId),
          );
        for (const [entity, items] of originals)
          for (const item of items)
            if (JSON.stringify(item).includes(known.groupId) || JSON.stringify(item).includes(known.seasonId))
              await put(moim, entity, cloned(item));
        for (const item of dues) await put(moim, 'Due', cloned(item));
        return { ...own, kind, nth: i + 1, hit: false };
      }),
    ),
  );
  await moim.settle();
  await on(moim, '2026-05-17T15:02:00Z', ...all);
  for (const clone of clones) {
    let seen = 0;
    moim.table.faults.add({
      kind: clone.kind,
      times: 100,
      match(body) {
        const text = JSON.stringify(body);
        const ours = text.includes(clone.groupId) || text.includes(clone.seasonId);
        if (!ours || /INBOX|MEMBERS/.test(text)) return false;
        if (++seen < clone.nth) return false;
        clone.hit = true;
        return true;
      },
    });
  }

  await tick(moim).catch(() => {});
  moim.table.faults.clear();
  for (const instant of ['15:03', '15:05', '15:09', '15:17', '15:33']) {
    await on(moim, `2026-05-17T${instant}:00Z`, ...all);
    await tick(moim).catch(() => {});
    await moim.settle();
  }

  const deepest = Math.max(...clones.filter(({ hit }) => hit).map(({ nth }) => nth));
  expect(deepest).toBeGreaterThanOrEqual(12);
  expect(deepest).toBeLessThan(requests);
  expect(await itemsOf(moim, 'ScoreMark')).toEqual([]);
  const told = (await seasonNoticesOf(ann)).map(({ link }) => link.seasonId);
  for (const { groupId, seasonId, kind, nth } of clones) {
    const boards = await itemsOf(moim, 'Board', { scopeId: groupId });
    const scores = await itemsOf(moim, 'Score', { boardId: `${seasonId}:0` });
    expect([
      ...[kind, nth, boards.map(({ members, closedAt }) => [members, closedAt !== undefined])],
      ...[scores.map(({ points }) => points).toSorted((a, b) => a - b), told.filter((id) => id === seasonId).length],
    ]).toEqual([
      kind,
      nth,
      [
        [2, true],
        [2, true],
      ],
      [6, 18],
      1,
    ]);
  }
});
