/**
 * The right goes between the read and the write: for every guarded route that writes, whatever opens it to somebody is
 * taken away when it has been read and nothing has been written yet. The route refuses, and leaves nothing behind.
 */
import { interrupted } from '../support/between.ts';
import { useMoim } from '../support/moim.ts';
import { administer, someone } from '../support/people.ts';
import { itemsOf as itemsOfKind, put } from '../support/table.ts';
import type { Got } from './client.ts';
import { isAsked } from './few.ts';
import { fresh, sentOf } from './fresh.ts';
import { verdict } from './refused.ts';
import { each, isGuarded, pathOf, type Sample, type Subject, sampleFor, subjects } from './samples.ts';
import { changesBetween, type Items, itemsOf } from './table.ts';
import { outlive, type Scene, sceneOf, takings } from './takings.ts';
import { turns } from './turns.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim();
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

/** Routes that write nothing, so nothing can come before: a test message is counted in memory. */
const writeNothing = ['sendTestMessage'];
const writes = (subject: Subject) =>
  isGuarded(subject) && subject.route.method !== 'GET' && !writeNothing.includes(subject.name);

/** Routes of which nothing can be taken, by the reason. */
const needNothing: Readonly<Record<string, readonly string[]>> = {
  'only the account and the session open it, and it makes nothing that outlives them': [
    ...[
      'signOut',
      'signOutEverywhere',
      'endSession',
      'prove',
      'requestProofCode',
      'unlinkIdentity',
      'editProfile',
      'setPicture',
      'removePicture',
    ],
    ...['deletePrivateMessage', 'markConversationRead', 'reportPrivateMessage'],
    ...['deletePrivateMessage', 'markConversationRead', 'joinLeagues', 'leaveLeagues'],
    ...['allowPictureUpload', 'blockAccount', 'unblockAccount', 'readNotification'],
    ...[
      'readNotifications',
      'deleteNotification',
      'editNotificationSettings',
      'removeDevice',
      'startFromPlan',
      'reportPlan',
    ],
  ],
  'no path names the group; the memberships of both are checked with the message': ['sendPrivateMessage'],
  'a code opens it, which is checked; it writes nothing but a count of guesses': ['lookAtInvitation'],
  'takes back what is one’s own, whatever became of the group': ['withdrawApplication', 'removeProgressLink'],
};
const opensToAll = Object.values(needNothing).flat();
/** All that these write is a count of fair use, which is no effect here; a challenge is stored nowhere. */
const onlyCounts = [
  ...['allowUpload', 'allowFileUpload', 'allowChatUpload', 'downloadFile', 'downloadChatFile', 'beginPasskey'],
];

