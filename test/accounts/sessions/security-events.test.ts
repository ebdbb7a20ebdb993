/** F15: after an attack, the log answers who was entered, from where, who was refused, and which ways in and roles changed. */
import { readFileSync } from 'node:fs';
import { type SecurityEvent, securityEvents } from '../../../shared/observe/security.ts';
import { actorAt } from '../../support/actor.ts';
import { queried } from '../../support/log-query.ts';
import { password, useMoim } from '../../support/moim.ts';
import { administer, someone } from '../../support/people.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const runbook = readFileSync('docs/security-events.md', 'utf8');
/** The query below a question of the runbook. */
function queryFor(question: string, ids: Readonly<Record<string, string>> = {}): string {
  const [, after] = runbook.split(`**${question}**`);
  const query = /```sql\n(.*?)```/s.exec(after ?? '')?.[1];
  if (!query) throw new Error(`the runbook has no query for: ${question}`);
  return query.replace(/\b(ACCOUNT|SESSION)\b(?=')/g, (name) => ids[name]!);
}
const lines = () => moim.logs.map(({ line }) => JSON.parse(line));
const ask = (question: string, ids?: Readonly<Record<string, string>>) => queried(lines(), queryFor(question, ids));

const [home, thiefs] = ['203.0.113.5', '198.51.100.7'];
const from = (address: string) => actorAt(moim, undefined, address);
const better = 'Battery-Staple-9';

test('the runbook’s queries answer its questions about a takeover', async () => {
  const owner = await withPassword(moim);
  const other = await withPassword(moim);
  const signIn = (address: string, email: string, secret: string) =>
    from(address).post('/v1/sessions', { email, password: secret });
  for (const secret of ['Wrong-1!', 'Wrong-2!', 'Wrong-3!']) await signIn(thiefs, owner.email, secret);
  await signIn(thiefs, other.email, 'Wrong-1!');
  await signIn(thiefs, 'nobody@example.com', 'Wrong-1!');
  await moim.clock.advance(60_000);
  const good = (await signIn(home, owner.email, password)).body;
  await moim.clock.advance(60_000);
  const stolen = (await signIn(thiefs, owner.email, password)).body;
  const headers = { authorization: `Bearer ${stolen.accessToken}` };
  await from(thiefs).send('PUT', '/v1/accounts/me/password', {
    headers,
    body: { currentPassword: password, password: better },
  });
  await moim.settle();
  const admin = await someone(moim);
  await administer(moim, admin);
  await admin.put(`/v1/admin/accounts/${owner.id}/role`, { role: 'ADMIN' });
  await admin.post('/v1/accounts/me/exports');
  // The refresh of a session that is still there, from two places.
  const theirs = (await signIn(home, other.email, password)).body;
  await from(home).post('/v1/sessions/refresh', { refreshToken: theirs.refreshToken });
  await moim.clock.advance(120_000);
  await from(thiefs).post('/v1/sessions/refresh', { refreshToken: theirs.refreshToken });

  const entered = ask('Who was entered, and from where?').filter(({ account }) => account === owner.id);
  const sessionOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sid;
  expect(entered).toHaveLength(2);
  const [thief, self] = entered;
  expect([thief?.session, self?.session]).toEqual([sessionOf(stolen.accessToken), sessionOf(good.accessToken)]);
  expect(thief?.place).not.toBe(self?.place);

  const places = ask('From where was one account used?', { ACCOUNT: owner.id });
  expect(places.filter(({ place }) => place === self?.place)).toMatchObject([
    { event: 'SIGN_IN', outcome: 'DONE', times: 1 },
  ]);
  expect(
    places.filter(({ place }) => place === thief?.place).map(({ event, outcome, times }) => [event, outcome, times]),
  ).toEqual(
    expect.arrayContaining([
      ['SIGN_IN', 'REFUSED', 3],
      ['SIGN_IN', 'DONE', 1],
      ['PASSWORD_CHANGED', 'DONE', 1],
    ]),
  );

  const refused = ask('Who was refused?').filter(({ event }) => event === 'SIGN_IN');
  expect(refused).toContainEqual({
    account: owner.id,
    event: 'SIGN_IN',
    problem: 'SIGN_IN_FAILED',
    refusals: 3,
    places: 1,
  });
  expect(refused).toContainEqual({
    account: undefined,
    event: 'SIGN_IN',
    problem: 'SIGN_IN_FAILED',
    refusals: 1,
    places: 1,
  });
  expect(ask('From where do the refusals come?')[0]).toEqual({
    place: thief?.place,
    event: 'SIGN_IN',
    refusals: 5,
    accounts: 2,
  });

  expect(ask('Which ways into accounts changed?')).toMatchObject([
    { event: 'PASSWORD_CHANGED', account: owner.id, session: thief?.session, place: thief?.place },
    { event: 'FACTOR_ADDED', account: admin.id },
  ]);
  expect(ask('Who got roles, and from whom?')).toMatchObject([{ account: admin.id, about: owner.id, detail: 'ADMIN' }]);
  expect(ask('What did administrators do?')).toMatchObject([{ account: admin.id, event: 'ROLE_SET', times: 1 }]);
  expect(ask('What data left?')).toMatchObject([{ event: 'EXPORT_REQUESTED', account: admin.id }]);
  expect(ask('Which refresh tokens were used by two?')).toMatchObject([{ account: other.id, place: thief?.place }]);
  const told = ask('What happened in one session?', { SESSION: thief?.session as string });
  expect(told.map(({ event, outcome }) => [event, outcome])).toEqual(
    expect.arrayContaining([
      ['SIGN_IN', 'DONE'],
      ['PASSWORD_CHANGED', 'DONE'],
      ['SESSION_ENDED', 'DONE'],
    ]),
  );
});

test('no query of the runbook names an event or a field that no line has', () => {
  const queries = [...runbook.matchAll(/```sql\n(.*?)```/gs)].map(([, query]) => query!);
  const events = queries.flatMap((query) =>
    [...query.matchAll(/event (?:=|in) (\[[^\]]*\]|'[^']*')/g)].flatMap(([, all]) => all!.match(/[A-Z_]+/g)),
  );
  const fields = new Set(
    queries.flatMap((query) => [...query.replace(/'[^']*'/g, '').matchAll(/\b[a-z]\w+\b/g)].map(([name]) => name)),
  );
  const words = [
    'fields',
    'filter',
    'stats',
    'sort',
    'limit',
    'and',
    'or',
    'in',
    'by',
    'as',
    'desc',
    'asc',
    'like',
    'timestamp',
  ];
  const made = [
    'count',
    'count_distinct',
    'earliest',
    'latest',
    'ispresent',
    'times',
    'first',
    'last',
    'refusals',
    'places',
    'accounts',
  ];
  const named = ['event', 'outcome', 'account', 'session', 'place', 'about', 'detail', 'problem', 'route'];

  expect(queries.length).toBeGreaterThanOrEqual(10);
  expect(events.filter((name) => !securityEvents.includes(name as SecurityEvent))).toEqual([]);
  expect([...fields].filter((name) => ![...words, ...made, ...named].includes(name))).toEqual([]);
  const seen = new Set(lines().flatMap((line) => ('event' in line ? Object.keys(line) : [])));
  expect(named.filter((name) => !seen.has(name))).toEqual([]);
});

test('the sixth device that signs in ends the session of the first, which the log says', async () => {
  const person = await withPassword(moim);
  const sessions: string[] = [];
  for (let device = 0; device < 6; device += 1) {
    const { body } = await moim.guest.post('/v1/sessions', { email: person.email, password });
    sessions.push(JSON.parse(Buffer.from(body.accessToken.split('.')[1], 'base64url').toString()).sid);
    await moim.clock.advance(1000);
  }
  await moim.settle();

  const ended = lines().filter(({ event, account }) => event === 'SESSION_ENDED' && account === person.id);
  expect(ended.map(({ detail }) => detail)).toContain('TOO_MANY');
  expect(new Set(ended.map(({ session }) => session)).size).toBe(ended.length);
});
