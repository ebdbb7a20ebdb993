import './posts.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { useCommentActs } from '../../app/data/commenting.ts';
import { group } from '../../app/data/groups.ts';
import { comments, type Post, post } from '../../app/data/posts.ts';
import { ago } from '../../app/days.ts';
import { online } from '../../app/live.ts';
import { navigate } from '../../app/router.ts';
import { api, session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar, placeBy } from '../../ui/bricks.tsx';
import { Round } from '../../ui/button.tsx';
import { Comments } from '../../ui/comments.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Reporting } from '../../ui/reporting.tsx';
import { Note, Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Readers } from './readers.tsx';

/** One post, who has read it, and what others say to it. Opening it marks it as read. */
export function Screen({ groupId, postId }: { readonly groupId: string; readonly postId: string }) {
  const say = useTexts('posts');
  const view = useAnswer(group(groupId));
  const found = useAnswer(post(groupId, postId));
  const now = session.use();
  const [isActing, act] = useState(false);
  const [isAsking, ask] = useState(false);
  const frame = { className: 'posts posts-one', back: `/groups/${groupId}/posts` };
  if (!view.data || !found.data) return <Unready {...frame} title={say.title} of={[view, found]} />;
  const { role, group: about } = view.data;
  const me = now.status === 'in' ? now.accountId : undefined;
  const runs = role !== 'MEMBER';
  return (
    <Page
      {...frame}
      title={found.data.title}
      sub={about.title}
      end={<Round icon="more" label={say.acts} onClick={() => act(true)} />}
    >
      <Whole of={found.data} />
      {runs && (
        <Rows>
          <Row lead={<Tile icon="eye" />} title={say.readers} text={say.readersLead} onClick={() => ask(true)} />
        </Rows>
      )}
      <UnderPost groupId={groupId} postId={postId} me={me} />
      {isAsking && <Readers groupId={groupId} postId={postId} onClose={() => ask(false)} />}
      {isActing && (
        <Acts
          of={found.data}
          isOwn={found.data.author.id === me}
          runs={runs}
          leads={role === 'LEADER'}
          onClose={() => act(false)}
        />
      )}
    </Page>
  );
}

function Whole({ of: { kind, author, body, hiddenAt, createdAt, modifiedAt } }: { readonly of: Post }) {
  const say = useTexts('posts');
  const language = locale.use();
  return (
    <article className="card posts-whole">
      <header className="posts-by">
        <Avatar name={author.nickname} picture={author.picture} at={placeBy(author.id)} />
        <b>{author.nickname}</b>
        <time className="soft" dateTime={createdAt}>
          {ago(createdAt, language)}
          {modifiedAt !== createdAt && ` · ${say.edited}`}
        </time>
        {kind === 'NOTICE' && <Tag icon="pin">{say.notice}</Tag>}
      </header>
      {hiddenAt && <Note icon="warn">{say.hidden}</Note>}
      <Markdown text={body} />
    </article>
  );
}

/** It comes after the post: nothing above it moves. */
function UnderPost({
  groupId,
  postId,
  me,
}: {
  readonly groupId: string;
  readonly postId: string;
  readonly me: string | undefined;
}) {
  const say = useTexts('common').comments;
  const on = `post:${postId}`;
  const list = useList(comments(groupId, on));
  return (
    <Section title={say.title}>
      <Comments of={list} me={me} isOnline={online.use()} {...useCommentActs(groupId, on, say)} />
    </Section>
  );
}

interface ActsProps {
  readonly of: Post;
  readonly isOwn: boolean;
  readonly runs: boolean;
  readonly leads: boolean;
  readonly onClose: () => void;
}

/** What the person may do with a post. */
function Acts({ of: { groupId, id: postId, kind, version }, isOwn, runs, leads, onClose }: ActsProps) {
  const say = useTexts('posts');
  const common = useTexts('common').reporting;
  const [asked, ask] = useState<'delete' | 'report'>();
  const params = { groupId, postId };
  const mark = async (next: Post['kind']) => {
    onClose();
    await api.posts
      .editPost({ params, body: { kind: next }, ifMatch: version })
      .then(() => tell(next === 'NOTICE' ? say.markedNotice : say.markedPost), complain);
    void changed('group', groupId, 'posts');
    void changed('group', groupId, 'post', postId);
  };
  const left = () => {
    void changed('group', groupId, 'posts');
    navigate(`/groups/${groupId}/posts`, { replace: true });
  };
  if (asked === 'report')
    return (
      <Reporting
        onClose={onClose}
        onReport={async (said) => {
          await api.reports.report({
            params: { groupId },
            body: { subject: `post:${postId}`, ...said },
            idempotencyKey: crypto.randomUUID(),
          });
          tell(common.done);
          left();
        }}
      />
    );
  if (asked === 'delete')
    return (
      <Confirm
        title={say.deleteTitle}
        lead={say.deleteLead}
        action={say.delete}
        danger
        onClose={onClose}
        onConfirm={async () => {
          await api.posts.deletePost({ params, idempotencyKey: crypto.randomUUID() });
          tell(say.deleted);
          left();
        }}
      />
    );
  return (
    <Sheet title={say.acts} onClose={onClose}>
      <Rows>
        {isOwn && (kind === 'POST' || runs) && (
          <Row lead={<Tile icon="edit" />} title={say.edit} href={`/groups/${groupId}/posts/${postId}/edit`} />
        )}
        {runs && kind === 'POST' && (
          <Row lead={<Tile icon="pin" />} title={say.toNotice} text={say.toNoticeLead} onClick={() => mark('NOTICE')} />
        )}
        {runs && kind === 'NOTICE' && (
          <Row lead={<Tile icon="pin" />} title={say.toPost} onClick={() => mark('POST')} />
        )}
        {!isOwn && <Row lead={<Tile icon="flag" />} title={common.action} onClick={() => ask('report')} />}
        {(isOwn || leads) && (
          <Row tone="bad" lead={<Tile icon="trash" tone="bad" />} title={say.delete} onClick={() => ask('delete')} />
        )}
      </Rows>
    </Sheet>
  );
}
