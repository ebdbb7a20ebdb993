/** Every screen, one line each: its path, the area of its texts, who sees it, and the file that draws it. */
import type { ComponentType } from 'preact';
import { match, type Params, pathIn } from './app/paths.ts';
import type { Area } from './messages/index.ts';

/** `all`: guests and members. */
type Who = 'guests' | 'members' | 'all';
type Drawn = Readonly<Record<string, string>>;

interface Route {
  readonly path: string;
  readonly area: Area;
  readonly who: Who;
  readonly load: () => Promise<{ readonly Screen: ComponentType<Drawn> }>;
}

/** A file of a screen exports `Screen`, which is given the `:names` of its path. */
const screen = <Path extends string>(
  path: Path,
  area: Area,
  who: Who,
  load: () => Promise<{ readonly Screen: (given: Params<Path>) => unknown }>,
): Route => ({ path, area, who, load: load as never });

const routes: readonly Route[] = [
  screen('/', 'welcome', 'guests', () => import('./screens/welcome/welcome.tsx')),
  screen('/sign-in', 'welcome', 'guests', () => import('./screens/welcome/sign-in.tsx')),
  screen('/password', 'welcome', 'guests', () => import('./screens/welcome/password.tsx')),
  screen('/undo-email', 'welcome', 'all', () => import('./screens/welcome/undo-email.tsx')),
  screen('/social-sign-in', 'welcome', 'all', () => import('./screens/welcome/social.tsx')),
  screen('/', 'home', 'members', () => import('./screens/home/home.tsx')),
  screen('/groups/:groupId', 'group', 'members', () => import('./screens/group/group.tsx')),
  screen('/groups/:groupId/members', 'group', 'members', () => import('./screens/group/members.tsx')),
  screen('/groups/:groupId/certify', 'group', 'members', () => import('./screens/group/certify.tsx')),
  screen('/groups/:groupId/review', 'group', 'members', () => import('./screens/group/review.tsx')),
  screen('/groups/:groupId/progress', 'progress', 'members', () => import('./screens/progress/board.tsx')),
  screen('/groups/:groupId/progress/:accountId', 'progress', 'members', () => import('./screens/progress/member.tsx')),
  screen('/groups/:groupId/records', 'records', 'members', () => import('./screens/records/records.tsx')),
  screen('/groups/:groupId/records/:day', 'records', 'members', () => import('./screens/records/record.tsx')),
  screen(
    '/groups/:groupId/members/:accountId/records',
    'records',
    'members',
    () => import('./screens/records/member.tsx'),
  ),
  screen('/groups/:groupId/ranking', 'records', 'members', () => import('./screens/records/ranking.tsx')),
  screen('/leagues', 'leagues', 'members', () => import('./screens/leagues/league.tsx')),
  screen('/leagues/:league', 'leagues', 'members', () => import('./screens/leagues/league.tsx')),
  screen('/leagues/:league/last', 'leagues', 'members', () => import('./screens/leagues/last.tsx')),
  screen('/groups/:groupId/attendance', 'attendance', 'members', () => import('./screens/attendance/attendance.tsx')),
  screen(
    '/groups/:groupId/attendance/waiting',
    'attendance',
    'members',
    () => import('./screens/attendance/waiting.tsx'),
  ),
  screen(
    '/groups/:groupId/attendance/members',
    'attendance',
    'members',
    () => import('./screens/attendance/members.tsx'),
  ),
  screen(
    '/groups/:groupId/attendance/members/:accountId',
    'attendance',
    'members',
    () => import('./screens/attendance/member.tsx'),
  ),
  screen('/groups/:groupId/attendance/plan', 'attendance', 'members', () => import('./screens/attendance/plan.tsx')),
  screen('/groups/:groupId/attendance/code', 'attendance', 'members', () => import('./screens/attendance/code.tsx')),
  screen('/groups/:groupId/check-in', 'attendance', 'members', () => import('./screens/attendance/check-in.tsx')),
  screen('/groups/:groupId/talk', 'talk', 'members', () => import('./screens/talk/rooms.tsx')),
  screen('/groups/:groupId/rooms/:roomId', 'talk', 'members', () => import('./screens/talk/room.tsx')),
  screen('/groups/:groupId/return', 'returning', 'members', () => import('./screens/returning/return.tsx')),
  screen('/groups/:groupId/posts', 'posts', 'members', () => import('./screens/posts/board.tsx')),
  screen('/groups/:groupId/posts/new', 'posts', 'members', () => import('./screens/posts/write.tsx')),
  screen('/groups/:groupId/posts/:postId', 'posts', 'members', () => import('./screens/posts/post.tsx')),
  screen('/groups/:groupId/posts/:postId/edit', 'posts', 'members', () => import('./screens/posts/edit.tsx')),
  screen('/groups/:groupId/polls', 'polls', 'members', () => import('./screens/polls/polls.tsx')),
  screen('/groups/:groupId/polls/new', 'polls', 'members', () => import('./screens/polls/new.tsx')),
  screen('/groups/:groupId/polls/:pollId', 'polls', 'members', () => import('./screens/polls/poll.tsx')),
  screen('/groups/:groupId/polls/:pollId/edit', 'polls', 'members', () => import('./screens/polls/edit.tsx')),
  screen('/groups/:groupId/missions', 'missions', 'members', () => import('./screens/missions/missions.tsx')),
  screen('/groups/:groupId/missions/new', 'missions', 'members', () => import('./screens/missions/new.tsx')),
  screen('/groups/:groupId/missions/:missionId', 'missions', 'members', () => import('./screens/missions/mission.tsx')),
  screen(
    '/groups/:groupId/missions/:missionId/edit',
    'missions',
    'members',
    () => import('./screens/missions/edit.tsx'),
  ),
  screen(
    '/groups/:groupId/missions/:missionId/reminder',
    'missions',
    'members',
    () => import('./screens/missions/reminder.tsx'),
  ),
  screen('/groups/:groupId/excuses', 'missions', 'members', () => import('./screens/missions/excuses.tsx')),
  screen('/groups/:groupId/excused', 'manage', 'members', () => import('./screens/manage/excused.tsx')),
  screen('/groups/:groupId', 'find', 'guests', () => import('./screens/find/recruit.tsx')),
  screen('/recruits/:groupId', 'find', 'all', () => import('./screens/find/recruit.tsx')),
  screen('/find', 'find', 'all', () => import('./screens/find/find.tsx')),
  screen('/likes', 'find', 'members', () => import('./screens/find/likes.tsx')),
  screen('/applications', 'find', 'members', () => import('./screens/find/applications.tsx')),
  screen('/invitations', 'find', 'guests', () => import('./screens/find/invited.tsx')),
  screen('/invitations', 'find', 'members', () => import('./screens/find/invitation.tsx')),
  screen('/plans', 'find', 'all', () => import('./screens/find/plans.tsx')),
  screen('/plans/:planId', 'find', 'all', () => import('./screens/find/plan.tsx')),
  screen('/new', 'find', 'members', () => import('./screens/find/found.tsx')),
  screen('/groups/:groupId/profiles', 'club', 'members', () => import('./screens/club/profiles.tsx')),
  screen('/groups/:groupId/profile', 'club', 'members', () => import('./screens/club/profile.tsx')),
  screen('/groups/:groupId/manage', 'manage', 'members', () => import('./screens/manage/manage.tsx')),
  screen('/groups/:groupId/applications', 'manage', 'members', () => import('./screens/manage/applications.tsx')),
  screen('/groups/:groupId/people', 'manage', 'members', () => import('./screens/manage/people.tsx')),
  screen('/groups/:groupId/barred', 'manage', 'members', () => import('./screens/manage/barred.tsx')),
  screen('/groups/:groupId/invites', 'manage', 'members', () => import('./screens/manage/invites.tsx')),
  screen('/groups/:groupId/edit', 'manage', 'members', () => import('./screens/manage/edit.tsx')),
  screen('/groups/:groupId/reports', 'manage', 'members', () => import('./screens/manage/reports.tsx')),
  screen('/groups/:groupId/seasons', 'manage', 'members', () => import('./screens/manage/seasons.tsx')),
  screen('/groups/:groupId/decisions', 'manage', 'members', () => import('./screens/manage/decisions.tsx')),
  screen('/groups/:groupId/end', 'manage', 'members', () => import('./screens/manage/end.tsx')),
  screen('/admin', 'admin', 'members', () => import('./screens/admin/admin.tsx')),
  screen('/admin/groups', 'admin', 'members', () => import('./screens/admin/groups.tsx')),
  screen('/admin/groups/:groupId', 'admin', 'members', () => import('./screens/admin/group.tsx')),
  screen('/admin/groups/:groupId/reports', 'admin', 'members', () => import('./screens/admin/reports.tsx')),
  screen('/admin/accounts', 'admin', 'members', () => import('./screens/admin/accounts.tsx')),
  screen('/admin/accounts/:accountId', 'admin', 'members', () => import('./screens/admin/account.tsx')),
  screen('/admin/reports', 'admin', 'members', () => import('./screens/admin/reports.tsx')),
  screen('/admin/plans', 'admin', 'members', () => import('./screens/admin/plans.tsx')),
  screen('/admin/plans/:planId', 'admin', 'members', () => import('./screens/admin/plan.tsx')),
  screen('/admin/motivations', 'admin', 'members', () => import('./screens/admin/motivations.tsx')),
  screen('/inbox', 'inbox', 'members', () => import('./screens/inbox/inbox.tsx')),
  screen('/messages', 'messages', 'members', () => import('./screens/messages/list.tsx')),
  screen('/messages/:accountId', 'messages', 'members', () => import('./screens/messages/thread.tsx')),
  screen('/me', 'me', 'members', () => import('./screens/me/me.tsx')),
  screen('/me/edit', 'me', 'members', () => import('./screens/me/edit.tsx')),
  screen('/me/devices', 'me', 'members', () => import('./screens/me/devices.tsx')),
  screen('/me/sign-ins', 'me', 'members', () => import('./screens/me/sign-ins.tsx')),
  screen('/me/safety', 'me', 'members', () => import('./screens/me/safety.tsx')),
  screen('/me/password', 'me', 'members', () => import('./screens/me/password.tsx')),
  screen('/me/address', 'me', 'members', () => import('./screens/me/address.tsx')),
  screen('/me/passkey', 'me', 'members', () => import('./screens/me/passkey.tsx')),
  screen('/me/social', 'me', 'members', () => import('./screens/me/social.tsx')),
  screen('/me/app', 'me', 'members', () => import('./screens/me/app.tsx')),
  screen('/me/notifications', 'me', 'members', () => import('./screens/me/notifications.tsx')),
  screen('/me/reminders', 'me', 'members', () => import('./screens/me/reminders.tsx')),
  screen('/me/blocks', 'me', 'members', () => import('./screens/me/blocks.tsx')),
  screen('/me/data', 'me', 'members', () => import('./screens/me/data.tsx')),
];

