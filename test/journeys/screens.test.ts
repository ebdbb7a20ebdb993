/**
 * The screens of a client, each painted by at most two calls after the session: which calls, and what they bring. A call is
 * through the typed client, and the log of the functions tells that it was one.
 */
import type { Api } from '../../client/api.ts';
import { createClient } from '../../client/client.ts';
import { type Person, useMoim } from '../support/moim.ts';
import { administer, crowd } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { published } from '../sweeps/world.ts';

const moim = useMoim({ lists: true });

interface Ids {
  readonly groupId: string;
  readonly missionId: string;
  readonly certificationId: string;
  readonly openId: string;
  readonly planId: string;
  readonly personId: string;
  readonly token: string;
}
type Who = 'guest' | 'stranger' | 'member' | 'leader' | 'admin';

interface Screen {
  readonly screen: string;
  readonly as: Who;
  /** The routes that paint it, sorted. */
  readonly calls: readonly string[];
  /** Makes the calls, and gives what the screen shows. */
  readonly paint: (api: Api, ids: Ids) => Promise<unknown>;
  readonly shows: unknown;
}

const any = expect.anything();
const some = (thing: unknown) => expect.arrayContaining([thing]);
const having = (fields: object) => expect.objectContaining(fields);

const screens: readonly Screen[] = [
  {
    ...{ screen: '/sign-in', as: 'guest', calls: ['listProviders'] },
    paint: (api) => api.identities.listProviders(),
    shows: { items: [] },
  },
  {
    // The greeting, what is due and how far, what waits for the leader, and the bell.
    ...{ screen: '/ (home of a member)', as: 'member', calls: ['getOwnProfile', 'getToday'] },
    paint: (api) => Promise.all([api.profiles.getOwnProfile(), api.today.getToday({ query: { limit: 50 } })]),
    shows: [
      having({ nickname: any, picture: any, locale: 'en' }),
      having({
        unread: expect.any(Number),
        items: some(having({ notice: 'Noon', missions: [having({ left: 0, days: [any] })], waiting: null })),
      }),
    ],
  },
  {
    ...{ screen: '/ (home of a leader)', as: 'leader', calls: ['getOwnProfile', 'getToday'] },
    paint: (api) => Promise.all([api.profiles.getOwnProfile(), api.today.getToday({ query: { limit: 50 } })]),
    shows: [
      any,
      having({
        items: expect.arrayContaining([
          having({ waiting: { certifications: 1, applications: 0, excuses: 0, reports: 0 } }),
          having({ waiting: { certifications: 0, applications: 1, excuses: 0, reports: 0 } }),
        ]),
      }),
    ],
  },
  {
    ...{ screen: '/find', as: 'guest', calls: ['listGroups'] },
    paint: (api) => api.discovery.listGroups({ query: { text: 'Algorithms' } }),
    shows: having({ items: some(having({ title: any, category: any, likes: any, memberCount: any, capacity: any })) }),
  },
  {
    ...{ screen: '/find (signed in)', as: 'stranger', calls: ['listGroups', 'listViewer'] },
    async paint(api) {
      const { items } = await api.discovery.listGroups();
      return api.discovery.listViewer({ query: { groupIds: items.map(({ id }) => id).join(',') } });
    },
    shows: having({ items: some(having({ liked: false, application: null, joinRefusal: null })) }),
  },
  {
    ...{ screen: '/plans', as: 'guest', calls: ['listPlans'] },
    paint: (api) => api.plans.listPlans(),
    shows: having({ items: some(having({ title: any })) }),
  },
  {
    ...{ screen: '/plans/:id', as: 'guest', calls: ['getPlan'] },
    paint: (api, { planId }) => api.plans.getPlan({ params: { planId } }),
    shows: having({ missions: [any] }),
  },
  {
    ...{ screen: '/groups/:id (guest)', as: 'guest', calls: ['getGroup'] },
    paint: (api, { openId: groupId }) => api.groups.getGroup({ params: { groupId } }),
    shows: having({ recruit: any, files: [], joinPolicy: 'APPLY' }),
  },
  {
    ...{ screen: '/groups/:id (signed in, not a member)', as: 'stranger', calls: ['getGroup', 'getViewer'] },
    paint: (api, { openId: groupId }) =>
      Promise.all([api.groups.getGroup({ params: { groupId } }), api.discovery.getViewer({ params: { groupId } })]),
    shows: [having({ recruit: any }), having({ role: null, application: 'PENDING', joinRefusal: 'ALREADY_APPLIED' })],
  },
  {
    ...{ screen: '/invitations#token', as: 'stranger', calls: ['lookAtInvitation'] },
    paint: (api, { token }) => api.invites.lookAtInvitation({ body: { token } }),
    shows: having({ title: any, memberCount: any, capacity: any }),
  },
  {
    // The wall, the notice, what is due, the own week, the dock, and the feed.
    ...{ screen: '/groups/:id', as: 'member', calls: ['getGroupPage', 'listCertifications'] },
    paint: (api, { groupId }) =>
      Promise.all([
        api.today.getGroupPage({ params: { groupId }, query: { include: 'members,week,wall' } }),
        api.certifications.listCertifications({ params: { groupId } }),
      ]),
    shows: [
      having({
        ...{ role: 'MEMBER', notice: 'Noon', leaderId: any, waiting: null, day: '2026-03-02' },
        group: having({ promise: any, certificationRule: any, version: any }),
        missions: [having({ rule: any, left: 0, closed: null })],
        members: having({ items: some(having({ nickname: any, picture: any, online: any })) }),
        week: [having({ status: 'WAITING' })],
        wall: [having({ bricks: 1 })],
      }),
      having({ items: [having({ author: having({ nickname: any, picture: any }), missionTitle: any })] }),
    ],
  },
  {
    ...{ screen: '/groups/:id (its leader)', as: 'leader', calls: ['getGroupPage', 'listCertifications'] },
    paint: (api, { groupId }) =>
      Promise.all([
        api.today.getGroupPage({ params: { groupId }, query: { include: 'members,week,wall' } }),
        api.certifications.listCertifications({ params: { groupId } }),
      ]),
    shows: [having({ role: 'LEADER', waiting: { certifications: 1, applications: 0, excuses: 0, reports: 0 } }), any],
  },
  {
    ...{ screen: '/groups/:id/certify', as: 'member', calls: ['getGroupPage'] },
    paint: (api, { groupId }) => api.today.getGroupPage({ params: { groupId } }),
    shows: having({ missions: [having({ way: 'PHOTO', rule: any, left: 0 })] }),
  },
  {
    ...{ screen: '/groups/:id/review', as: 'leader', calls: ['getOwnGroup', 'listCertifications'] },
    paint: (api, { groupId }) =>
      Promise.all([
        api.groups.getOwnGroup({ params: { groupId } }),
        api.certifications.listCertifications({ params: { groupId }, query: { status: 'WAITING' } }),
      ]),
    shows: [having({ role: 'LEADER' }), having({ items: [having({ status: 'WAITING', version: 1, author: any })] })],
  },
  {
    ...{ screen: '/review (all groups)', as: 'leader', calls: ['listQueue'] },
    paint: (api) => api.today.listQueue(),
    shows: having({
      items: [having({ group: having({ title: any }), reported: false })],
      groups: some(having({ applications: 1 })),
    }),
  },
  {
    ...{ screen: '/groups/:id/certifications/:id', as: 'member', calls: ['getCertification'] },
    paint: (api, { groupId, certificationId }) =>
      api.certifications.getCertification({ params: { groupId, certificationId } }),
    shows: having({ images: [any], text: any, version: any }),
  },
  {
    ...{ screen: '/groups/:id/members', as: 'member', calls: ['getGroupPage'] },
    paint: (api, { groupId }) => api.today.getGroupPage({ params: { groupId }, query: { include: 'members' } }),
    shows: having({ role: 'MEMBER', members: having({ nextCursor: null, items: some(having({ role: 'LEADER' })) }) }),
  },
  ...manages('applications', 'listApplications', (api, params) => api.applications.listApplications({ params }), {
    items: some(having({ nickname: any, reputation: any })),
  }),
  ...manages(
    'invites',
    'getInviteCode',
    (api, params) => api.invites.getInviteCode({ params }),
    { code: any },
    'groupId',
  ),
  ...manages('reports', 'listReports', (api, params) => api.reports.listReports({ params }), { items: [] }),
  ...manages('decisions', 'listDecisions', (api, params) => api.groups.listDecisions({ params }), { items: [] }),
  ...manages('removed', 'listBarred', (api, params) => api.memberships.listBarred({ params }), { items: [] }),
  ...manages('disband', 'summarizeGroup', (api, params) => api.lifecycle.summarizeGroup({ params }), { members: 1 }),
  {
    ...{ screen: '/inbox', as: 'leader', calls: ['listNotifications'] },
    paint: (api) => api.notifications.listNotifications(),
    shows: having({ unread: expect.any(Number), items: some(having({ text: any, link: any, read: false })) }),
  },
  {
    ...{ screen: '/me', as: 'member', calls: ['getOwnAccount', 'getOwnProfile'] },
    paint: (api) => Promise.all([api.accounts.getOwnAccount(), api.profiles.getOwnProfile()]),
    shows: [having({ bricks: 0 }), having({ nickname: any, picture: any })],
  },
  {
    ...{ screen: '/me/edit', as: 'member', calls: ['getOwnProfile', 'listIdentities'] },
    paint: (api) => Promise.all([api.profiles.getOwnProfile(), api.identities.listIdentities()]),
    shows: [having({ introduction: null, version: any }), any],
  },
  {
    ...{ screen: '/me/devices', as: 'member', calls: ['listDevices', 'listSessions'] },
    paint: (api) => Promise.all([api.sessions.listSessions(), api.devices.listDevices()]),
    shows: [having({ items: some(having({ current: true })) }), any],
  },
  {
    ...{ screen: '/me/notifications', as: 'member', calls: ['getNotificationSettings', 'getPushKey'] },
    paint: (api) => Promise.all([api.notifications.getNotificationSettings(), api.devices.getPushKey()]),
    shows: [having({ all: true, quietHours: null }), any],
  },
  {
    ...{ screen: '/me/blocks', as: 'member', calls: ['listBlocks'] },
    paint: (api) => api.blocks.listBlocks(),
    shows: having({ items: [] }),
  },
  {
    ...{ screen: '/me/data', as: 'member', calls: ['listExports'] },
    paint: (api) => api.privacy.listExports(),
    shows: having({ items: [] }),
  },
  {
    ...{ screen: '/people/:id', as: 'member', calls: ['getProfile'] },
    paint: (api, { personId: accountId }) => api.profiles.getProfile({ params: { accountId } }),
    shows: having({ nickname: any, reviews: any, blocked: false }),
  },
  ...administers('accounts', 'listWaitingAccounts', (api) => api.admin.listWaitingAccounts()),
  ...administers('groups', 'listWaitingGroups', (api) => api.admin.listWaitingGroups()),
  ...administers('reports', 'listReportsOfLeaders', (api) => api.reports.listReportsOfLeaders()),
];

