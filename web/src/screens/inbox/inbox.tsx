import './inbox.css';
import { changed, useList } from '../../app/cache.ts';
import { useUnreadConversations } from '../../app/data/messages.ts';
import { inbox, type Notification } from '../../app/data/notifications.ts';
import { ago } from '../../app/days.ts';
import { pathOf } from '../../app/links.ts';
import { connection } from '../../app/live.ts';
import { faultOf } from '../../app/problem.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, cx } from '../../ui/button.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { MessagesRow } from '../../ui/messages-row.tsx';
import { Page, Title } from '../../ui/page.tsx';
import { Rows, Tile } from '../../ui/rows.tsx';
import { Empty, More, Unanswered } from '../../ui/states.tsx';

/** What a type says, and its sign: the first that fits. */
const signs: readonly (readonly [RegExp, IconName, ('good' | 'bad')?])[] = [
  [/APPROVED|ACCEPTED|GRANTED|RESTORED|_KEPT/, 'check', 'good'],
  [/DENIED|REJECTED|REFUSED|WARNED|KICKED|STRUCK|HIDDEN/, 'undo', 'bad'],
  [/^MESSAGE/, 'mail'],
  [/^CHAT|COMMENTED/, 'chat'],
  [/CHEERED/, 'heart'],
  [/^CERTIFICATION|^APPROVALS/, 'camera'],
  [/^EXCUSE/, 'moon'],
  [/^ATTENDANCE/, 'calendar'],
  [/^REMIND|^MISSION/, 'clock'],
  [/^NUDGED/, 'bellMe'],
  [/^NOTICE/, 'pin'],
  [/^RECORD|^SEASON/, 'trophy'],
  [/SIGN_IN/, 'shield'],
  [/^EXPORT/, 'download'],
  [/^REPORT/, 'flag'],
  [/MEMBER|JOIN|APPLI|LEFT/, 'people'],
];
/** The sign of a notification, by what its type says of it. */
function signOf(type: string): readonly [IconName, 'good' | 'bad' | 'new'] {
  const [, icon = 'bell', tone = 'new'] = signs.find(([says]) => says.test(type)) ?? [];
  return [icon, tone];
}

/** The list, and the number at its tab. */
const isRead = () => Promise.all([changed('inbox'), changed('today')]);

/** What happened, the newest first. */
export function Screen() {
  const say = useTexts('inbox');
  const common = useTexts('common');
  const box = useList(inbox());
  // It comes after the list; its row is there from the start.
  const waiting = useUnreadConversations();
  const isLive = connection.use() === 'open';
  const unread = box.first?.unread ?? 0;
  // What comes while the button is pressed stays unread.
  const readAll = ([newest]: readonly Notification[]) =>
    api.notifications
      .readNotifications({ body: newest ? { until: newest.id } : {} })
      .then(isRead, (error) => tell(faultOf(error).text ?? common.silent));
  return (
    <Page className="inbox">
      <header className="inbox-head">
        <div className="line">
          <Title>{say.title}</Title>
          {unread > 0 && (
            <Button kind="plain" small onClick={() => readAll(box.items ?? [])}>
              {say.readAll}
            </Button>
          )}
        </div>
        {/* Its place is kept: the socket opens after the list is there. */}
        <p className={cx('live', !isLive && 'off')}>{say.live}</p>
      </header>
      <div className="inbox-messages">
        <Rows>
          <MessagesRow unread={waiting} />
        </Rows>
      </div>
      {!box.items ? (
        <Unanswered of={[box]} />
      ) : box.items.length === 0 ? (
        <Empty title={say.empty} lead={say.emptyLead} />
      ) : (
        <ul>
          {box.items.map((each) => (
            <Line key={each.id} of={each} />
          ))}
        </ul>
      )}
      <More of={box} />
    </Page>
  );
}

function Line({ of }: { readonly of: Notification }) {
  const say = useTexts('inbox');
  const language = locale.use();
  const [icon, tone] = signOf(of.type);
  // Whoever opens it has read it. If the answer is lost, it stays unread, which does no harm.
  const read = () =>
    of.read || api.notifications.readNotification({ params: { notificationId: of.id } }).then(isRead, () => undefined);
  return (
    <li className={cx(!of.read && 'unread')}>
      <a href={pathOf(of)} onClick={read}>
        <Tile icon={icon} tone={of.read ? undefined : tone} />
        <span className="inbox-text">
          {of.text}
          <time className="soft" dateTime={of.createdAt}>
            {ago(of.createdAt, language)}
          </time>
        </span>
        {!of.read && <i className="new-dot" role="img" aria-label={say.unread} />}
      </a>
    </li>
  );
}
