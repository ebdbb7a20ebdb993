import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route, serverEvent } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { line, text } from '../../../shared/product/text-fields.ts';

const { message: limit } = limits;

const person = z
  .object({
    id,
    nickname: z.string(),
    picture: thumbnail,
    withdrawn: z.boolean(),
  })
  .meta({ id: 'Correspondent' });

const message = z
  .object({
    id,
    mine: z.boolean(),
    title: z.string().nullable(),
    body: z.string(),
    replyTo: id.nullable(),
    quote: z.string().nullable().meta({ description: 'How the message begins that it answers' }),
    at: instant,
    read: z.boolean().meta({ description: 'Whether the other has read it, where it is your own' }),
    hidden: z.boolean().meta({ description: 'Whether administrators have hidden it, where it is your own' }),
  })
  .meta({ id: 'PrivateMessage' });
export type MessageView = z.infer<typeof message>;

const conversation = z
  .object({
    with: person,
    last: z.object({ mine: z.boolean(), text: z.string().nullable(), at: instant, read: z.boolean() }),
    unread: z.boolean(),
  })
  .meta({ id: 'Conversation' });

const one = '/v1/messages/with/{accountId}';

const sendPrivateMessage = route({
  method: 'POST',
  path: '/v1/messages',
  summary: 'Send a private message to a person',
  description:
    'To a member of a group that both of you are in and that is not over; anybody else is not found. Without `groupId` such a group is looked for. The answer is the same if the person has blocked you. NOT_APPLICABLE: you have blocked the person. Messages are kept for a year.',
  auth: 'account',
  body: z
    .strictObject({
      to: id,
      groupId: id.optional(),
      title: line({ min: 1, max: limit.title }).optional(),
      body: text({ min: 1, max: limit.body }),
      replyTo: id.optional().meta({ description: 'A message that you have of the same person' }),
    })
    .meta({ examples: [{ to: '0193a6c0-0000-7000-8000-000000000001', body: 'Shall we read together on Sunday?' }] }),
  status: 201,
  result: message,
  problems: ['NOT_FOUND', 'NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const listConversations = route({
  method: 'GET',
  path: '/v1/messages',
  summary: 'List the people you write with',
  description:
    'Unread conversations first, then by the last message. People you blocked are left out, so a page may be short.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(conversation),
});

const countUnreadConversations = route({
  method: 'GET',
  path: '/v1/messages/unread',
  summary: 'Count the conversations with unread messages',
  auth: 'account',
  result: z.object({ unread: z.int().meta({ description: 'Counted up to 100; show more than 99 as "99+"' }) }),
});

const getConversation = route({
  method: 'GET',
  path: one,
  summary: 'Read your messages with a person',
  description:
    'Newest first. Messages that you have reported are left out, so a page may be short. With somebody you have no messages with, it is empty if you share a group that is not over; otherwise not found. Reading marks nothing: say with the read mark how far you have read.',
  auth: 'account',
  query: z.strictObject({ ...pageQuery, groupId: id.optional() }),
  result: pageOf(message).extend({
    with: person,
    newest: id.nullable().meta({ description: 'The last message of the other, for the read mark' }),
    unread: z.boolean(),
    writable: z
      .boolean()
      .meta({ description: 'Whether you share a group that is not over, and have not blocked them' }),
    blocked: z.boolean().meta({ description: 'Whether you have blocked them' }),
  }),
  problems: ['NOT_FOUND'],
});

const markConversationRead = route({
  method: 'PUT',
  path: `${one}/read-mark`,
  summary: 'Say how far you have read',
  description:
    'The person sees which of their messages you have read. Their notifications count as read. The mark only moves forward. Idempotent.',
  auth: 'account',
  body: z.strictObject({ upTo: id }),
  problems: ['NOT_FOUND'],
});

const deletePrivateMessage = route({
  method: 'DELETE',
  path: `${one}/{messageId}`,
  summary: 'Delete a message from your box',
  description: 'The other person keeps their copy. A message that is not in your box is not found.',
  auth: 'account',
  problems: ['NOT_FOUND'],
});

const received = serverEvent({
  name: 'message.received',
  summary: 'Somebody sent you a private message; ask for it',
  data: z.object({ accountId: id }).meta({ id: 'MessageReceived' }),
});
const read = serverEvent({
  name: 'message.read',
  summary: 'Somebody has read your private messages up to one',
  data: z.object({ accountId: id, upTo: id }).meta({ id: 'MessageRead' }),
});
const conversationRead = serverEvent({
  name: 'conversation.read',
  summary: 'You have read private messages, perhaps on another device',
  data: z.object({ accountId: id, upTo: id }).meta({ id: 'ConversationRead' }),
});
export type ConversationRead = z.infer<typeof conversationRead.data>;

export const contract = feature({
  name: 'messages',
  summary: 'Private messages between people who share a group',
  routes: {
    ...{ sendPrivateMessage, listConversations, countUnreadConversations, getConversation, markConversationRead },
    deletePrivateMessage,
  },
  events: { received, read, conversationRead },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'Block', 'Message', 'Conversation', 'Presence'],
      query: ['messagesOfAccount', 'newestTalks', 'blocksOfAccount', 'groupsOfAccount', 'connectionsOfAccount'],
      write: ['Message', 'Conversation', 'Quota', 'Outbox', 'Connection', 'Presence'],
      check: ['Membership', 'Account', 'Message', 'Conversation'],
      readObjects: ['pictures/'],
      postToSockets: true,
    },
  },
});
