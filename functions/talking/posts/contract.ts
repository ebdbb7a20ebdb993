import * as z from 'zod';
import { edit, feature, id, instant, pageOf, pageQuery, route, serverEvent } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { line, text } from '../../../shared/product/text-fields.ts';
import { postKinds } from './values.ts';

const { post: limit } = limits;
const kind = z.enum(postKinds);
const title = line({ min: 1, max: limit.title });
const body = text({ min: 1, max: limit.body }).meta({
  description:
    'Markdown, kept as it was typed. The language of a code block is the word after its fence. Clients draw it; HTML in it is text',
});

const post = z
  .object({
    id,
    groupId: id,
    kind,
    author: z.object({ id, nickname: z.string(), picture: thumbnail }),
    title: z.string(),
    body: z.string(),
    read: z.boolean().meta({ description: 'Whether you have opened it; your own are read' }),
    comments: z.int().min(0),
    hiddenAt: instant.nullable().meta({
      description:
        'Hidden from other members because of reports. Its author and those who decide on reports still see it',
    }),
    version: z.int().meta({ description: 'Send it as `If-Match`; it is also the ETag' }),
    createdAt: instant,
    modifiedAt: instant,
  })
  .meta({ id: 'Post' });

const posts = '/v1/groups/{groupId}/posts';
const one = `${posts}/{postId}` as const;

const listPosts = route({
  method: 'GET',
  path: posts,
  summary: 'Show the board of a group',
  description:
    'Members; others get 404. Without `kind`: the newest 30 notices, unread ones first, and beside them the other posts, newest first. With `kind`, those of that kind alone, newest first. Posts of people you blocked are left out, so a page may be short. The list may lag by a moment.',
  auth: 'account',
  query: z.strictObject({ kind: kind.optional(), ...pageQuery }),
  result: pageOf(post).extend({
    notices: z.array(post).meta({ description: 'Only on the first page, and without `kind`' }),
    unread: z.int().meta({ description: 'How many of `notices` you have not read' }),
  }),
});

const writePost = route({
  method: 'POST',
  path: posts,
  summary: 'Write a post, or a notice',
  description:
    'Members; others get 404. Leaders and managers may make it a NOTICE, and all members are notified; others who try get 404. 30 posts a day, ten of them notices.',
  auth: 'account',
  body: z
    .strictObject({ kind: kind.default('POST'), title, body })
    .meta({ examples: [{ kind: 'POST', title: 'Chapter 3', body: 'A question:\n\n```ts\nconst n = 1;\n```' }] }),
  status: 201,
  result: post,
  problems: ['TOO_MANY_REQUESTS'],
});

const getPost = route({
  method: 'GET',
  path: one,
  summary: 'Read a post',
  description:
    'Members; others get 404. From then on it counts as read. A client that reads ahead sends `peek=true`, and nothing is marked.',
  auth: 'account',
  query: z.strictObject({ peek: z.literal('true').optional() }),
  result: post,
});

const editPost = route({
  method: 'PATCH',
  path: one,
  summary: 'Edit a post',
  description:
    'Authors edit the words; those of a notice only while they may write notices. Leaders and managers say with `kind` whether it is a notice, also of posts of others; when it becomes one, all members are notified. Others get 404.',
  auth: 'account',
  body: edit({ kind: kind.optional(), title: title.optional(), body: body.optional() }),
  result: post,
  problems: ['PRECONDITION_FAILED', 'TOO_MANY_REQUESTS'],
});

const deletePost = route({
  method: 'DELETE',
  path: one,
  summary: 'Delete a post',
  description: 'Authors and leaders; others get 404. Its comments are deleted with it.',
  auth: 'account',
});

const person = z.object({ id, nickname: z.string() });

const listPostReaders = route({
  method: 'GET',
  path: `${one}/readers`,
  summary: 'List who has read a post',
  description:
    'Leaders and managers; others get 404. Present members without the author. Those who have read it: last first. A reader is listed within seconds.',
  auth: 'account',
  result: z.object({
    read: z.array(person.extend({ readAt: instant })),
    unread: z.array(person),
  }),
});

const postChanged = serverEvent({
  name: 'post.changed',
  summary: 'A post that you may see was written or has changed',
  data: z
    .object({
      groupId: id,
      postId: id,
      kind: kind.nullable().meta({ description: 'Null: you no longer see it' }),
    })
    .meta({ id: 'PostChanged' }),
});
export type PostChanged = z.infer<typeof postChanged.data>;

export const contract = feature({
  name: 'posts',
  summary: 'Notices and posts of groups',
  routes: { listPosts, writePost, getPost, editPost, deletePost, listPostReaders },
  events: { postChanged },
  consumers: {
    forgetReads: {
      summary: 'Forgets who has read a deleted post',
      entity: 'Post',
      on: ['REMOVE'],
      lane: 'background',
      rights: { query: ['readsOfGroup'], remove: ['PostRead'] },
      keeps: ['groupId', 'postId'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Post', 'PostRead', 'Reported', 'Account', 'CommentCount'],
      query: [
        ...(['postsByKind', 'readsOfAccount', 'readsOfGroup', 'blocksOfAccount', 'rosterOfGroup'] as const),
        ...(['membersOfGroup', 'commentCountsOfGroup'] as const),
      ],
      write: ['Post', 'PostRead', 'Outbox', 'Quota'],
      check: ['Membership'],
      readObjects: ['pictures/'],
    },
  },
});
