import { challenge, type Person, useMoim } from '../../support/moim.ts';
import { administer, crowd } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const day = { startDate: '2026-03-10', endDate: '2026-03-20' };
const of = (kind: string, more: object = {}) => ({ kind, title: kind, category: 'HABIT', ...more });
const foundBy = (who: Person, kind: string, more: object = {}) => who.post('/v1/groups', of(kind, more));

async function asAdmin(person: Person): Promise<Person> {
  await administer(moim, person);
  return person;
}

test('row 20: what is not said is what the kind says', async () => {
  const [person] = await crowd(moim, 1);
  const admin = await asAdmin(person!);
  const kinds = ['STUDY', 'OPEN_ROOM', 'PRIVATE_GROUP', 'TEAM', 'CLUB'];

  const founded = [
    await admin.post('/v1/groups', challenge({ ...day, capacity: undefined })),
    ...(await Promise.all(kinds.map((kind) => foundBy(admin, kind, day)))),
  ];

  const said = founded.map(({ body }) => [body.kind, body.joinPolicy, body.visibility, body.capacity, body.approval]);
  expect(said).toEqual([
    ['CHALLENGE', 'INSTANT', 'PUBLIC', 50, 'LEADER'],
    ['STUDY', 'APPLY', 'PUBLIC', 10, 'AUTO'],
    ['OPEN_ROOM', 'INSTANT', 'PUBLIC', 10, 'AUTO'],
    ['PRIVATE_GROUP', 'CODE', 'PRIVATE', 10, 'AUTO'],
    ['TEAM', 'LINK', 'PRIVATE', 20, 'AUTO'],
    ['CLUB', 'APPLY', 'PUBLIC', 100, 'LEADER'],
  ]);
  expect(founded.every(({ body }) => body.status === 'RECRUITING' && body.memberCount === 1)).toBe(true);
});

test('row 20: what is said stands in place of what the kind says', async () => {
  const [ari] = await crowd(moim, 1);
  const policy = { joinPolicy: 'ADMIN', visibility: 'PRIVATE', approval: 'LEADER', allowRejoin: false, capacity: 7 };

  const { body } = await foundBy(ari!, 'STUDY', { ...day, ...policy });

  expect(body).toMatchObject(policy);
});

test.each([
  ['CHALLENGE', 50],
  ['STUDY', 50],
  ['OPEN_ROOM', 10],
  ['PRIVATE_GROUP', 50],
  ['TEAM', 20],
  ['CLUB', 500],
])('row 25: a %s has at most %i seats', async (kind, most) => {
  const [person] = await crowd(moim, 1);
  const admin = await asAdmin(person!);
  const frequency = kind === 'CHALLENGE' ? { frequency: { every: 'DAY' } } : {};

  const answers = await Promise.all(
    [2, most, most + 1].map((capacity) => foundBy(admin, kind, { ...day, ...frequency, capacity })),
  );

  expect(answers.map(outcome)).toEqual([201, 201, 'INVALID_REQUEST']);
  expect(answers[2]!.body.errors).toMatchObject([{ pointer: '/capacity' }]);
});

test('row 20: a club is founded by administrators alone', async () => {
  const [ari, bora] = await crowd(moim, 2);
  const admin = await asAdmin(bora!);

  const answers = [await foundBy(ari!, 'CLUB'), await foundBy(admin, 'CLUB')];

  expect(answers.map(outcome)).toEqual(['NOT_FOUND', 201]);
  expect(await itemsOf(moim, 'Membership', { accountId: ari!.id })).toEqual([]);
});

