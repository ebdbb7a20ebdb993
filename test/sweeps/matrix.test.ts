/**
 * The access matrix: every relation that a person can have to a group, tried over HTTP on every guarded route below one.
 * Who may, by the one table of powers, is never told that there is nothing; who may not is told nothing else, and leaves
 * nothing behind. Each cell that is allowed gets a group of its own, because it may use it up.
 */
import { messageIdOf } from '../../functions/talking/chat/rules.ts';
import { newId } from '../../shared/core/ids.ts';
import type { EntityName } from '../../shared/data/registry.ts';
import { type Person, useMoim } from '../support/moim.ts';
import { administer, someone } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { itemsOf, put } from '../support/table.ts';
import { bearer, json, send as sendRaw } from './client.ts';
import { refused, verdict } from './refused.ts';
import { isForMembers, mayUse, needs, partOf, type Relation, relations } from './relations.ts';
import { bodyOf, isGuarded, pathOf, placeholders, type Subject, subjects } from './samples.ts';
import type { World } from './world.ts';

// Who may is decided before anything follows, and what follows of the scenes would cost more than all that is asked.
const moim = useMoim({
  edit({ Resources }) {
    for (const [id, { Type }] of Object.entries(Resources))
      if (Type === 'AWS::Lambda::EventSourceMapping') delete Resources[id];
  },
});
const guarded = subjects.filter((subject) => isGuarded(subject) && placeholders(subject).includes('groupId'));
const cells = guarded.map((subject) => [subject.name, subject] as const);
const open = cells.filter(([name]) => relations.some((relation) => mayUse(name, relation)));
const send = (sent: Parameters<typeof sendRaw>[1]) => sendRaw(moim, sent);

// biome-ignore lint/suspicious/noExplicitAny: an item is copied whole, whatever it holds
type Item = any;
interface Scene {
  readonly groupId: string;
  readonly ids: Readonly<Record<string, string>>;
}
let people: Readonly<Record<Relation, Person>>;
let group: Item;
let mission: Item;
/** Where nothing is changed: by whom all routes are closed to, and by those that only read. */
let quiet: Scene;
/** A group that has ended a moment ago: its members are members still. */
let ended: Scene;
/** A club, whose applicant has a membership that waits. */
let club: Scene;

beforeAll(async () => {
  people = Object.fromEntries(
    await Promise.all(relations.map(async (relation) => [relation, await someone(moim)] as const)),
  ) as typeof people;
  await found(people.otherLeader);
  const { groupId } = await found(people.leader, { joinPolicy: 'APPLY', capacity: 50 });
  await administer(moim, people.admin);
  await people.leader.send('PUT', `/v1/accounts/me/blocks/${people.blocked.id}`);
  group = bare((await itemsOf(moim, 'Group', { groupId }))[0]);
  mission = bare((await itemsOf(moim, 'Mission', { groupId }))[0]);
  quiet = await scene();
  club = await scene({ kind: 'CLUB', frequency: undefined });
  ended = await scene({ deletedAt: new Date(moim.clock.now()).toISOString() });
});

/** What a feature has put into an item, without what the table adds. */
const bare = ({ pk: _1, sk: _2, gsi1pk: _3, gsi1sk: _4, gsi2pk: _5, gsi2sk: _6, type: _7, v: _8, ...rest }: Item) =>
  rest;

