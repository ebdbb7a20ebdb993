/** The number on the bell, as the inbox and the home screen tell it. */
import { newsOf } from '../../news.ts';
import type { NotificationItem } from './items.ts';
import { unreadAmong } from './rules.ts';

/** How many of some notifications their reader has not read. Those of a type that this build does not know are left out. */
export const unreadIn = (items: readonly NotificationItem[], readUntil: string | undefined, now: number): number =>
  unreadAmong(
    items.filter(({ notice }) => newsOf(notice)),
    readUntil,
    now,
  );
