/** Where news leads to: the same for the inbox, a toast and a push message. */
import type { Notification } from './data/notifications.ts';

type Target = Pick<Notification, 'type' | 'link'>;

/** The path of the screen that a notification is about; until that screen exists, the nearest one. */
export function pathOf({ type, link }: Target): string {
  if ((link.screen as string) === 'devices') return '/me/devices';
  if (type === 'CERTIFICATION_SUBMITTED' && link.groupId) return `/groups/${link.groupId}/review`;
  if (link.screen === 'applications' && link.groupId) return `/groups/${link.groupId}/applications`;
  if (link.screen === 'reports' && link.groupId) return `/groups/${link.groupId}/reports`;
  if (link.screen === 'mission' && link.groupId) return `/groups/${link.groupId}/missions/${link.missionId}`;
  if (link.screen === 'approvals') return '/admin';
  if (link.screen === 'today') return '/';
  return link.groupId ? `/groups/${link.groupId}` : '/me';
}
