import * as z from 'zod';
import { because, feature, id, instant, pageOf, pageQuery, route, serverEvent } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { text } from '../../../shared/product/text-fields.ts';
import { kinds } from '../../activity/written/kinds.ts';
import { commented } from './values.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const on = z
  .string()
  .regex(new RegExp(`^(?:${commented.join('|')}):${uuid}$`), because('commentSubject'))
  .meta({
    description: 'A kind and an id: the thing that the comment is about',
    examples: ['post:0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90'],
  });

const comment = z
  .object({
    id,
    on: z.string(),
    author: z.object({ id, nickname: z.string(), picture: thumbnail }),
    text: z.string(),
    hiddenAt: instant.nullable().meta({
      description:
        'Hidden from other members because of reports. Its author and those who decide on reports still see it',
    }),
    createdAt: instant,
  })
  .meta({ id: 'Comment' });

const comments = '/v1/groups/{groupId}/comments';

const listComments = route({
  method: 'GET',
  path: comments,
  summary: 'List the comments on something',
  description:
    'Members who see the thing; others get 404. Oldest first. Comments of people you blocked are left out, so a page may be short. The list may lag by a moment.',
  auth: 'account',
  query: z.strictObject({ on, ...pageQuery }),
  result: pageOf(comment),
});

const writeComment = route({
  method: 'POST',
  path: comments,
  summary: 'Comment on something',
  description:
    'Members who see the thing; others get 404. Its author, and those who commented before, are notified. A hundred an hour.',
  auth: 'account',
  body: z.strictObject({ on, text: text({ min: 1, max: limits.comment.text }) }),
  status: 201,
  result: comment,
});

const deleteComment = route({
  method: 'DELETE',
  path: `${comments}/{commentId}`,
  summary: 'Delete your comment',
  description: 'Authors; others get 404.',
  auth: 'account',
});

const commentsChanged = serverEvent({
  name: 'comments.changed',
  summary: 'The comments on something that you may see have changed',
  data: z.object({ groupId: id, on: z.string(), count: z.int().min(0) }).meta({ id: 'CommentsChanged' }),
});
export type CommentsChanged = z.infer<typeof commentsChanged.data>;

/** The kinds of items that are commented on. */
export const commentedThings = commented.map((kind) => kinds[kind].entity);

const dropping = {
  on: ['REMOVE'],
  lane: 'background',
  rights: { query: ['commentsOn', 'commentsOfGroup'], write: ['CommentCount'], remove: ['Comment'] },
} as const;

export const contract = feature({
  name: 'comments',
  summary: 'Comments on what members write',
  routes: { listComments, writeComment, deleteComment },
  events: { commentsChanged },
  consumers: {
    dropOfPost: {
      ...dropping,
      summary: 'Deletes the comments on a post that was deleted',
      entity: 'Post',
      keeps: ['groupId', 'postId'],
    },
    dropOfCertification: {
      ...dropping,
      summary: 'Deletes the comments on a deleted certification',
      entity: 'Certification',
      keeps: ['groupId', 'certificationId'],
    },
    dropOfPoll: {
      ...dropping,
      summary: 'Deletes the comments on a poll that was deleted',
      entity: 'Poll',
      keeps: ['groupId', 'pollId'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Comment', 'Reported', 'Account', ...commentedThings],
      query: ['commentsOn', 'blocksOfAccount', 'rosterOfGroup'],
      write: ['Comment', 'CommentCount', 'Quota'],
      check: ['Membership'],
      readObjects: ['pictures/'],
    },
  },
});
