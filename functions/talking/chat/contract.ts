import * as z from 'zod';
import { action, feature, id, instant, route, serverEvent } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { text } from '../../../shared/product/text-fields.ts';
import { chatRights, entryKinds, messageStates, protocol, roomCategories } from './values.ts';

const { chat: limit } = limits;
const seq = z.int().min(1);
const after = z
  .int()
  .min(0)
  .meta({ description: 'The number of the last entry that you know without a hole before it; 0 for none' });
const category = z.enum(roomCategories);

const entry = z
  .object({
    id: id.meta({ description: 'Names a message in later requests, and in reports as `message:{id}`' }),
    roomId: id,
    seq: seq.meta({ description: 'Its number in the room: 1, 2, 3 ... without a gap' }),
    count: z.int().min(0).meta({ description: 'Messages of the room up to here' }),
    kind: z.enum(entryKinds).meta({
      description:
        'DELETED, HIDDEN, RESTORED: what happened to the message `target`. CLOSED: the last entry of a room. EMPTIED: all entries before it are deleted for good',
    }),
    state: z.enum(messageStates).nullable().meta({
      description: 'How you see a message now; null for other kinds. BLOCKED: you have blocked its author',
    }),
    author: z
      .object({ id, nickname: z.string() })
      .nullable()
      .meta({ description: 'Null if you have blocked them, and of entries that nobody caused' }),
    clientId: id.nullable().meta({ description: 'The id that your client chose; null unless it is your own message' }),
    text: z.string().nullable().meta({ description: 'Null unless you may see it' }),
    replyTo: seq.nullable().meta({ description: 'The number of the message that it answers' }),
    target: seq.nullable(),
    at: instant,
  })
  .meta({ id: 'ChatEntry' });
export type EntryView = z.infer<typeof entry>;

const entriesPage = {
  entries: z.array(entry),
  more: z.boolean().meta({ description: 'Whether there are more in this direction. A page may be short' }),
};

const room = z
  .object({
    id: id.meta({ description: 'That of the group for its main room' }),
    category: category.nullable().meta({ description: 'Null for the main room' }),
    openedAt: instant.nullable(),
    closedAt: instant.nullable().meta({ description: 'Thirty days later the room is deleted' }),
    writable: z.boolean().meta({ description: 'Whether members may write in it now' }),
    head: z.int().min(0).meta({ description: 'The number of its last entry. It may lag by a moment' }),
    count: z.int().min(0),
    lastAt: instant.nullable(),
    mine: z.object({
      seq: z.int().min(0).meta({ description: 'How far you have read' }),
      unread: z.int().min(0).meta({ description: 'Messages after that, also those that were deleted' }),
    }),
  })
  .meta({ id: 'ChatRoom' });

const message = {
  clientId: id.meta({ description: 'A new UUID for each message, the same for all its tries' }),
  after: after.meta({
    description:
      'The last number that you knew at the first try: the same for all tries, unless RESUME_FIRST is answered',
  }),
  text: text({ min: 1, max: limit.text }),
  replyTo: seq.optional(),
};

const rooms = '/v1/groups/{groupId}/rooms';
const one = `${rooms}/{roomId}` as const;

const listRooms = route({
  method: 'GET',
  path: rooms,
  summary: 'List the chat rooms of a group',
  description: 'Members; others get 404. The main room first, then the others as they were opened.',
  auth: 'account',
  result: z.object({ items: z.array(room) }),
});

const openRoom = route({
  method: 'POST',
  path: rooms,
  summary: 'Open a chat room of a study',
  description:
    'Members of a study; others get 404. A study has three open rooms at most besides its main room, one of each category. If one of the category is open, it is the answer.',
  auth: 'account',
  body: z.strictObject({ category }),
  status: 201,
  result: room,
  problems: ['NOT_APPLICABLE', 'ROOM_LIMIT'],
});

const closeRoom = route({
  method: 'POST',
  path: `${one}/close`,
  summary: 'Close a chat room',
  description:
    'Leaders; others get 404. From then on it is only read, and it is deleted after thirty days. The main room cannot be closed. Idempotent.',
  auth: 'account',
  problems: ['NOT_APPLICABLE'],
});

