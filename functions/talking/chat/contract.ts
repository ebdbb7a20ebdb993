import * as z from 'zod';
import { action, because, feature, id, instant, route, serverEvent } from '../../../shared/core/contract.ts';
import { numberInQuery } from '../../../shared/core/query.ts';
import { limits } from '../../../shared/product/limits.ts';
import { attachment, uploadForm } from '../../activity/files/contract.ts';
import { after, category, entriesPage, entry, message, room, said, saysSomething, seq } from './fields.ts';
import { protocolOf } from './protocol.ts';
import { chatRights } from './values.ts';

const { chat: limit } = limits;
const rooms = '/v1/groups/{groupId}/rooms';
const one = `${rooms}/{roomId}` as const;
/** That of an entry, in a query. */
const number = '[1-9][0-9]{0,11}';
const isGiven = (value: unknown) => value !== undefined;

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
    'Members, also those who joined later; others get 404. With `after`: oldest first, those after that entry. With `seqs`: those of these numbers that exist, such as the messages that a page answers, in one request. Otherwise newest first, those before `before` if it is given. Only one of the three goes. Never out of date. RESUME_FIRST: the entry `after` does not exist; read again from 0.',
  auth: 'account',
  query: z
    .strictObject({
      after: numberInQuery(0).optional(),
      before: numberInQuery(1).optional(),
      seqs: z
        .string()
        .regex(new RegExp(`^${number}(?:,${number}){0,${limit.page - 1}}$`), because('seqs'))
        .meta({ description: `Up to ${limit.page} numbers, separated by commas` })
        .optional(),
      limit: numberInQuery(1, limit.page).default(limit.page),
    })
    .refine(
      ({ after, before, seqs }) => [after, before, seqs].filter(isGiven).length < 2,
      because('afterBeforeOrSeqs'),
    ),
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
  body: z
    .strictObject(message)
    .refine(...saysSomething)
    .meta({ examples: [said] }),
  status: 201,
  result: entry,
  problems: ['RESUME_FIRST', 'ROOM_CLOSED', 'TOO_MANY_REQUESTS', 'UPLOAD_INVALID'],
});

const allowChatUpload = route({
  method: 'POST',
  path: `${one}/uploads`,
  summary: 'Request a file upload for a message',
  description:
    'Members; others get 404. Answers a form: within five minutes, post its fields and then the file as `file` to its address. The bucket accepts exactly the requested type and size. Send a message with the upload among its `fileIds` within a day, or it is deleted. Photos lose their metadata when they are sent.',
  auth: 'account',
  body: attachment,
  status: 201,
  result: uploadForm,
  problems: ['ROOM_CLOSED', 'TOO_MANY_REQUESTS'],
});

const downloadChatFile = route({
  method: 'POST',
  path: `${one}/messages/{messageId}/files/{fileId}/downloads`,
  summary: 'Get the address of a file',
  description:
    'Members who see the message; others get 404. For documents: photos have addresses in the message. Browsers save the file instead of showing it. Files are scanned for malware first, which takes some seconds. The size of the file counts for the day, whether or not it is loaded.',
  auth: 'account',
  status: 201,
  result: z.object({ url: z.url(), expiresAt: instant }),
  problems: ['TOO_MANY_REQUESTS'],
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
    'Members; others get 404. All present members; 0 for those who have read nothing. A message is unread by those whose mark is smaller than its number, besides its author.',
  auth: 'account',
  result: z.object({
    members: z.int().meta({ description: 'How many are in the group' }),
    items: z.array(z.object({ accountId: id, seq: z.int().min(0) })),
  }),
});

const place = { groupId: id, roomId: id };
const writing = ['NOT_FOUND', 'ROOM_CLOSED', 'RESUME_FIRST', 'TOO_MANY_REQUESTS', 'UPLOAD_INVALID'] as const;

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
  data: z
    .strictObject({ ...place, ...message })
    .refine(...saysSomething)
    .meta({ examples: [{ groupId: said.clientId, roomId: said.clientId, ...said }] }),
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
  protocol: protocolOf({ ...limit, behind: limits.log.behind }),
  routes: {
    ...{ listRooms, openRoom, closeRoom, listEntries, sendMessage, deleteMessage, markRead, listReadMarks },
    ...{ allowChatUpload, downloadChatFile },
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
      summary: 'Keeps the last numbers and the last line of each chat room',
      entity: 'ChatEntry',
      on: ['INSERT'],
      lane: 'live',
      rights: { read: ['ChatEntry', 'ChatHead'], write: ['ChatHead', 'Due'] },
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
        write: ['ChatListeners', 'Connection'],
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
