import type { Rights } from '../../../shared/core/rights.ts';

/** What writing in a room touches, whichever way it comes. */
const writing = {
  read: ['Group', 'Membership', 'ChatRoom', 'ChatPace', 'ChatEntry', 'ChatMark', 'Account', 'Reported', 'ChatHead'],
  query: ['entriesOfGroup', 'listenersOfGroup', 'blockersOf', 'blocksOfAccount', 'rosterOfGroup'],
  write: ['ChatEntry', 'ChatPace', 'ChatMark', 'ChatListeners'],
  check: ['Membership'],
  postToSockets: true,
} as const satisfies Rights;

/** The rights of the functions, of what is due and of what is read again: in one place, because they share the most. */
export const chatRights = {
  http: {
    ...writing,
    read: [...writing.read, 'ChatRooms'],
    query: [...writing.query, 'roomsOfGroup', 'headsOfGroup', 'marksOfGroup'],
    write: [...writing.write, 'ChatRoom', 'ChatRooms', 'Due'],
  },
  socket: {
    ...writing,
    read: [...writing.read, 'Connection'],
    write: [...writing.write, 'Connection', 'Throttle'],
  },
  purging: {
    read: ['ChatRoom'],
    query: ['entriesOfGroup'],
    remove: ['ChatEntry', 'ChatHead', 'ChatRoom', 'ChatListeners'],
  },
  emptying: {
    read: ['Group'],
    query: ['entriesOfGroup', 'roomsOfGroup'],
    write: ['ChatEntry'],
  },
} as const satisfies Readonly<Record<string, Rights>>;
