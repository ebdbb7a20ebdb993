/** Where news leads to: the same for the inbox, a toast and a push message. */
import type { Notification } from './data/notifications.ts';

type Target = Pick<Notification, 'type' | 'link'>;

/** The path of the screen that a notification is about; until that screen exists, the nearest one. */
export function pathOf({ type, link }: Target): string {
  if ((link.screen as string) === 'devices') return '/me/devices';
  if (link.screen === 'approvals') return '/admin';
  if (link.screen === 'messages') return `/messages/${link.accountId}`;
  if (link.screen === 'today') return '/';
  return link.groupId ? `/groups/${link.groupId}${placeOf({ type, link })}` : '/me';
}

/** The place within a group, as it is added to the path of the group. */
function placeOf({ type, link }: Target): string {
  if (type === 'CERTIFICATION_SUBMITTED') return '/review';
  if (type === 'ATTENDANCE_REQUESTED') return '/attendance/waiting';
  const places: { readonly [screen in Target['link']['screen']]?: string } = {
    applications: '/applications',
    reports: '/reports',
    mission: `/missions/${link.missionId}`,
    post: `/posts/${link.postId}`,
    poll: `/polls/${link.pollId}`,
    room: link.roomId === link.groupId ? '/talk' : `/rooms/${link.roomId}`,
    attendance: '/attendance',
    records: '/records',
    // The whole season, not one of its weeks.
    ranking: `/ranking?season=${link.seasonId}&week=0`,
  };
  return places[link.screen] ?? '';
}
