import { beginningOfIds } from '../../../shared/core/ids.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { daySeconds, ttl } from '../../../shared/core/time.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import type { Table } from '../../../shared/data/table.ts';
import { drop, upsert } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';

const atOnce = 10;
/** A text after every id. */
const last = '~';

/** Milliseconds for which the index may not have a comment yet that is there. It has them within a second. */
const indexLateMs = 60_000;

/**
 * Comments go with what they are on. First the count is closed, so that none can follow from a request that saw the thing
 * before. The closed count expires after a day, longer than any request lasts. Those of the last moment may not be in the index
 * yet: they are looked for among the newest of the group.
 */
async function dropOn(table: Table, groupId: string, subject: string, now: number): Promise<void> {
  const closed = { set: { gone: true, expiresAt: ttl(now) + daySeconds }, remove: ['comments', 'moves'] } as const;
  await table.commit([upsert('CommentCount', { groupId, subject }, closed)]);
  const newest = [beginningOfIds(now - indexLateMs), last] as const;
  const all = [
    everyPage((cursor) => table.query('commentsOn', { groupId, subject }, { limit: 100, cursor })),
    everyPage((cursor) =>
      table.query('commentsOfGroup', { groupId }, { limit: 100, cursor, between: newest, consistent: true }),
    ),
  ];
  for (const pages of all)
    for await (const page of pages)
      await inParallel(
        atOnce,
        page.filter((comment) => comment.subject === subject),
        ({ commentId }) => table.commit([drop('Comment', { groupId, commentId })]),
      );
}

export async function dropOfPost(
  { old, now }: Change<ItemOf<'Post'>, Old<ItemOf<'Post'>, 'groupId' | 'postId'>>,
  { table }: Kernel,
): Promise<void> {
  if (old) await dropOn(table, old.groupId, `post:${old.postId}`, now);
}

export async function dropOfCertification(
  { old, now }: Change<ItemOf<'Certification'>, Old<ItemOf<'Certification'>, 'groupId' | 'certificationId'>>,
  { table }: Kernel,
): Promise<void> {
  if (old) await dropOn(table, old.groupId, `certification:${old.certificationId}`, now);
}

export async function dropOfPoll(
  { old, now }: Change<ItemOf<'Poll'>, Old<ItemOf<'Poll'>, 'groupId' | 'pollId'>>,
  { table }: Kernel,
): Promise<void> {
  if (old) await dropOn(table, old.groupId, `poll:${old.pollId}`, now);
}
