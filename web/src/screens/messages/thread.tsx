import './messages.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { changed, useList } from '../../app/cache.ts';
import { conversation, type Message } from '../../app/data/messages.ts';
import { ago } from '../../app/days.ts';
import { draftOf } from '../../app/drafts.ts';
import { usePath } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { toast } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, cx, Round } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Composer, messageDraft } from './composer.tsx';
import { type Opened, Sheets } from './sheets.tsx';

/** What one has with a person, the newest at the end, and a field to write in. */
export function Screen({ accountId }: { readonly accountId: string }) {
  const say = useTexts('messages');
  const groupId = new URLSearchParams(usePath().split('?')[1]).get('group') ?? undefined;
  const list = useList(conversation(accountId, groupId));
  const [opened, open] = useState<Opened>();
  const [answered, answer] = useState(() => draftOf(messageDraft(accountId)).replyTo);
  const { first, items } = list;
  useReading(accountId, first);
  useQuiet(accountId);
  const end = useEnd(items?.[0]?.id);
  const answers = items?.find(({ id }) => id === answered);
  const frame = { back: '/messages', className: 'messages-thread' };
  if (!first || !items) return <Unready {...frame} of={[list]} />;
  const name = first.with.nickname;
  return (
    <Page
      {...frame}
      title={name}
      end={!first.with.withdrawn && <Round icon="more" label={say.person} onClick={() => open({ of: 'person' })} />}
    >
      {list.more && (
        <div className="center">
          <Button kind="plain" busy={list.isFetching} onClick={list.more}>
            {say.earlier}
          </Button>
        </div>
      )}
      {items.length === 0 ? (
        <Empty title={first.writable ? say.first(name) : say.empty} lead={first.writable ? say.firstLead : undefined} />
      ) : (
        <ol className="messages-box" aria-label={say.with(name)}>
          {items.toReversed().map((each) => (
            <Bubble key={each.id} of={each} name={name} onOpen={() => open({ of: 'message', message: each })} />
          ))}
        </ol>
      )}
      <div ref={end} />
      {first.writable ? (
        <Dock>
          <Composer accountId={accountId} groupId={groupId} answers={answers} onAnswered={() => answer(undefined)} />
        </Dock>
      ) : (
        <Dock>
          <Note icon={first.blocked ? 'eye' : 'moon'}>
            {first.blocked ? say.closedBlocked : first.with.withdrawn ? say.closedGone : say.closed}
          </Note>
        </Dock>
      )}
      {opened && (
        <Sheets accountId={accountId} first={first} opened={opened} open={open} onAnswer={({ id }) => answer(id)} />
      )}
    </Page>
  );
}

/** A toast that leads to what is shown says nothing new, and would lie over the field. */
function useQuiet(accountId: string) {
  const said = toast.use();
  useEffect(() => {
    if (said?.href === `/messages/${accountId}`) toast.set(undefined);
  }, [said, accountId]);
}

/** What is shown is read: said once for each newest message, while the page is seen. */
function useReading(
  accountId: string,
  first: { readonly newest: string | null; readonly unread: boolean } | undefined,
) {
  const upTo = first?.unread ? first.newest : null;
  useEffect(() => {
    if (!upTo) return;
    const say = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', say);
      // If the answer is lost, it stays unread, which does no harm.
      api.messages.markConversationRead({ params: { accountId }, body: { upTo } }).then(
        () => changed('messages'),
        () => undefined,
      );
    };
    document.addEventListener('visibilitychange', say);
    say();
    return () => document.removeEventListener('visibilitychange', say);
  }, [accountId, upTo]);
}

/** The end of the messages is in sight at first, and when one has come; not while one reads what was before. */
function useEnd(newest: string | undefined) {
  const end = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (newest) end.current?.scrollIntoView({ block: 'end' });
  }, [newest]);
  return end;
}

interface BubbleProps {
  readonly of: Message;
  readonly name: string;
  readonly onOpen: () => void;
}

function Bubble({ of, name, onOpen }: BubbleProps) {
  const say = useTexts('messages');
  const language = locale.use();
  return (
    <li className={cx('messages-one', of.mine && 'messages-mine')}>
      <div className="messages-bubble">
        <span className="unseen">{of.mine ? say.fromMe : say.from(name)}</span>
        {of.quote && <blockquote>{of.quote}</blockquote>}
        {of.title && <b>{of.title}</b>}
        <p>{of.body}</p>
        {of.hidden && (
          <p className="messages-hidden">
            <Icon name="eye" size={18} />
            {say.hidden}
          </p>
        )}
      </div>
      <p className="messages-foot soft">
        <time dateTime={of.at}>{ago(of.at, language)}</time>
        {of.mine && <span>{of.read ? say.read : say.sent}</span>}
        <Round icon="more" label={say.more} onClick={onOpen} />
      </p>
    </li>
  );
}