/** A group with everybody in their part, a certification, an application, a report and a plan. */
async function scene(more: { readonly kind?: 'CLUB'; readonly [name: string]: unknown } = {}): Promise<Scene> {
  const now = moim.clock.now();
  const at = new Date(now).toISOString();
  const [groupId, missionId, certificationId] = [newId(now), newId(now), newId(now)];
  const members = relations.flatMap((relation) => {
    const role = partOf[relation] ?? (relation === 'left' || relation === 'kicked' ? 'MEMBER' : undefined);
    if (!role) return [];
    const state = relation === 'left' ? 'LEFT' : relation === 'kicked' ? 'KICKED' : 'ACTIVE';
    const present = state === 'ACTIVE' ? { presentIn: groupId } : { leftAt: at };
    const summary = { kind: group.kind, title: group.title, version: group.version };
    return [{ groupId, accountId: people[relation].id, role, state, joinedAt: at, group: summary, ...present }];
  });
  if (more.kind === 'CLUB') {
    const summary = { kind: 'CLUB', title: group.title, version: group.version };
    const waits = { role: 'MEMBER', state: 'PENDING', joinedAt: at, group: summary } as const;
    members.push({ groupId, accountId: people.applicant.id, ...waits } as never);
  }
  const memberCount = members.filter(({ state }) => state === 'ACTIVE').length;
  const subject = `certification:${certificationId}`;
  const day = at.slice(0, 10);
  const recordId = newId(Date.parse(day));
  const file = { id: newId(now), name: 'plan.txt', type: 'text/plain', bytes: 1, key: 'files/a' };
  const items: readonly [EntityName, Item][] = [
    ['Group', { ...group, groupId, memberCount, planId: missionId, files: [file], ...more }],
    ['Plan', { planId: missionId, shelf: 'ALL', category: group.category, publishedAt: at }],
    [
      'MissionWeek',
      {
        ...{ groupId, missionId, accountId: people.self.id, week: '2026-W10', until: '2026-03-08', n: 1 },
        ...{ '2026-03-02': 1, 'ok 2026-03-02': 1, total: 1, okTotal: 1 },
      },
    ],
    ['Brick', { accountId: people.self.id, certificationId }],
    [
      'Mission',
      { ...mission, groupId, missionId, liveIn: groupId, implied: undefined, makerId: people.self.id, kind: 'ONCE' },
    ],
    ...members.map((member): [EntityName, Item] => ['Membership', member]),
    [
      'Certification',
      {
        ...{ groupId, missionId, certificationId, accountId: people.self.id, status: 'APPROVED', approval: 'LEADER' },
        ...{ way: 'TEXT', text: 'Chapter 3', photos: [], day: '2026-03-02', version: 1, createdAt: at, modifiedAt: at },
      },
    ],
    [
      'ChatEntry',
      {
        ...{ groupId, roomId: groupId, messageId: messageIdOf(groupId, 1), kind: 'MESSAGE', nth: 1, at },
        ...{ accountId: people.self.id, clientId: missionId, text: 'Chapter 3', files: [file] },
      },
    ],
    [
      'Post',
      {
        ...{ groupId, postId: missionId, accountId: people.self.id, kind: 'POST', title: 'Chapter 3', body: 'Text' },
        ...{ version: 1, createdAt: at, modifiedAt: at },
      },
    ],
    [
      'Comment',
      {
        ...{ groupId, commentId: missionId, subject: `post:${missionId}`, accountId: people.self.id },
        ...{ text: 'Here it is', createdAt: at },
      },
    ],
    [
      'Poll',
      {
        ...{ groupId, pollId: missionId, accountId: people.self.id, question: 'Where?', state: 'OPEN', since: at },
        choices: ['Here', 'There'].map((text, n) => ({ id: [missionId, certificationId][n]!, text })),
        ...{ multiple: false, anonymous: false, results: 'ALWAYS', createdAt: at, version: 1 },
        place: `OPEN.${at}`,
      },
    ],
    [
      'Excuse',
      {
        ...{ groupId, excuseId: missionId, accountId: people.self.id, from: '2026-03-04', until: '2026-03-05' },
        ...{ reason: '', state: 'PENDING', waitingIn: groupId, version: 1, createdAt: at },
      },
    ],
    [
      'Seasons',
      { groupId, version: 1, list: [{ seasonId: missionId, name: 'A', startDate: day, endDate: '2026-12-31' }] },
    ],
    [
      'Record',
      {
        ...{ groupId, accountId: people.self.id, day, recordId, gym: 'A', minutes: 30, solved: [], ownLevel: 4 },
        ...{ startedAt: at, endedAt: at, points: 0, version: 1, createdAt: at },
      },
    ],
    [
      'RecordTotals',
      { groupId, accountId: people.self.id, records: 1, minutes: 30, solved: {}, standings: {}, version: 1 },
    ],
    ['Application', { groupId, accountId: people.applicant.id, state: 'PENDING', message: '', appliedAt: at }],
    [
      'ReportCase',
      { groupId, subject, authorId: people.self.id, open: 1, total: 1, round: 0, waitingIn: groupId, reportedAt: at },
    ],
  ];
  await Promise.all(items.map(([entity, item]) => put(moim, entity, item)));
  const room = { roomId: groupId, messageId: messageIdOf(groupId, 1) };
  const talk = { postId: missionId, commentId: missionId, pollId: missionId, choiceId: missionId };
  const own = { excuseId: missionId, seasonId: missionId, recordId, ...talk };
  return { groupId, ids: { groupId, missionId, certificationId, fileId: file.id, ...own, ...room } };
}

/** Whom the path of a route is about. */
function accountIn({ name, feature }: Subject): string {
  if (feature.name === 'applications') return people.applicant.id;
  if (name === 'liftKick') return people.kicked.id;
  return name === 'addMember' ? people.outsider.id : people.self.id;
}

