/**
 * Each route that changes attendance, with a fault at each of its requests: with the repetition of whoever got no answer, all that is
 * kept is what one undisturbed run leaves.
 */
import { localDay, weekday } from '../../../shared/core/time.ts';
import { key, type Reply } from '../../support/actor.ts';
import { atEachRequest } from '../../support/faults.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { asked, type Json, must, plan } from './support.ts';

const moim = useMoim();

interface Scene {
  readonly leader: Person;
  readonly member: Person;
  readonly groupId: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  /** The request that waits, if one was made. */
  readonly one: string;
}

/** A group that meets today. */
async function scene(isAsked: boolean): Promise<Scene> {
  const [leader, member] = (await crowd(moim, 2)) as [Person, Person];
  const group = await found(leader, { startDate: undefined, endDate: '2027-12-31' }, member);
  const today = weekday(localDay(moim.clock.now(), 'Asia/Seoul'));
  must(await plan(leader, group, [{ weekday: today, start: '12:00' }]));
  const one = isAsked ? await asked(member, group) : '';
  await moim.settle();
  return { leader, member, ...group, headers: key(), one };
}

const kinds = ['Attendance', 'AttendanceCount', 'AttendancePlan', 'Decision', 'Outbox', 'Notification', 'Due'];

/** The items of a scene without ids, instants and secrets, which differ between runs. */
async function left({ groupId, leader, member }: Scene): Promise<string[]> {
  const all = (await Promise.all(kinds.map((kind) => itemsOf(moim, kind)))).flat();
  return all
    .map(({ mark: _, expiresAt: _at, token: _token, shard: _shard, ...item }) => JSON.stringify(item))
    .filter((text) => [groupId, leader.id, member.id].some((id) => text.includes(id)))
    .map((text) =>
      text
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant')
        .replace(/(DUE#)\d/g, '$1')
        .replace(/"(version|codeSecret)":("\w+"|\d+),?/g, ''),
    )
    .toSorted();
}

interface Case {
  readonly act: (scene: Scene) => Promise<Reply<Json>>;
  readonly isAsked?: true;
}
const cases: Readonly<Record<string, Case>> = {
  setAttendancePlan: { act: ({ leader, path }) => plan(leader, { path }, [{ weekday: 1, start: '20:00' }]) },
  requestAttendance: { act: ({ member, path, headers }) => member.post(`${path}/attendances`, undefined, headers) },
  'requestAttendance of a leader': {
    act: ({ leader, path, headers }) => leader.post(`${path}/attendances`, undefined, headers),
  },
  decideAttendances: {
    isAsked: true,
    act: ({ leader, path, headers, one }) =>
      leader.post(`${path}/attendances/decisions`, { ids: [one], decision: 'ACCEPTED' }, headers),
  },
  correctAttendance: {
    act: ({ leader, member, groupId, path, headers }) =>
      leader.post(
        `${path}/attendances/corrections`,
        { accountId: member.id, seasonId: groupId, week: 1, state: 'PRESENT', reason: 'Was there' },
        headers,
      ),
  },
};

test.each(Object.entries(cases))('row 122: %s, whatever the table does at whichever request', async (_, one) => {
  const { act, isAsked = false } = one;
  const control = await scene(isAsked);
  const { status, body } = await act(control);
  await moim.settle();
  const expected = await left(control);

  expect(status).toBeLessThan(300);
  expect(body.results ?? []).toEqual(isAsked ? [{ id: control.one, state: 'PRESENT', problem: null }] : []);
  await atEachRequest(
    moim,
    2,
    () => scene(isAsked),
    act,
    async (made, repeated: Reply<Json>, fault) => {
      expect([fault, repeated.status]).toEqual([fault, status]);
      if (isAsked) expect([fault, repeated.body.results[0].state]).toEqual([fault, 'PRESENT']);
      expect([fault, await left(made)]).toEqual([fault, expected]);
    },
  );
});
