/** Row 95: a record that the leader strikes counts on no open board, until it is restored; closed boards stay. */
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { key } from '../../support/actor.ts';
import { interrupted } from '../../support/between.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { minute } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { type Climbers, climbers, on, ownRank, rankingOf, record, season } from '../rankings/support.ts';

const moim = useMoim();
const reason = 'The number of problems looks like a slip';

const acts = ({ leader, path }: Climbers, recordId: string, of: Person) => ({
  strike: (headers: Record<string, string> = {}, by: Person = leader) =>
    by.post(`${path}/records/${recordId}/strike`, { accountId: of.id, reason }, headers),
  restore: (by: Person = leader) => by.post(`${path}/records/${recordId}/restore`, { accountId: of.id }),
  edit: (count: number) => of.patch(`${path}/records/${recordId}`, { problems: [{ level: 4, count }] }),
});

/** Two climbers on the second day of a season, each with a record of its first day: ben has more. */
async function scene(from: string, until: string) {
  const club = await climbers(moim, 2);
  const [ann, ben] = club.people as [Person, Person];
  const all = [club.leader, ann, ben];
  const id = await season(club, from, until);
  await on(moim, new Date(Date.parse(`${from}T12:00:00Z`)).toISOString(), ...all);
  await record(ann, club, from, [4, 2]);
  const { body } = await record(ben, club, from, [4, 9]);
  await minute(moim);
  const list = (week?: number) => rankingOf(ann, club, id, week, [ann, ben]);
  return { club, ann, ben, all, id, list, struck: body.id as string, ...acts(club, body.id, ben) };
}

test('row 95: struck, it leaves the open boards within a minute and stays to be seen; edited and restored, it counts as it is now', async () => {
  const { club, ann, ben, id, list, struck, strike, restore, edit } = await scene('2026-03-04', '2026-05-31');
  const one = `${club.path}/records/${struck}`;
  const before = await list(1);

  const done = await strike();
  await minute(moim);
  const without = [await list(1), await list()];
  const mine = (await ben.get(`${club.path}/records`)).body.items[0];
  const edited = await edit(5);
  await minute(moim);
  const still = await list();
  const deleted = await ben.delete(one);
  const second = await record(ben, club, mine.day, [4, 9]);
  const { body: totals } = await ann.get(`${club.path}/members/${ben.id}/record-totals`);
  const back = await restore();
  await minute(moim);

  expect(before).toEqual(['1. 9 1', '2. 2 0']);
  expect([done.status, done.body.counted, done.body.points, done.body.version]).toEqual([200, null, 9, 2]);
  expect(mine.struckAt).toBe(done.body.struckAt);
  expect(Date.parse(mine.struckAt)).not.toBeNaN();
  expect([without, still]).toEqual([[['1. 2 0'], ['1. 2 0']], ['1. 2 0']]);
  expect([edited.body.points, edited.body.counted]).toEqual([5, null]);
  expect([deleted, second].map(outcome)).toEqual(['RECORD_STRUCK', 'RECORD_EXISTS']);
  expect(totals).toEqual({ records: 1, minutes: 30, solved: [{ level: 4, count: 5 }] });
  expect([back.body.counted, back.body.struckAt]).toEqual([5, null]);
  expect([await list(1), await ownRank(ben, club, id)]).toEqual([
    ['1. 5 1', '2. 2 0'],
    [1, 5],
  ]);
  // The member is notified in words that say what to do, and managers see who decided and why.
  const texts = async (language: string) =>
    (await ben.get('/v1/notifications', { 'accept-language': language })).body.items
      .filter(({ type }: { type: string }) => type.startsWith('RECORD_'))
      .map(({ text, link }: { text: string; link: object }) => [text, link]);
  const link = { screen: 'records', groupId: club.groupId };
  expect((await texts('en')).map(([text]: string[]) => text)).toEqual([
    expect.stringMatching(/^Your record of March 4 in .+ counts in rankings again\.$/),
    expect.stringContaining(`(Reason: ${reason})`),
  ]);
  expect((await texts('ko'))[1]).toEqual([expect.stringContaining(`(사유: ${reason})`), link]);
  const { body: decisions } = await club.leader.get(`${club.path}/decisions`);
  const whose = { id: ben.id, nickname: ben.nickname };
  expect(
    decisions.items
      .filter(({ subject }: { subject: { kind: string } }) => subject.kind === 'record')
      .map(
        (each: { subject: { id: string }; author: object; before: string; after: string; reason: string | null }) => [
          ...[each.subject.id, each.author],
          ...[each.before, each.after, each.reason],
        ],
      ),
  ).toEqual([
    [struck, whose, 'STRUCK', 'COUNTS', null],
    [struck, whose, 'COUNTS', 'STRUCK', reason],
  ]);
});

