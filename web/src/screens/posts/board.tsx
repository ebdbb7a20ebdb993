import './posts.css';
import { useState } from 'preact/hooks';
import { useAnswer, useList } from '../../app/cache.ts';
import { group } from '../../app/data/groups.ts';
import { board, type Post } from '../../app/data/posts.ts';
import { ago } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar, placeBy } from '../../ui/bricks.tsx';
import { Button, cx } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { TalkPlaces } from '../../ui/talk-places.tsx';
import { Unready } from '../../ui/unready.tsx';
import { wordsOf } from './words.ts';

/** Notices that are read and stand there without a tap. */
const shownAtFirst = 3;

/** The board of a group: notices on top, those that are not read first; below them the posts. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('posts');
  const view = useAnswer(group(groupId));
  const list = useList(board(groupId));
  const places = (
    <>
      <Places groupId={groupId} now="talk" />
      <TalkPlaces groupId={groupId} now="posts" />
    </>
  );
  const frame = { className: 'posts', places };
  if (!view.data || !list.items || !list.first)
    return <Unready {...frame} title={view.data?.group.title} of={[view, list]} />;
  const { notices, unread } = list.first;
  const isEmpty = notices.length === 0 && list.items.length === 0;
  return (
    <Page {...frame} title={view.data.group.title} sub={unread > 0 ? say.unread(unread) : undefined}>
      {isEmpty && <Empty title={say.none} lead={say.noneLead} />}
      {notices.length > 0 && <Notices of={notices} />}
      {list.items.length > 0 && (
        <Section title={say.posts} className="posts-list">
          {list.items.map((each) => (
            <Card key={each.id} of={each} />
          ))}
        </Section>
      )}
      <More of={list} />
      <Dock>
        <Button href={`/groups/${groupId}/posts/new`} icon="edit">
          {say.write}
        </Button>
      </Dock>
    </Page>
  );
}

/** What is not read is always there; of the rest the newest, and all by a tap. */
function Notices({ of }: { readonly of: readonly Post[] }) {
  const say = useTexts('posts');
  const language = locale.use();
  const [isOpen, open] = useState(false);
  const unread = of.filter(({ read }) => !read).length;
  const shown = isOpen ? of : of.slice(0, Math.max(shownAtFirst, unread));
  return (
    <Section title={say.notices}>
      <Rows>
        {shown.map(({ groupId, id, title, read, comments, author, createdAt }) => (
          <Row
            key={id}
            href={`/groups/${groupId}/posts/${id}`}
            lead={<Tile icon="pin" tone={read ? undefined : 'new'} />}
            title={<span className={cx(!read && 'posts-unread')}>{title}</span>}
            text={[author.nickname, ago(createdAt, language), comments > 0 && say.comments(comments)]
              .filter(Boolean)
              .join(' · ')}
            end={
              read ? undefined : (
                <Tag icon="bell" tone="new">
                  {say.unreadNotice}
                </Tag>
              )
            }
          />
        ))}
        {shown.length < of.length && (
          <Row
            title={say.moreNotices(of.length - shown.length)}
            end={<Icon name="down" />}
            onClick={() => open(true)}
          />
        )}
      </Rows>
    </Section>
  );
}

function Card({ of: { groupId, id, title, body, read, comments, author, createdAt } }: { readonly of: Post }) {
  const say = useTexts('posts');
  const language = locale.use();
  return (
    <a className="card posts-card" href={`/groups/${groupId}/posts/${id}`}>
      <span className="posts-by">
        <Avatar name={author.nickname} picture={author.picture} at={placeBy(author.id)} size={28} />
        <span>{author.nickname}</span>
        <time className="soft" dateTime={createdAt}>
          {ago(createdAt, language)}
        </time>
        {!read && (
          <Tag icon="bell" tone="new">
            {say.unreadPost}
          </Tag>
        )}
      </span>
      <b className={cx('posts-title', !read && 'posts-unread')}>{title}</b>
      <span className="clamp soft">{wordsOf(body)}</span>
      {comments > 0 && (
        <span className="posts-comments soft">
          <Icon name="chat" size={18} />
          {say.comments(comments)}
        </span>
      )}
    </a>
  );
}