/** The lists beside the screens of an area, in a window that has room for both. */
export const lists: Partial<Record<Area, () => Promise<{ readonly List: ComponentType<{ readonly path: string }> }>>> =
  {
    me: () => import('./screens/me/list.tsx'),
    manage: () => import('./screens/manage/list.tsx'),
    talk: () => import('./screens/talk/list.tsx'),
    messages: () => import('./screens/messages/beside.tsx'),
  };

/** Not at a path: the sheet comes over any screen. */
export const proofSheet = { area: 'prove', load: () => import('./screens/prove/prove.tsx') } as const;

export interface Found {
  readonly route: Route;
  readonly params: Drawn;
}

/**
 * The screen of a path for a guest or a member. A path that only the other has leads on: guests to the sign-in, and members
 * from the sign-in to the path that they wanted.
 *
 * @returns undefined for a path of no screen
 */
export function find(path: string, who: 'guests' | 'members'): Found | { readonly elsewhere: string } | undefined {
  const found = routes.flatMap((route) => {
    const params = match(route.path, path);
    return params ? [{ route, params }] : [];
  });
  const own = found.find(({ route }) => route.who === who || route.who === 'all');
  if (own || found.length === 0) return own;
  return {
    elsewhere: who === 'guests' ? `/sign-in?then=${encodeURIComponent(path)}` : pathIn(path.split('?')[1] ?? ''),
  };
}