/** Routes that go on although something that opens them has just gone, and why that is right. */
const goOn: readonly { readonly taken: readonly string[]; readonly why: string; readonly routes: readonly string[] }[] =
  [
    {
      taken: ['the group'],
      why: 'It is as if it had come a moment before the end: nobody sees it, and it goes with the group. A check of the group would let each of them wait for whoever comes or goes.',
      routes: [
        ...['setMemberRole', 'liftKick', 'warnMember', 'rejectApplication', 'renewInviteCode', 'makeInviteLink'],
        ...['submitCertification', 'editCertification', 'deleteCertification', 'approveCertification'],
        ...['denyCertification', 'writeReview', 'report', 'decideReport', 'allowUpload', 'allowFileUpload'],
        ...['allowChatUpload', 'decideCertifications', 'skipMission', 'editMission'],
        ...['requestExcuse', 'withdrawExcuse', 'grantExcuse', 'refuseExcuse', 'nudge'],
        ...['comeBack', 'clearQuota', 'makeProgressLink', 'editVolume'],
        ...['openRoom', 'closeRoom', 'deleteMessage'],
        ...['writePost', 'editPost', 'deletePost', 'writeComment', 'deleteComment'],
        ...['makePoll', 'editPoll', 'deletePoll', 'closePoll'],
        ...['createSeason', 'editSeason', 'createRecord', 'editRecord', 'deleteRecord'],
        ...['strikeRecord', 'restoreRecord'],
        ...['setAttendancePlan', 'requestAttendance', 'decideAttendances', 'correctAttendance'],
        ...['checkIn'],
      ],
    },
    {
      taken: ['the group'],
      why: 'It takes back what is one’s own, whatever became of the group.',
      routes: ['unlikeGroup', 'removeReview'],
    },
    {
      taken: ['the group', 'the membership'],
      why: 'A sign under what the person could see a moment ago, counted against their limit. A check would make each cheer half as dear again.',
      routes: ['cheer', 'takeBackCheer'],
    },
    {
      taken: ['the group', 'the membership'],
      why: 'It is as if it had come a moment before. A check would make a message four times as dear, and set those who write at the same moment against each other.',
      routes: ['sendMessage', 'markRead'],
    },
    {
      taken: ['the group', 'the membership'],
      why: 'Only ballots of members are counted, so that of who has just left does not count. A check would make a vote half as dear again.',
      routes: ['vote', 'takeBackVote'],
    },
    {
      taken: ['the group'],
      why: 'It is one’s own, and goes with the membership, which ends with the group.',
      routes: ['setReminder'],
    },
    {
      taken: ['the group', 'the membership'],
      why: 'It takes back what is one’s own, which goes with the membership anyway.',
      routes: ['clearReminder'],
    },
    {
      taken: ['the role', 'the membership'],
      why: 'Each of its results says that nothing was found, and nothing is decided.',
      routes: ['decideCertifications', 'decideAttendances'],
    },
    {
      taken: ['the group', 'the membership'],
      why: 'An address of one minute shows what could be seen a moment ago.',
      routes: ['downloadFile', 'downloadChatFile'],
    },
    {
      taken: ['the role', 'the membership'],
      why: 'A place for a file is no more than that: whatever uses the file asks again.',
      routes: ['allowUpload', 'allowFileUpload', 'allowChatUpload'],
    },
    {
      taken: ['the group as it was'],
      why: 'It is decided again by the group as it is now, and the group as it is now allows it.',
      routes: [
        ...['editGroup', 'setStatus', 'disbandGroup', 'keepGroup', 'setPaid', 'decideGroups'],
        ...['addMember', 'acceptApplication', 'acceptInvitation'],
      ],
    },
  ];
const goesOn = (name: string, taken: string) =>
  goOn.some(({ taken: all, routes }) => all.includes(taken) && routes.includes(name));

test('few routes are left out, and all of them are there', () => {
  const names = subjects.filter(writes).map(({ name }) => name);

  expect(opensToAll.filter((name) => !names.includes(name))).toEqual([]);
  expect(goOn.flatMap(({ routes }) => routes).filter((name) => !names.includes(name))).toEqual([]);
  expect(outlive.filter((name) => !names.includes(name))).toEqual([]);
  expect(opensToAll.length).toBeLessThan(names.length / 3);
});

const by = (token: string, sample: Sample): Sample => ({ ...sample, token });
/** Where a route is open in several ways, or the way of `samples.ts` does not show what it writes. */
const ways: Readonly<Record<string, readonly (typeof sampleFor)[]>> = {
  deleteCertification: [
    sampleFor,
    async (subject, here) => by(here.leader.tokens.accessToken, await sampleFor(subject, here)),
  ],
  setMemberRole: [sampleFor, async (subject, here) => by(await administrator(), await sampleFor(subject, here))],
  decideReport: [sampleFor, async (subject, here) => by(await administrator(), await sampleFor(subject, here))],
  /** Founded by anybody, and what only administrators found. */
  createGroup: [
    sampleFor,
    async (subject, here) => {
      const sample = await sampleFor(subject, here);
      const { title, category } = sample.body as Record<string, unknown>;
      return { ...sample, token: await administrator(), body: { kind: 'CLUB', title, category } };
    },
  ],
  /** A private group shows itself to its members. */
  likeGroup: [
    async (subject, here) => by(here.onlooker.tokens.accessToken, await sampleFor(subject, here)),
    async (subject, { member, ids }) => {
      const [group] = await itemsOfKind(moim, 'Group', { groupId: ids.groupId });
      await put(moim, 'Group', { ...group, visibility: 'PRIVATE' });
      return { token: member.tokens.accessToken, path: pathOf(subject, ids), body: undefined };
    },
  ],
  unlikeGroup: [
    async (subject, here) => {
      await here.leader.put(`/v1/groups/${here.ids.groupId}/like`);
      return sampleFor(subject, here);
    },
  ],
  /** Several are decided at the same time, each by a transaction of its own. */
  decideGroups: [
    async (subject, here) => {
      const sample = await sampleFor(subject, here);
      const { decisions } = sample.body as { decisions: unknown[] };
      return { ...sample, body: { decisions: decisions.slice(0, 1) } };
    },
  ],
};
async function administrator(): Promise<string> {
  const person = await someone(moim);
  await administer(moim, person);
  return person.tokens.accessToken;
}

