import type { texts as ko } from './ko.ts';

export const texts: typeof ko = {
  title: 'Inbox',
  empty: 'All quiet',
  emptyLead: 'News about your bricks and groups appears here.',
  live: 'Live',
  unread: 'unread',
  readAll: 'Mark all as read',
  today: 'Today',
};