test('row 23: a study needs a last day, after its first; rooms and teams need none; recruiting ends by the start', async () => {
  const [ari] = await crowd(moim, 1);
  const tried = await Promise.all([
    foundBy(ari!, 'STUDY', { startDate: '2026-03-10' }),
    foundBy(ari!, 'STUDY', { startDate: '2026-03-10', endDate: '2026-03-10' }),
    foundBy(ari!, 'OPEN_ROOM'),
    foundBy(ari!, 'TEAM', { endDate: '2026-03-02' }),
    foundBy(ari!, 'STUDY', { ...day, recruitUntil: '2026-03-11' }),
    foundBy(ari!, 'STUDY', { ...day, recruitUntil: '2026-03-01' }),
    foundBy(ari!, 'STUDY', { ...day, recruitUntil: '2026-03-10' }),
  ]);

  expect(tried.map(outcome)).toEqual([
    'INVALID_PERIOD',
    'INVALID_PERIOD',
    201,
    'INVALID_PERIOD',
    'INVALID_PERIOD',
    'INVALID_PERIOD',
    201,
  ]);
  expect(tried[2]!.body).toMatchObject({ startDate: '2026-03-02', endDate: null, status: 'IN_PROGRESS' });
  expect(tried[6]!.body.recruitUntil).toBe('2026-03-10');
});

test('row 26: of ten private groups founded at once five stand, and a sixth finds no room later', async () => {
  const [ari] = await crowd(moim, 1);

  const answers = await Promise.all(Array.from({ length: 10 }, () => foundBy(ari!, 'PRIVATE_GROUP')));
  const [account] = await itemsOf(moim, 'Account', { accountId: ari!.id });

  // Those that collide four times in a row are told to try again; nobody gets past the limit.
  const { 201: founded = 0, GROUP_LIMIT = 0, TRY_AGAIN = 0 } = tally(answers);
  expect(founded + GROUP_LIMIT + TRY_AGAIN).toBe(10);
  for (let more = founded; more < 5; more++) expect(outcome(await foundBy(ari!, 'PRIVATE_GROUP'))).toBe(201);
  expect(outcome(await foundBy(ari!, 'PRIVATE_GROUP'))).toBe('GROUP_LIMIT');
  expect(await itemsOf(moim, 'Membership', { accountId: ari!.id })).toHaveLength(5);
  expect(account.groupsPRIVATE_GROUP).toBe(founded);
});

test('row 26: three teams, and any number of studies', async () => {
  const [ari] = await crowd(moim, 1);
  const found = async (kind: string, n: number) => {
    const outcomes: unknown[] = [];
    for (let i = 0; i < n; i++) outcomes.push(outcome(await foundBy(ari!, kind, day)));
    return outcomes;
  };

  expect(await found('TEAM', 4)).toEqual([201, 201, 201, 'GROUP_LIMIT']);
  expect(await found('STUDY', 6)).toEqual(Array(6).fill(201));
});

test('row 25: a team has more than twenty seats once an administrator says that it has paid, and as long as it needs them', async () => {
  const [leader, person, other] = await crowd(moim, 3);
  const admin = await asAdmin(person!);
  const { body: team } = await foundBy(leader!, 'TEAM');
  const { body: study } = await foundBy(leader!, 'STUDY', day);
  const seats = async (capacity: number) => outcome(await leader!.patch(`/v1/groups/${team.id}`, { capacity }));
  const pay = async (who: Person, id: string, paid: boolean) =>
    outcome(await who.send('PUT', `/v1/admin/groups/${id}/paid`, { body: { paid } }));

  const before = await seats(21);
  const paid = [await pay(leader!, team.id, true), await pay(admin, team.id, true), await pay(admin, team.id, true)];
  const after = [await seats(201), await seats(200)];
  const back = [await pay(admin, team.id, false), await seats(20), await pay(admin, team.id, false), await seats(21)];

  expect(before).toBe('INVALID_REQUEST');
  expect(paid).toEqual(['NOT_FOUND', 200, 200]);
  expect(after).toEqual(['INVALID_REQUEST', 200]);
  expect(back).toEqual(['NOT_APPLICABLE', 200, 200, 'INVALID_REQUEST']);
  expect([await pay(admin, study.id, true), await pay(other!, study.id, true)]).toEqual([
    'NOT_APPLICABLE',
    'NOT_FOUND',
  ]);
  const decisions = await itemsOf(moim, 'Decision', { subject: `group:${team.id}` });
  expect(decisions.map((each) => each.after).sort()).toEqual(['PAID', 'UNPAID']);
});