interface Outcome {
  readonly answer: Got;
  /** As it was right before the write, with nothing taken. */
  readonly scene: Scene;
  /** The group afterwards. */
  readonly after: Awaited<ReturnType<typeof itemsOfKind>>[number];
  /** What the table has more or less than right before the write. */
  readonly effect: readonly string[];
}

/** Makes a request, with something taken away before its first write. */
async function requested(subject: Subject, sample: Sample, taken?: string): Promise<Outcome> {
  let scene: Scene | undefined;
  let before: Items = new Map();
  const answer = await interrupted(
    moim,
    async (write) => {
      scene = await sceneOf(subject, world, sample, write);
      if (taken) await takings[taken]!.take(scene);
      before = await itemsOf(moim);
    },
    () => world.send(sentOf(subject, sample)),
  );
  await moim.settle();
  // What is counted because it was refused is no effect of the route; nor is what follows of the taking.
  const { followed = [], followedOf = {} } = taken ? takings[taken]! : {};
  const others = ['Quota', 'Mark', ...followed, ...(followedOf[subject.name] ?? [])];
  const effect = changesBetween(before, await itemsOf(moim)).filter(
    (change) => !others.includes(change.split(' ')[1]!),
  );
  const groupId = scene?.group?.groupId;
  const [after] = groupId ? await itemsOfKind(moim, 'Group', { groupId }) : [];
  return { answer, scene: scene!, after, effect };
}

/** What decides many things answers with an outcome for each. */
const codesOf = ({ body }: Got): string[] =>
  Array.isArray(body?.results)
    ? body.results.map(({ outcome }: { outcome: string }) => outcome)
    : [body?.code ?? 'done'];

const hidden = ['NOT_FOUND', 'TOKEN_INVALID', 'TRY_AGAIN', 'PRECONDITION_FAILED'];

/** What is wrong with a request from which something was taken in between: undefined where all is as it should be. */
async function wrongWithout(taken: string, subject: Subject, sample: Sample): Promise<string | undefined> {
  const { name, route } = subject;
  const { answer, effect } = await requested(subject, sample, taken);
  const refusals: readonly string[] = [...hidden, ...route.problems];
  const refused = codesOf(answer).every((code) => refusals.includes(code)) && effect.length === 0;
  const told = `without ${taken}: ${verdict(answer)}, ${effect}`;
  if (!takings[taken]!.once?.(name)) return refused === goesOn(name, taken) ? told : undefined;
  // Refused or carried out, and then no more.
  const next = verdict(await world.send(sentOf(subject, sample)));
  const isOver = next === '401 TOKEN_INVALID' || name === 'signOut';
  return isOver && (refused || verdict(answer) === String(route.status)) ? undefined : `${told}, then ${next}`;
}

const some = turns(2);

test.each(each(writes))('%s', async (_, subject) => {
  const { name, route } = subject;
  const asked: string[] = [];
  const wrong: string[] = [];
  for (const make of ways[name] ?? [sampleFor]) {
    const undisturbed = await requested(subject, await fresh(subject, world, make));
    expect(verdict(undisturbed.answer)).toBe(String(route.status));
    if (!opensToAll.includes(name)) expect(undisturbed.effect.length > 0).toBe(!onlyCounts.includes(name));

    const taking = Object.entries(takings)
      .filter(([, { matters }]) => matters(undisturbed.scene, undisturbed.after))
      // That a route goes through once at most, one piece of code decides for all.
      .filter(([, { once }]) => !once?.(name) || isAsked(subject));
    asked.push(...taking.filter(([, { once }]) => !once?.(name)).map(([taken]) => taken));
    for (const [taken] of some(taking)) {
      wrong.push(
        ...[await wrongWithout(taken, subject, await fresh(subject, world, make))].flatMap((each) => each ?? []),
      );
    }
  }

  expect(wrong).toEqual([]);
  // A route of which nothing was asked is named above, and no other.
  expect(opensToAll.includes(name)).toBe(asked.length === 0);
});
