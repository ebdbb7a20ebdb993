import { useState } from 'preact/hooks';
import { useList } from '../../app/cache.ts';
import { useCommentActs } from '../../app/data/commenting.ts';
import type { Certification } from '../../app/data/groups.ts';
import { comments } from '../../app/data/posts.ts';
import { online } from '../../app/live.ts';
import { session } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Comments } from '../../ui/comments.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Sheet } from '../../ui/sheet.tsx';

/** How many comments a certification has; they open over the feed. */
export function ProofComments({ of: { groupId, id, comments: count } }: { readonly of: Certification }) {
  const say = useTexts('common').comments;
  const [isOpen, open] = useState(false);
  if (count === null) return null;
  return (
    <>
      <button type="button" className="proof-talk" onClick={() => open(true)}>
        <Icon name="chat" size={20} />
        {say.count(count)}
      </button>
      {isOpen && <Talk groupId={groupId} certificationId={id} onClose={() => open(false)} />}
    </>
  );
}

interface TalkProps {
  readonly groupId: string;
  readonly certificationId: string;
  readonly onClose: () => void;
}

function Talk({ groupId, certificationId, onClose }: TalkProps) {
  const say = useTexts('common').comments;
  const now = session.use();
  const on = `certification:${certificationId}`;
  const list = useList(comments(groupId, on));
  return (
    <Sheet title={say.title} onClose={onClose}>
      <Comments
        of={list}
        me={now.status === 'in' ? now.accountId : undefined}
        isOnline={online.use()}
        {...useCommentActs(groupId, on, say)}
      />
    </Sheet>
  );
}