const listEntries = route({
  method: 'GET',
  path: `${one}/entries`,
  summary: 'Read the entries of a room',
  description:
    'Members, also those who joined later; others get 404. With `after`: oldest first, those after that entry. Otherwise newest first, those before `before` if it is given. Never out of date. RESUME_FIRST: the entry `after` does not exist; read again from 0.',
  auth: 'account',
  query: z.strictObject({
    after: z.coerce.number<number>().int().min(0).optional(),
    before: z.coerce.number<number>().int().min(1).optional(),
    limit: z.coerce.number<number>().int().min(1).max(limit.page).default(limit.page),
  }),
  result: z.object(entriesPage),
  problems: ['RESUME_FIRST'],
});

const sendMessage = route({
  method: 'POST',
  path: `${one}/messages`,
  summary: 'Send a message to a room',
  description:
    'Members; others get 404. However often and by whichever way it is sent, it has one number, and the answer is the entry as it is. Three messages a second; a fourth mutes you for five seconds, in all rooms.',
  auth: 'account',
  body: z.strictObject(message).meta({
    examples: [{ clientId: '01900000-0000-7000-8000-000000000000', after: 0, text: 'Chapter 3 is done' }],
  }),
  status: 201,
  result: entry,
  problems: ['RESUME_FIRST', 'ROOM_CLOSED', 'TOO_MANY_REQUESTS'],
});

const deleteMessage = route({
  method: 'DELETE',
  path: `${one}/messages/{messageId}`,
  summary: 'Delete a message',
  description: 'Authors and leaders; others get 404. Its text is gone for good; its number stays. Idempotent.',
  auth: 'account',
});

const markRead = route({
  method: 'PUT',
  path: `${one}/read-mark`,
  summary: 'Say how far you have read',
  description:
    'Members; others get 404. The mark only moves forward: a smaller number changes nothing. RESUME_FIRST: no entry has that number.',
  auth: 'account',
  body: z.strictObject({ seq }),
  problems: ['RESUME_FIRST'],
});

const listReadMarks = route({
  method: 'GET',
  path: `${one}/read-marks`,
  summary: 'List how far members have read',
  description:
    'Members; others get 404. Present members with a mark in the room. A message is unread by the others, and by those whose mark is smaller than its number.',
  auth: 'account',
  result: z.object({
    members: z.int().meta({ description: 'How many are in the group' }),
    items: z.array(z.object({ accountId: id, seq })),
  }),
});

const place = { groupId: id, roomId: id };
const writing = ['NOT_FOUND', 'ROOM_CLOSED', 'RESUME_FIRST', 'TOO_MANY_REQUESTS'] as const;

const chatJoin = action({
  name: 'chat.join',
  summary: 'Listen to a room, and get what you missed',
  data: z.strictObject({ ...place, after: after.optional() }),
  reply: z.object({
    head: z
      .int()
      .min(0)
      .meta({ description: 'The number of the last entry. You have all if you have everything up to it' }),
    ...entriesPage,
    read: z.int().min(0).meta({ description: 'How far you have read' }),
    writable: z.boolean(),
    listening: z.int().meta({ description: 'Sockets that listen, yours among them' }),
    accountIds: z
      .array(id)
      .nullable()
      .meta({ description: 'Whose they are; null in a room with more than 50 sockets' }),
  }),
  problems: ['NOT_FOUND', 'RESUME_FIRST', 'TOO_MANY_REQUESTS'],
});

const chatLeave = action({
  name: 'chat.leave',
  summary: 'Stop listening to a room',
  data: z.strictObject(place),
});

const chatSend = action({
  name: 'chat.send',
  summary: 'Send a message to a room, as over HTTP',
  data: z.strictObject({ ...place, ...message }),
  reply: z.object({ entry }),
  problems: writing,
});

const chatDelete = action({
  name: 'chat.delete',
  summary: 'Delete a message, as over HTTP',
  data: z.strictObject({ ...place, messageId: id }),
  problems: ['NOT_FOUND'],
});

const chatRead = action({
  name: 'chat.read',
  summary: 'Say how far you have read, as over HTTP',
  data: z.strictObject({ ...place, seq }),
  problems: ['NOT_FOUND', 'RESUME_FIRST'],
});

const chatTyping = action({
  name: 'chat.typing',
  summary: 'Say that you are typing, every three seconds',
  data: z.strictObject(place),
  problems: ['NOT_FOUND'],
});

