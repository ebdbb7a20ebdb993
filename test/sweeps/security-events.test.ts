/**
 * F15: each route of the features that hold the ways into an account says in its log line what it was, who it concerned and
 * from where, and no other. A new route of theirs has to name its event, or say that it is none.
 */
import { readFileSync } from 'node:fs';
import { isEntry, type SecurityEvent, securityEvents } from '../../shared/observe/security.ts';
import { useMoim } from '../support/moim.ts';
import { bearer } from './client.ts';
import { fresh, sentOf } from './fresh.ts';
import { each, isGuarded, type Subject, subjects } from './samples.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim({ lists: true });
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

const watched = ['accounts', 'sessions', 'factors', 'identities', 'privacy', 'admin'];
const isWatched = ({ feature }: Subject) => watched.includes(feature.name);
const hasEvent = ({ route }: Subject) => route.event !== undefined && route.event !== 'NONE';

/** Requests of guests from which no account follows: nobody has the address, or there is only a provider so far. */
const ofNobody = [
  'requestEmailCode',
  'confirmEmailCode',
  'findLoginId',
  'beginSocialSignIn',
  'completeSocialSignIn',
  'resumeMail',
];

test('every route of these features names its event, or says that it is none; every event is in the list for people', () => {
  const missing = subjects.filter((subject) => isWatched(subject) && subject.route.event === undefined);
  const list = readFileSync('docs/security-events.md', 'utf8');
  const named = new Set(subjects.map(({ route }) => route.event));

  expect(missing.map(({ name }) => name)).toEqual([]);
  expect(securityEvents.filter((name) => !list.includes(`\`${name}\``))).toEqual([]);
  expect(securityEvents.filter((name) => !named.has(name))).toEqual([]);
  // Where an event is emitted, the routes that emit it are named.
  for (const { name, route } of subjects.filter(hasEvent))
    expect([
      name,
      list.split('\n').some((row) => row.includes(`\`${route.event}\``) && row.includes(`\`${name}\``)),
    ]).toEqual([name, true]);
});

const lineOf = (requestId: string | null) =>
  moim.logs
    .map(({ line }) => JSON.parse(line))
    .find((line) => line.message === 'answered' && line.requestId === requestId);

test.each(each(hasEvent))('%s', async (_, subject) => {
  const { name, route } = subject;
  const sample = await fresh(subject, world);
  const sent = sentOf(subject, sample);
  const done = await world.send(sent);
  const refused = await world.send({ ...sent, headers: { ...sent.headers, ...bearer('forged') }, body: '{"a":1}' });

  const line = lineOf(done.headers.get('x-request-id'));
  expect(line).toMatchObject({ event: route.event, outcome: 'DONE', place: expect.stringMatching(/^[\w-]{22}$/) });
  if (!ofNobody.includes(name)) expect([name, line.account]).toEqual([name, expect.stringMatching(/^[\da-f-]{36}$/)]);
  if (isGuarded(subject)) expect(line.session).toMatch(/^[\da-f-]{36}$/);
  if (/\/\{\w+\}/.test(route.path)) expect(sample.path).toContain(line.about);
  const other = lineOf(refused.headers.get('x-request-id'));
  expect(other).toMatchObject({
    event: route.event,
    outcome: 'REFUSED',
    place: line.place,
    problem: expect.any(String),
  });
  expect([other.EntriesRefused, line.EntriesRefused]).toEqual([
    isEntry(route.event as SecurityEvent) ? 1 : undefined,
    undefined,
  ]);
});

test('other routes have no event in their lines', () => {
  const others = moim.logs
    .map(({ line }) => JSON.parse(line))
    .filter(({ route }) => ['foundGroup', 'getOwnAccount'].includes(route));

  expect(others.filter((line) => 'event' in line || 'place' in line)).toEqual([]);
});
