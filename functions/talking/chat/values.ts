/** What an entry of a room's log is. */
export const entryKinds = ['MESSAGE', 'DELETED', 'HIDDEN', 'RESTORED', 'CLOSED', 'EMPTIED'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Row 70: what a room is for; a study has one open room of each at most. */
export const roomCategories = ['PLAN', 'PROGRESS', 'QNA', 'REVIEW', 'ETC'] as const;
export type RoomCategory = (typeof roomCategories)[number];

/** What somebody sees of a message. */
export const messageStates = ['SHOWN', 'DELETED', 'HIDDEN', 'BLOCKED'] as const;
export type MessageState = (typeof messageStates)[number];

/** What somebody sees of a file of a message; other files than photos are ready at once. */
export const fileStates = ['READY', 'DECODING', 'BROKEN'] as const;

/** What writing in a room touches, whichever way it comes. */
const writing = {
  read: ['Group', 'Membership', 'ChatRoom', 'ChatPace', 'ChatEntry', 'ChatMark', 'Account', 'Reported', 'ChatHead'],
  query: ['entriesOfGroup', 'listenersOfGroup', 'blockersOf', 'blocksOfAccount', 'rosterOfGroup'],
  write: ['ChatEntry', 'ChatFile', 'ChatPace', 'ChatMark', 'ChatListeners', 'Due'],
  check: ['Membership'],
  postToSockets: true,
  readObjects: ['uploads/', 'chat/'],
  writeObjects: ['files/', 'chat/'],
  secrets: ['UploadKey'],
} as const;

/** The rights of the functions, of what is due and of what is read again: in one place, because they share the most. */
export const chatRights = {
  http: {
    ...writing,
    read: [...writing.read, 'ChatRooms'],
    query: [...writing.query, 'roomsOfGroup', 'headsOfGroup', 'marksOfGroup'],
    write: [...writing.write, 'ChatRoom', 'ChatRooms', 'Quota'],
    readObjects: [...writing.readObjects, 'files/'],
    writeObjects: [...writing.writeObjects, 'uploads/'],
  },
  socket: {
    ...writing,
    read: [...writing.read, 'Connection'],
    write: [...writing.write, 'Connection', 'Throttle'],
  },
  purging: {
    read: ['ChatRoom'],
    query: ['entriesOfGroup'],
    remove: ['ChatEntry', 'ChatFile', 'ChatHead', 'ChatRoom', 'ChatListeners'],
  },
  emptying: {
    read: ['Group'],
    query: ['entriesOfGroup', 'roomsOfGroup'],
    write: ['ChatEntry'],
    remove: ['ChatFile'],
  },
} as const;