const chatHeads = action({
  name: 'chat.heads',
  summary: 'Ask for the last numbers of rooms',
  data: z.strictObject({ rooms: z.array(z.strictObject(place)).min(1).max(limit.heads) }),
  reply: z.object({
    rooms: z
      .array(z.object({ roomId: id, head: z.int().min(0), unread: z.int().min(0) }))
      .meta({ description: 'Without rooms of groups that you are not in. Numbers may lag by a moment' }),
  }),
});

const entryEvent = z.object({ groupId: id, entry }).meta({ id: 'ChatEntryEvent' });
const chatMessage = serverEvent({
  name: 'chat.message',
  summary: 'A message in a room that you listen to',
  data: entryEvent,
});
const chatDeleted = serverEvent({
  name: 'chat.deleted',
  summary: 'A message was deleted or hidden; the entry names it as target',
  data: entryEvent,
});
const chatRestored = serverEvent({
  name: 'chat.restored',
  summary: 'A hidden message is shown again; read the entry target anew',
  data: entryEvent,
});
const roomClosed = serverEvent({
  name: 'room.closed',
  summary: 'A room was closed; you no longer listen to it',
  data: entryEvent,
});
const chatReadEvent = serverEvent({
  name: 'chat.read',
  summary: 'Somebody has read on, in rooms with up to 50 listening sockets',
  data: z.object({ ...place, accountId: id, seq }).meta({ id: 'ChatReadEvent' }),
});
const chatTypingEvent = serverEvent({
  name: 'chat.typing',
  summary: 'Somebody types, in rooms with up to 20 listening sockets',
  data: z.object({ ...place, accountId: id }).meta({ id: 'ChatTypingEvent' }),
});
const roomMembers = serverEvent({
  name: 'room.members',
  summary: 'Somebody came or went, in rooms with up to 50 listening sockets',
  data: z
    .object({ ...place, listening: z.int(), joined: id.optional(), left: id.optional() })
    .meta({ id: 'RoomMembers' }),
});

export const contract = feature({
  name: 'chat',
  summary: 'Chat rooms of groups, whose messages are numbered',
  protocol,
  routes: {
    ...{ listRooms, openRoom, closeRoom, listEntries, sendMessage, deleteMessage, markRead, listReadMarks },
  },
  actions: { chatJoin, chatLeave, chatSend, chatDelete, chatRead, chatTyping, chatHeads },
  events: {
    ...{ chatMessage, chatDeleted, chatRestored, roomClosed, chatReadEvent, chatTypingEvent, roomMembers },
  },
  due: {
    purgeRoom: { summary: 'Deletes a chat room thirty days after it was closed', rights: chatRights.purging },
    emptyRooms: { summary: 'Empties the rooms of a group thirty days after its end', rights: chatRights.emptying },
  },
  consumers: {
    followEntries: {
      summary: 'Keeps the last numbers of each chat room',
      entity: 'ChatEntry',
      on: ['INSERT'],
      lane: 'live',
      rights: { write: ['ChatHead'] },
    },
    tellHidden: {
      summary: 'Numbers that a message was hidden or restored',
      entity: 'ChatEntry',
      on: ['MODIFY'],
      lane: 'live',
      rights: {
        read: ['ChatEntry'],
        query: ['entriesOfGroup', 'listenersOfGroup'],
        write: ['ChatEntry', 'ChatListeners'],
        postToSockets: true,
      },
      keeps: ['groupId', 'messageId', 'roomId', 'hiddenAt'],
    },
    dropListener: {
      summary: 'Forgets a closed socket in the rooms it listened to',
      entity: 'Connection',
      on: ['REMOVE'],
      lane: 'live',
      rights: { query: ['listenersOfGroup', 'blockersOf'], write: ['ChatListeners'], postToSockets: true },
      keeps: ['accountId', 'connectionId'],
    },
    dropMember: {
      summary: 'Sends nothing more to people who left a group',
      entity: 'Membership',
      on: ['MODIFY'],
      lane: 'live',
      rights: {
        read: ['Membership'],
        query: ['listenersOfGroup', 'blockersOf'],
        write: ['ChatListeners'],
        postToSockets: true,
      },
      keeps: ['groupId', 'accountId'],
    },
    emptyLater: {
      summary: 'Has the rooms of an ended group emptied later',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'live',
      rights: { write: ['Due'] },
      keeps: ['groupId'],
    },
  },
  rights: { http: chatRights.http, socket: chatRights.socket },
  // A whole processor: a message in a club of 500 is 500 posts.
  tuning: { http: { memory: 1769, timeout: 25 }, socket: { memory: 1769, timeout: 25 } },
});
