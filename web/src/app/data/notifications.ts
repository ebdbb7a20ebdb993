import type { ListQuestion } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Notifications = Answer<'notifications', 'listNotifications'>;
export type Notification = ItemOf<Notifications>;

export const inbox = (): ListQuestion<Notifications> => ({
  key: ['inbox'],
  ask: (cursor) => api.notifications.listNotifications({ query: { limit: 20, ...(cursor ? { cursor } : {}) } }),
});