/** A list that an administrator opens. */
function administers(list: string, call: string, paint: (api: Api) => Promise<unknown>): Screen[] {
  return [{ screen: `/admin/${list}`, as: 'admin', calls: [call], paint, shows: having({ items: expect.any(Array) }) }];
}

/** A tab of the screen on which a leader manages a group. */
function manages(
  tab: string,
  call: string,
  ask: (api: Api, params: { groupId: string }) => Promise<unknown>,
  shows: object,
  which: 'openId' | 'groupId' = 'openId',
): Screen[] {
  return [
    {
      ...{ screen: `/groups/:id/manage (${tab})`, as: 'leader', calls: [call, 'getOwnGroup'].toSorted() },
      paint: (api, { [which]: groupId }) =>
        Promise.all([ask(api, { groupId }), api.groups.getOwnGroup({ params: { groupId } })]),
      shows: [having(shows), having({ role: 'LEADER', group: having({ version: any }) })],
    },
  ];
}

const people = {} as Record<Who, Person | undefined>;
let ids: Ids;

beforeAll(async () => {
  const [leader, member, stranger, admin] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  await administer(moim, admin);
  const long = { endDate: '2026-12-31', title: 'Algorithms' };
  const here = await found(leader, { ...long, visibility: 'PRIVATE', joinPolicy: 'LINK' });
  const { body: link } = await leader.post(`${here.path}/invite-links`, {});
  await member.post('/v1/invitations/accept', { token: link.token });
  const open = await found(leader, { ...long, startDate: '2026-03-09', joinPolicy: 'APPLY' });
  await found(member, { ...long, startDate: '2026-03-09' });
  await stranger.post(`${open.path}/applications`);
  const { planId } = await published(moim, leader);
  const { body: certification } = await certify(member, here);
  await certify(leader, here);
  await leader.patch(here.path, { notice: 'Noon' });
  Object.assign(people, { leader, member, stranger, admin });
  const { groupId, missionId } = here;
  const token = link.token as string;
  ids = {
    groupId,
    missionId,
    certificationId: certification.id,
    openId: open.groupId,
    planId,
    personId: leader.id,
    token,
  };
  await moim.settle();
});

const clientOf = (who: Who) =>
  createClient({
    baseUrl: moim.apiUrl,
    locale: () => 'en',
    getAccessToken: async () => people[who]?.tokens.accessToken,
  });

test.each(screens.map((each) => [`${each.screen} as ${each.as}`, each] as const))(
  'web-client.md 4: %s is painted by at most two calls',
  async (_, { as, calls, paint, shows }) => {
    const since = moim.logs.length;

    const shown = await paint(clientOf(as), ids);

    const answered = moim.logs
      .slice(since)
      .map(({ line }) => JSON.parse(line))
      .filter(({ message }) => message === 'answered');
    expect(shown).toEqual(shows);
    expect(answered.map(({ route }) => route).toSorted()).toEqual(calls);
    expect(calls.length).toBeLessThanOrEqual(2);
    for (const { roundTrips } of answered) expect(roundTrips).toBeLessThanOrEqual(3);
  },
);
