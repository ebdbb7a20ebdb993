import './messages.css';
import { useList } from '../../app/cache.ts';
import { type Conversation, conversations } from '../../app/data/messages.ts';
import { ago } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button, cx } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** With whom one writes: unread ones first, each with its newest line. */
export function Screen() {
  const say = useTexts('messages');
  const list = useList(conversations());
  const frame = { title: say.title, back: '/me', className: 'messages' };
  if (!list.items) return <Unready {...frame} of={[list]} />;
  return (
    <Page {...frame}>
      {list.items.length === 0 ? (
        <Empty title={say.empty} lead={say.emptyLead}>
          <Button kind="quiet" href="/">
            {say.toGroups}
          </Button>
        </Empty>
      ) : (
        <ul className="card messages-list">
          {list.items.map((each, at) => (
            <Line key={each.with.id} of={each} at={at} />
          ))}
        </ul>
      )}
      <More of={list} />
    </Page>
  );
}

function Line({ of, at }: { readonly of: Conversation; readonly at: number }) {
  const say = useTexts('messages');
  const language = locale.use();
  const { last, unread } = of;
  const text = last.text ?? say.deleted;
  return (
    <li className={cx(unread && 'messages-unread')}>
      <a href={`/messages/${of.with.id}`}>
        <Avatar name={of.with.nickname} picture={of.with.picture} at={at} size={46} />
        <span className="messages-line">
          <b>{of.with.nickname}</b>
          <span className="messages-last">{last.mine ? say.mine(text) : text}</span>
        </span>
        <span className="messages-when soft">
          <time dateTime={last.at}>{ago(last.at, language)}</time>
          {last.mine && last.read && <span>{say.read}</span>}
          {unread && <i className="new-dot" role="img" aria-label={say.unread} />}
        </span>
      </a>
    </li>
  );
}
