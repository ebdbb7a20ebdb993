/**
 * The kinds of things that members write in a group. One row is all that other features need, with the kind among the decisions
 * of a group (`shared/product/decision-kinds.ts`): members can report things of the kind, and see those that they may see
 * (`seen.ts`); those who decide on a report see what a thing says. The rest is in the feature of the kind: its contract, its
 * rules and the row in `items.ts`.
 */
import type { Power } from '../../../shared/access/powers.ts';
import type { KeyOf } from '../../../shared/data/keys.ts';
import type { EntityName, ItemOf } from '../../../shared/data/registry.ts';
import type { Said, Written } from './rules.ts';

/**
 * The item of a kind: it belongs to a group and is found by an `id` in it, has the `accountId` of its writer, and can be
 * hidden.
 */
export type Kind = {
  [E in EntityName]: ItemOf<E> extends Written & { readonly groupId: string }
    ? 'hiddenAt' extends keyof ItemOf<E>
      ? {
          readonly entity: E;
          readonly id: Exclude<keyof KeyOf<E>, 'groupId'>;
          /** Who sees things of others that are not approved. A kind without approval has no `status`, and no judges. */
          readonly judges?: Power;
          /** Whether an item is such a thing; of an entity whose items are not all written by somebody. */
          readonly is?: (item: ItemOf<E>) => boolean;
          /** All that its writer says with it: those who decide on a report see this and no more. */
          readonly says: (thing: ItemOf<E>) => Said;
        }
      : never
    : never;
}[EntityName];

export const kinds = {
  certification: {
    entity: 'Certification',
    id: 'certificationId',
    judges: 'judgeCertifications',
    says: ({ text, link, photos, createdAt }) => ({ text, link, photos, writtenAt: createdAt }),
  },
  message: {
    entity: 'ChatEntry',
    id: 'messageId',
    is: ({ kind }) => kind === 'MESSAGE',
    says: ({ text, files, at, deletedAt }) => ({
      ...{ text, writtenAt: at, deletedAt },
      ...(files && {
        photos: files.flatMap(({ id, key, width, height, broken }) =>
          width && height && !broken ? [{ id, key, width, height }] : [],
        ),
        files: files.flatMap(({ name, width }) => (width ? [] : [name])),
      }),
    }),
  },
  post: {
    entity: 'Post',
    id: 'postId',
    says: ({ title, body, createdAt }) => ({ text: `${title}\n\n${body}`, writtenAt: createdAt }),
  },
  comment: {
    entity: 'Comment',
    id: 'commentId',
    says: ({ text, createdAt }) => ({ text, writtenAt: createdAt }),
  },
  poll: {
    entity: 'Poll',
    id: 'pollId',
    says: ({ question, choices, createdAt }) => ({
      text: [question, ...choices.map(({ text }) => `- ${text}`)].join('\n'),
      writtenAt: createdAt,
    }),
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type WrittenKind = keyof typeof kinds;
export type WrittenEntity = (typeof kinds)[WrittenKind]['entity'];
