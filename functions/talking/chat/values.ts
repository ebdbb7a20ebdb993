/** What an entry of a room's log is. */
export const entryKinds = ['MESSAGE', 'DELETED', 'HIDDEN', 'RESTORED', 'CLOSED', 'EMPTIED'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Row 70: what a room is for; a study has one open room of each at most. */
export const roomCategories = ['PLAN', 'PROGRESS', 'QNA', 'REVIEW', 'ETC'] as const;
export type RoomCategory = (typeof roomCategories)[number];

/** What somebody sees of a message. */
export const messageStates = ['SHOWN', 'DELETED', 'HIDDEN', 'BLOCKED'] as const;
export type MessageState = (typeof messageStates)[number];

/** What writing in a room touches, whichever way it comes. */
const writing = {
  read: ['Group', 'Membership', 'ChatRoom', 'ChatPace', 'ChatEntry', 'ChatMark', 'Account', 'Reported', 'ChatHead'],
  query: ['entriesOfGroup', 'listenersOfGroup', 'blockersOf', 'blocksOfAccount', 'rosterOfGroup'],
  write: ['ChatEntry', 'ChatPace', 'ChatMark', 'ChatListeners'],
  check: ['Membership'],
  postToSockets: true,
} as const;

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
} as const;

/** How a client uses the rooms, for the documents: enough to write another client from it alone. */
export const protocol = `A room is a log. Its entries have the numbers 1, 2, 3 ... without a gap, and each change is an entry of its own: a message (\`MESSAGE\`), a deletion (\`DELETED\`), a hiding (\`HIDDEN\`) and its end (\`RESTORED\`), the closing (\`CLOSED\`). An entry never changes its number. A client that has every number up to the head has missed nothing, and can show it.

The main room of a group has the group's id and is always there. Rooms are read and written over HTTP and over the socket alike; both are the same log.

\`\`\`
client                      moim                      others
  |  chat.join {after: 7}     |                          |
  |-------------------------->|  listens, then reads     |
  |  {head: 9, entries: 8, 9} |                          |
  |<--------------------------|                          |
  |  chat.send {clientId, after: 9, text}                |
  |-------------------------->|  creates number 10       |
  |  {entry: 10}              |  chat.message {entry 10} |
  |<--------------------------|------------------------->|
  |        X  the answer is lost                         |
  |  POST .../messages, the same clientId and after      |
  |-------------------------->|  finds number 10         |
  |  201 {entry: 10}          |                          |
  |<--------------------------|                          |
\`\`\`

A client keeps for each room: \`seen\`, the largest number without a hole before it; \`ahead\`, entries with larger numbers; \`outbox\`, messages without an answer, each with its \`clientId\` and \`after\`.

- **Join:** \`chat.join\` with \`after: seen\`, or without \`after\` for the newest 50. While the reply says \`more\`: \`GET .../entries?after=\`. After every reconnect, join again: a socket listens until it closes.
- **An entry e comes,** in a reply, a page or an event: \`e.seq <= seen\`: drop it, it came twice. \`e.seq == seen + 1\`: show it, then what follows in \`ahead\`. Larger: keep it in \`ahead\`; if the hole is still there after a second, read \`GET .../entries?after=seen\`.
- **Send:** make a UUID, keep \`after = seen\`, show the message as waiting. No reply within 5 s, or the socket closed: send the same again, after two tries over HTTP. The \`clientId\` and \`after\` stay the same for all tries, over both ways, also a day later. It is done when a reply comes, or an entry with your \`clientId\`.
- **RESUME_FIRST at a send:** too much has come since \`after\`, or that entry is deleted. Read from \`after\` to the end. Your \`clientId\` is among the entries: it is done. Else set \`after\` to the end and send again with the same \`clientId\`.
- **RESUME_FIRST at a read or a join:** that entry no longer exists. Drop your entries and read from 0. A log may begin with a later number: an entry \`EMPTIED\` says that everything before it is deleted for good.
- **DELETED, HIDDEN:** take the text of the message \`target\` away. **RESTORED:** read it again, \`GET .../entries?after={target - 1}&limit=1\`. **CLOSED:** the last entry of the room; you no longer listen.
- **Hidden things keep their numbers:** a message of somebody you blocked, or one that is hidden, comes with its \`state\` and without its text.
- **TOO_MANY_REQUESTS:** three messages a second, in all rooms and by all ways together; then nothing for five seconds. \`Retry-After\` says when; send the same again.
- **Is there anything new?** Events are sent once, best effort. Every 60 s while a room is shown, \`chat.heads\`: \`head > seen\` means read on. A hole lasts no longer than that.
- **Read marks:** \`chat.read\` with the last number that was shown, at most every 2 s, and when the page is hidden. The mark only moves forward. \`unread\` are the messages after it; a deletion makes none. Readers of a message: all whose \`seq\` in \`GET .../read-marks\` is not smaller than its number.
- **Presence:** \`chat.join\` tells who listens, \`room.members\` who came and went, in rooms with up to 50 listening sockets. It is a hint; \`chat.join\` again is the truth. \`chat.typing\` at most every 3 s; show it for 4 s.
- **An empty message** of the socket means nothing.`;
