import type { texts as ko } from './ko.ts';

export const texts: typeof ko = {
  title: 'Inbox',
  empty: 'All quiet',
  emptyLead: 'You will hear here when a brick is approved.',
  live: 'Live',
  unread: 'unread',
  readAll: 'Mark all as read',
  today: 'Today',
  before: 'Earlier',
};