test('row 95: struck twice, two at once, or while it is edited, it is struck once, as it is then; only the leader strikes, and nothing of their own', async () => {
  const { club, ann, ben, id, struck, strike, restore, edit } = await scene('2026-06-10', '2026-08-31');
  const { leader, path } = club;
  const own = (await record(leader, club, '2026-06-10', [4, 1])).body.id;
  const headers = key();

  const early = await restore();
  // The member edits between the look and the write: the leader who has named a version is told, the other one strikes what is there.
  const seen = await interrupted(
    moim,
    () => edit(8),
    () => strike({ 'if-match': '"1"' }),
  );
  const unseen = await interrupted(
    moim,
    () => edit(7),
    () => strike(headers),
  );
  const again = [await strike(headers), await strike()];
  const others = [await restore(ann), await strike({}, ann)];
  await leader.send('PUT', `${path}/members/${ann.id}/role`, { body: { role: 'MANAGER' } });
  others.push(await strike({}, ann), await acts(club, own, ann).strike(), await acts(club, struck, ann).strike());
  const ownRecord = await acts(club, own, leader).strike();
  const back = await Promise.all([restore(), restore()]);
  const race = await Promise.all([strike(), strike(), edit(6)]);
  await minute(moim);

  expect([early, seen].map(outcome)).toEqual(['ALREADY_DECIDED', 'PRECONDITION_FAILED']);
  expect([unseen.status, unseen.body.points, unseen.body.counted]).toEqual([200, 7, null]);
  expect([again[0]!.status, again[0]!.body, outcome(again[1]!)]).toEqual([200, unseen.body, 'ALREADY_DECIDED']);
  expect(others.map(outcome)).toEqual(Array(5).fill('NOT_FOUND'));
  expect(outcome(ownRecord)).toBe('OWN_DECISION');
  expect([tally(back), tally(race)]).toEqual([
    { 200: 1, ALREADY_DECIDED: 1 },
    { 200: 2, ALREADY_DECIDED: 1 },
  ]);
  expect(await ownRank(ben, club, id)).toEqual([null, 0]);
  // Who has left is on no open board anyway; back again, the record is struck still.
  await leave(ben, club);
  expect(outcome(await restore())).toBe('NOT_FOUND');
  expect(await itemsOf(moim, 'Record', { accountId: ben.id })).toMatchObject([{ struckOff: [0, 1], points: 12 }]);
  // Nobody is told more often in an hour than of other decisions on them.
  const { times, lot } = fairUse.tellMember;
  const often = [];
  for (let n = 0; n < times + 2 * lot; n++) often.push(await (n % 2 ? strike() : restore()));
  expect(outcome(often.at(-1)!)).toBe('TOO_MANY_REQUESTS');
});

test('row 95: a closed week keeps what counted, the open season loses it; once all is closed, nothing comes back', async () => {
  // Weeks from Thursday on: the first one closes on Monday the 27th, the season two weeks after its last day.
  const { club, ben, all, id, list, struck, strike, restore, edit } = await scene('2026-10-08', '2026-10-20');
  const one = `${club.path}/records/${struck}`;
  const week = async () => (await ben.get(`${club.path}/seasons/${id}/ranking?week=1`)).body;
  // Its day counts no more, and its week is open still.
  await on(moim, '2026-10-19T03:00:00Z', ...all);
  await strike();
  await minute(moim);
  const open = await list(1);
  await restore();
  await minute(moim);
  const restored = await list(1);
  await on(moim, '2026-10-25T15:03:00Z', ...all);
  await minute(moim);
  const closed = await week();

  const taken = await strike();
  const changed = await edit(1);
  await minute(moim);
  const season = [await list(), await list(1)];
  const returned = await restore();
  await minute(moim);
  const again = await list();
  await strike();
  await minute(moim);
  await on(moim, '2026-11-01T15:03:00Z', ...all);
  await minute(moim);
  const end = await list();
  const late = await restore();
  const deleted = await ben.delete(one);
  await minute(moim);

  expect([open, restored]).toEqual([['1. 2 0'], ['1. 9 1', '2. 2 0']]);
  expect(closed.closedAt).not.toBeNull();
  expect([taken.body.counted, changed.body.points]).toEqual([null, 1]);
  expect(season).toEqual([['1. 2 0'], ['1. 9 1', '2. 2 0']]);
  // What counted when its day counted counts again, not what it was edited to when it was too late.
  expect([returned.body.counted, again]).toEqual([9, ['1. 9 1', '2. 2 0']]);
  expect([end, outcome(late), deleted.status]).toEqual([['1. 2 0'], 'NOT_APPLICABLE', 204]);
  expect([await week(), await list()]).toEqual([closed, ['1. 2 0']]);
});

test('row 95: struck and restored, who came to a score first stays first, unless something else changed meanwhile', async () => {
  const { club, ann, ben, all, list, strike, restore } = await scene('2027-03-04', '2027-05-31');
  const [mine] = (await ann.get(`${club.path}/records`)).body.items;
  await ann.patch(`${club.path}/records/${mine.id}`, { problems: [{ level: 4, count: 9 }] });
  await minute(moim);
  const both = async () => [await list(1), await list()];
  const first = await both();
  await strike();
  await minute(moim);
  const without = await both();
  await restore();
  await minute(moim);
  const again = await both();
  // One day more, and none again: so the score that he had in between is another one.
  await strike();
  await on(moim, '2027-03-05T12:00:00Z', ...all);
  const { status, body } = await record(ben, club, '2027-03-05', [4, 1]);
  expect(status).toBe(201);
  await moim.clock.advance(1000);
  await ben.delete(`${club.path}/records/${body.id}`);
  await restore();
  await minute(moim);

  const benFirst = ['1. 9 1', '1. 9 0'];
  expect([first, without, again]).toEqual([
    [benFirst, benFirst],
    [['1. 9 0'], ['1. 9 0']],
    [benFirst, benFirst],
  ]);
  expect(await both()).toEqual([benFirst.toReversed(), benFirst.toReversed()]);
});
