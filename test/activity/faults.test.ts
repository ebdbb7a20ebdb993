/**
 * Each route that changes missions, skips, excuses, cheers, nudges and own reminders, with a fault at each of its requests:
 * with the repetition of whoever got no answer, all that is kept is what one undisturbed run leaves.
 */
import { key, type Reply } from '../support/actor.ts';
import { atEachRequest } from '../support/faults.ts';
import { type Person, useMoim } from '../support/moim.ts';
import { crowd } from '../support/people.ts';
import { outcome } from '../support/replies.ts';
import { found } from '../support/scene.ts';
import { itemsOf } from '../support/table.ts';

const moim = useMoim();

interface Scene {
  readonly leader: Person;
  readonly member: Person;
  readonly groupId: string;
  readonly missionId: string;
  readonly path: string;
  /** Of a mission that is done once. */
  readonly once: string;
  readonly headers: Record<string, string>;
  /** What a preparation has made. */
  readonly one: string;
}
type Step = (scene: Scene) => Promise<Reply<unknown>>;

/** Kinds whose items tell what was done, and how often. */
const kinds = [
  ...[
    'Mission',
    'MissionWeek',
    'MemberMonth',
    'Certification',
    'WallWeek',
    'Brick',
    'Decision',
    'Outbox',
    'Notification',
  ],
  ...[
    'Cheer',
    'Cheerer',
    'CheerCount',
    'Nudge',
    'Excuse',
    'Membership',
    'OwnReminders',
    'Reminding',
    'Due',
    'Progress',
  ],
  ...['TeamPoint', 'TeamScore'],
];
/** The items of a scene without ids, names and instants, which differ between runs. */
async function left({ groupId, leader, member }: Scene): Promise<string[]> {
  const own = [groupId, leader.id, member.id];
  const all = (await Promise.all(kinds.map((kind) => itemsOf(moim, kind)))).flat();
  return all
    .map(({ mark: _, expiresAt: _at, token: _token, shard: _shard, ...item }) => JSON.stringify(item))
    .filter((text) => own.some((id) => text.includes(id)))
    .map((text) =>
      text
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant')
        .replace(/(DUE#)\d/g, '$1')
        .replaceAll(leader.nickname, 'leader')
        .replaceAll(member.nickname, 'member')
        .replace(/"(hash|id)":"[\w-]{20,}"/g, '"$1":"some"'),
    )
    .toSorted();
}

async function scene(prepare?: (scene: Scene) => Promise<{ body: { id: string } }>): Promise<Scene> {
  const [leader, member] = (await crowd(moim, 2)) as [Person, Person];
  const group = await found(leader, { startDate: undefined, endDate: '2026-12-31', approval: 'AUTO' }, member);
  const { body } = await leader.post(`${group.path}/missions`, { kind: 'ONCE', title: 'Read', way: 'TEXT' });
  const made = { leader, member, ...group, once: `${group.path}/missions/${body.id}`, headers: key(), one: '' };
  const one = prepare && (await prepare(made)).body.id;
  await moim.settle();
  return { ...made, one: one ?? '' };
}

const certified = ({ member, once }: Scene) => member.post(`${once}/certifications`, { text: 'Done' });
const excused = ({ member, path }: Scene) =>
  member.post(`${path}/excuses`, { from: '2026-03-10', until: '2026-03-30', reason: 'Travelling' });
const cheered = async (here: Scene) => {
  const reply = await certified(here);
  await here.leader.put(`${here.path}/certifications/${reply.body.id}/cheers/me`, { kind: 'HEART' });
  return reply;
};
const reminded = ({ member, once }: Scene) =>
  member.put(`${once}/reminder`, { times: ['07:10'], sentence: 'At breakfast' }).then(() => ({ body: { id: '' } }));

interface Case {
  readonly act: Step;
  readonly prepare?: Parameters<typeof scene>[0];
  /** Requests to the table, if they are not two. */
  readonly requests?: number;
  /** What the repetition may answer, if it differs from the first. */
  readonly again?: readonly unknown[];
  /** What is written again is another version with the same content. */
  readonly rewrites?: true;
  /** Its writes name the person, and not the group. */
  readonly ofMember?: true;
}
const cases: Readonly<Record<string, Case>> = {
  createMission: {
    act: ({ leader, path, headers }) =>
      leader.post(`${path}/missions`, { kind: 'ONCE', title: 'Run', way: 'TEXT' }, headers),
  },
  editMission: { act: ({ leader, once }) => leader.patch(once, { title: 'Write' }), rewrites: true },
  endMission: { act: ({ leader, once, headers }) => leader.post(`${once}/end`, {}, headers) },
  deleteMission: { act: ({ leader, once }) => leader.delete(once), again: [204, 'NOT_FOUND'] },
  submitCertification: {
    act: ({ member, once, headers }) => member.post(`${once}/certifications`, { text: 'Done' }, headers),
    requests: 3,
  },
  skipMission: {
    act: ({ member, once, headers }) => member.post(`${once}/skips`, { reason: 'Ill' }, headers),
    requests: 3,
  },
  takeBackSkip: {
    prepare: ({ member, once }) => member.post(`${once}/skips`, { reason: 'Ill' }),
    act: ({ member, path, one }) => member.delete(`${path}/certifications/${one}`),
    again: [204, 'NOT_FOUND'],
  },
  cheer: {
    prepare: certified,
    act: ({ leader, path, one }) => leader.put(`${path}/certifications/${one}/cheers/me`, { kind: 'HEART' }),
  },
  takeBackCheer: {
    prepare: cheered,
    act: ({ leader, path, one }) => leader.delete(`${path}/certifications/${one}/cheers/me`),
  },
  nudge: {
    act: ({ leader, member, once, headers }) => leader.post(`${once}/nudges`, { to: member.id }, headers),
  },
  requestExcuse: {
    act: ({ member, path, headers }) =>
      member.post(`${path}/excuses`, { from: '2026-03-10', until: '2026-03-12', reason: 'Travelling' }, headers),
  },
  withdrawExcuse: {
    prepare: excused,
    act: ({ member, path, one }) => member.delete(`${path}/excuses/${one}`),
    again: [204, 'NOT_APPLICABLE'],
  },
  grantExcuse: {
    prepare: excused,
    act: ({ leader, path, one, headers }) => leader.post(`${path}/excuses/${one}/grant`, {}, headers),
    requests: 3,
  },
  refuseExcuse: {
    prepare: excused,
    act: ({ leader, path, one, headers }) => leader.post(`${path}/excuses/${one}/refuse`, { reason: 'No' }, headers),
    requests: 3,
  },
  setReminder: {
    act: ({ member, once }) => member.put(`${once}/reminder`, { times: ['07:10'], sentence: 'At breakfast' }),
    rewrites: true,
    ofMember: true,
  },
  clearReminder: {
    prepare: reminded,
    act: ({ member, once }) => member.delete(`${once}/reminder`),
    ofMember: true,
  },
};

test.each(Object.entries(cases))('row 122: %s, whatever the table does at whichever request', async (_, one) => {
  const { act, prepare, requests = 2, again, rewrites, ofMember } = one;
  const kept = async (made: Scene) =>
    rewrites ? (await left(made)).map((text) => text.replace(/"version":\d+/, '')) : left(made);
  const control = await scene(prepare);
  const { status } = await act(control);
  await moim.settle();
  const expected = await kept(control);

  expect(status).toBeLessThan(300);
  await atEachRequest(
    moim,
    requests,
    async () => {
      const made = await scene(prepare);
      return { made, groupId: ofMember ? made.member.id : made.groupId };
    },
    ({ made }) => act(made) as Promise<Reply>,
    async ({ made }, repeated, fault) => {
      expect([fault, again ?? [status]]).toEqual([fault, expect.arrayContaining([outcome(repeated)])]);
      expect([fault, await kept(made)]).toEqual([fault, expected]);
    },
  );
});
