/** Rows 17, 85: a person who withdrew is named nowhere: every GET route is searched, for everybody who met them. */

import { everyItem } from '../support/items.ts';
import { type Person, useMoim } from '../support/moim.ts';
import { administer, nextTick, renew, someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { tableName } from '../support/table.ts';
import { withPassword } from '../support/with-password.ts';
import { pathOf, placeholders, subjects } from '../sweeps/samples.ts';

const moim = useMoim({ lists: true });
const nickname = 'Rosalind-the-one-who-left';
let leader: Person;
let member: Person;
let admin: Person;
let gone: Person;
/** What the paths of routes may name: a group of theirs with a certification, and one that they applied to. */
let places: readonly Readonly<Record<string, string>>[];

/** Every GET route whose path names what is there, asked by somebody: the answers by route. */
async function answersFor(who: Person): Promise<(readonly [name: string, answer: string])[]> {
  const asked = places.flatMap((ids) =>
    subjects
      .filter((subject) => subject.route.method === 'GET' && placeholders(subject).every((name) => name in ids))
      .flatMap((subject) =>
        (filters[subject.name] ?? ['']).map((query) => ({ name: subject.name, path: pathOf(subject, ids) + query })),
      ),
  );
  return Promise.all(
    asked.map(async ({ name, path }) => [name, JSON.stringify((await who.get(path)).body ?? '')] as const),
  );
}

/** Lists that show other things for other filters. */
const filters: Readonly<Record<string, readonly string[]>> = {
  listCertifications: ['', '?status=WAITING', '?status=DENIED'],
  listApplications: ['', '?state=PENDING', '?state=ACCEPTED', '?state=REJECTED', '?state=WITHDRAWN'],
  checkAvailability: ['?loginId=nobody-has-it'],
};

/** The routes that name the person to somebody. */
const namingRoutes = async () => {
  const answers = (await Promise.all([leader, member, admin].map(answersFor))).flat();
  return [...new Set(answers.filter(([, answer]) => answer.includes(nickname)).map(([name]) => name))].sort();
};

beforeAll(async () => {
  [leader, member, admin] = [await someone(moim), await someone(moim), await someone(moim)];
  gone = await withPassword(moim, nickname);
  await administer(moim, admin);
  const here = await found(leader, {}, member, gone);
  await certify(gone, here);
  await moim.clock.advance(86_400_000);
  await renew(moim, leader, member, admin, gone);
  const decided = (await certify(gone, here)).body;
  await moim.settle();
  await leader.post(`${here.path}/certifications/${decided.id}/approve`);
  await member.post(`${here.path}/reports`, { subject: `certification:${decided.id}`, reason: 'SPAM' });
  await leader.put(`${here.path}/members/${gone.id}/role`, { role: 'MANAGER' });
  await member.put(`${here.path}/reviews/${gone.id}`, { score: 5, text: 'Good' });
  // It is Tuesday, and they look after the meeting.
  const meetings = [{ weekday: 2, start: '19:00', staffId: gone.id }];
  await leader.put(`${here.path}/attendance-plan`, { meetings });
  await gone.post(`${here.path}/attendances`);
  await leader.put(`/v1/accounts/me/blocks/${gone.id}`);
  const applied = await found(leader, { joinPolicy: 'APPLY', startDate: '2026-03-03' });
  await gone.post(`${applied.path}/applications`, { message: 'Please' });
  await moim.settle();
  const of = ({ groupId, missionId }: typeof here) => ({ groupId, missionId, accountId: gone.id });
  places = [{ ...of(here), certificationId: decided.id }, of(applied)];
});

test('rows 17, 85: within the minute nothing names a person who withdrew: no list, no inbox, no mail that waits', async () => {
  const before = await namingRoutes();

  await gone.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  await moim.settle();
  const atOnce = await namingRoutes();
  await nextTick(moim);
  await moim.settle();

  // The search finds the name where there is one.
  expect(before).toEqual([
    ...[
      'getAccount',
      'getAttendance',
      'getAttendancePlan',
      'getCertification',
      'getConversation',
      'getMemberProgress',
      'getMissionStatus',
      'getProfile',
      'getProgress',
    ],
    ...['listApplications', 'listAttendanceRates', 'listBlocks', 'listCertifications', 'listDecisions'],
    ...['listMembers', 'listNotifications', 'listQueue', 'listReports', 'listWaitingAttendances', 'listWrittenReviews'],
  ]);
  expect([atOnce, await namingRoutes()]).toEqual([[], []]);
  const stored = [...(await everyItem(moim, tableName(moim)))].filter(([, item]) =>
    JSON.stringify(item).toLowerCase().includes(nickname.toLowerCase()),
  );
  expect(stored.map(([key]) => key)).toEqual([]);
});
