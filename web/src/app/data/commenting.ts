/** What people do with comments, the same wherever they stand. */
import type { Api } from '../../../../client/api.ts';
import { changed } from '../cache.ts';
import { useOnce } from '../once.ts';
import { api } from '../session.ts';
import { tell } from '../toast.ts';

type Said = Omit<NonNullable<Parameters<Api['reports']['report']>[0]['body']>, 'subject'>;

/** What the person reads when it is done. */
interface Words {
  readonly deleted: string;
  readonly reported: string;
}

/** @param on a kind and an id, `post:0197…` */
export function useCommentActs(groupId: string, on: string, words: Words) {
  const draft = `comment ${on}`;
  const once = useOnce(draft);
  const params = { groupId };
  const told = () => changed('group', groupId, 'comments', on);
  return {
    draft,
    async onWrite(text: string) {
      const body = { on, text };
      await once(body, (idempotencyKey) => api.comments.writeComment({ params, body, idempotencyKey }));
      await told();
    },
    async onDelete(commentId: string) {
      await api.comments.deleteComment({ params: { groupId, commentId }, idempotencyKey: crypto.randomUUID() });
      tell(words.deleted);
      await told();
    },
    async onReport(commentId: string, said: Said) {
      const body = { subject: `comment:${commentId}`, ...said };
      await api.reports.report({ params, body, idempotencyKey: crypto.randomUUID() });
      tell(words.reported);
      await told();
    },
  };
}