/** What a route's body must name for it to find what it looks for. */
const bodies: Readonly<Record<string, (scene: Scene) => object>> = {
  // Only clubs take a profile.
  apply: () => ({ profile: undefined }),
  handOver: () => ({ accountId: people.member.id }),
  report: ({ ids }) => ({ subject: `certification:${ids.certificationId}`, reason: 'SPAM' }),
  decideReport: ({ ids }) => ({ subject: `certification:${ids.certificationId}`, decision: 'KEEP' }),
  requestExcuse: () => ({ from: '2026-03-04', until: '2026-03-06', reason: 'Travelling' }),
  nudge: () => ({ to: people.self.id }),
  writeComment: ({ ids }) => ({ on: `post:${ids.postId}`, text: 'Here it is' }),
  strikeRecord: () => ({ accountId: people.self.id }),
  restoreRecord: () => ({ accountId: people.self.id }),
  correctAttendance: ({ ids }) => ({ accountId: people.self.id, seasonId: ids.seasonId, week: 1, state: 'PRESENT' }),
  denyCertification: () => ({ reason: 'Unreadable' }),
  // Only who runs the notices says what is one.
  editPost: () => ({ kind: undefined, title: 'Chapter 4' }),
  vote: ({ ids }) => ({ choiceIds: [ids.choiceId] }),
  editVolume: () => ({ volume: 'MENTIONS', snooze: null }),
};

/** The same, in a query. */
const queries: Readonly<Record<string, (scene: Scene) => string>> = {
  getReport: ({ ids }) => `?subject=certification:${ids.certificationId}`,
  listComments: ({ ids }) => `?on=post:${ids.postId}`,
  listVoters: ({ ids }) => `?choiceId=${ids.choiceId}`,
};

function requestBy(subject: Subject, here: Scene, relation: Relation | undefined) {
  const { method } = subject.route;
  const body = { ...bodyOf(subject), ...bodies[subject.name]?.(here) };
  return {
    method,
    path: pathOf(subject, { ...here.ids, accountId: accountIn(subject) }) + (queries[subject.name]?.(here) ?? ''),
    headers: { ...json, ...(relation ? bearer(people[relation].tokens.accessToken) : {}) },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  };
}

test('every guarded route below a group says in `needs` of test/sweeps/relations.ts what it asks, and no other', () => {
  expect(guarded.map(({ name }) => name).toSorted()).toEqual(Object.keys(needs).toSorted());
});

/** Routes that take back what is one's own, whatever became of the group. */
const outlivesGroup = ['unlikeGroup', 'removeReview', 'withdrawApplication'];

test.each(cells.filter(([name]) => !outlivesGroup.includes(name)))(
  '%s is closed to everybody once the group has ended, also before anything has followed of that',
  async (name, subject) => {
    const attempts = relations
      .filter((relation) => mayUse(name, relation))
      .map((relation) => ({ why: relation, ...requestBy(subject, ended, relation) }));

    await refused({ moim, send } as unknown as World, attempts, '404 NOT_FOUND');
  },
);

test.each(cells)('%s is closed to all whom the table does not name', async (name, subject) => {
  const others = relations.filter((relation) => !mayUse(name, relation));
  const attempts = others.map((relation) => ({ why: relation, ...requestBy(subject, quiet, relation) }));

  const guest = await send(requestBy(subject, quiet, undefined));

  expect(guest.status).toBe(401);
  if (attempts.length > 0) await refused({ moim, send } as unknown as World, attempts, '404 NOT_FOUND');
});

test.each(cells.filter(([name]) => !mayUse(name, 'applicant')))(
  'row 13: %s tells the applicant of a club to wait if members may use it, and nothing if not',
  async (name, subject) => {
    const expected = isForMembers(name) ? '403 MEMBERSHIP_PENDING' : '404 NOT_FOUND';
    const attempts = [{ why: 'applicant', ...requestBy(subject, club, 'applicant') }];

    await refused({ moim, send } as unknown as World, attempts, expected);
  },
);

test.each(open)('%s is open to all whom the table names', async (name, subject) => {
  for (const relation of relations.filter((each) => mayUse(name, each))) {
    const here = subject.route.method === 'GET' ? quiet : await scene();
    const answer = await send(requestBy(subject, here, relation));

    const hint = 'where a body or path must name what is there: say so in `bodies` or `scene` of matrix.test.ts';
    expect(`${relation}: ${verdict(answer)} (${hint})`).not.toMatch(/: (401|403|404|5\d\d)/);
  }
});
