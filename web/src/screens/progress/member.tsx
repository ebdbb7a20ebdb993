import './progress.css';
import { useState } from 'preact/hooks';
import { rested, useAnswer } from '../../app/cache.ts';
import { group } from '../../app/data/groups.ts';
import { type MemberProgress, memberProgress, nudges, useSharing } from '../../app/data/progress.ts';
import { ago, shortDay } from '../../app/days.ts';
import { session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button, cx, Round } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Ring } from '../../ui/ring.tsx';
import { Note, Tag } from '../../ui/rows.tsx';
import { ShareSheet } from '../../ui/share.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Heat, percent, Weeks } from './charts.tsx';
import { Nudge } from './nudge.tsx';

/** What one member has done: oneself, or somebody else in the group, who can be nudged there. */
export function Screen({ groupId, accountId }: { readonly groupId: string; readonly accountId: string }) {
  const say = useTexts('progress');
  const common = useTexts('common');
  const language = locale.use();
  const view = useAnswer(group(groupId));
  const found = useAnswer(memberProgress(groupId, accountId));
  const state = session.use();
  const [isNudging, nudge] = useState(false);
  const [isSharing, share] = useState(false);
  const isMe = state.status === 'in' && state.accountId === accountId;
  const frame = { className: 'progress', split: true, back: `/groups/${groupId}/progress` };
  if (!view.data || !found.data) return <Unready {...frame} of={[view, found]} />;
  const { account, since, excused, done, due, rate, series, streaks, heat } = found.data;
  const isOpen = heat.at(-1)?.state === 'OPEN' && !excused;
  const action = !isMe && isOpen && (
    <Button kind="quiet" icon="bell" onClick={() => nudge(true)}>
      {say.nudge.action}
    </Button>
  );
  return (
    <Page
      {...frame}
      title={isMe ? say.mine : account.nickname}
      sub={view.data.group.title}
      end={
        isMe ? (
          <Round icon="share" label={say.share.action} onClick={() => share(true)} />
        ) : (
          <Round icon="mail" label={common.messages.write} href={`/messages/${accountId}?group=${groupId}`} />
        )
      }
    >
      <div className="split-side">
        <section className="card progress-card" aria-labelledby="rate">
          <header className="progress-who">
            <Avatar name={account.nickname} picture={account.picture} at={0} size={52} />
            <div>
              <b>{account.nickname}</b>
              <span className="soft">{say.since(shortDay(since, language))}</span>
            </div>
          </header>
          <div className="rate">
            <Ring rate={rate} text={percent(rate, say)} />
            <div>
              <h2 id="rate">{say.rate}</h2>
              <p className="unseen">{percent(rate, say)}</p>
              <p className="soft">{due > 0 ? say.done(done, due) : say.noneYet}</p>
            </div>
          </div>
          {due === 0 && <p className="soft">{say.emptyLead}</p>}
        </section>
        {excused && <Note icon="moon">{say.restsUntil(shortDay(excused.until, language))}</Note>}
        <Streaks of={streaks} />
        {action && <div className="side-do">{action}</div>}
      </div>
      <div className="split-main">
        <section className="card progress-card" aria-labelledby="heat">
          <h2 id="heat">{say.heat}</h2>
          <Heat days={heat} title={say.heat} />
        </section>
        <section className="card progress-card" aria-labelledby="weeks">
          <h2 id="weeks">{say.weeksOf}</h2>
          <Weeks weeks={series} title={say.weeksOf} />
        </section>
        {isMe && <Nudged groupId={groupId} />}
      </div>
      {action && <Dock>{action}</Dock>}
      {isSharing && <Share groupId={groupId} onClose={() => share(false)} />}
      {isNudging && (
        <Nudge groupId={groupId} accountId={accountId} name={account.nickname} onClose={() => nudge(false)} />
      )}
    </Page>
  );
}

function Share({ groupId, onClose }: { readonly groupId: string; readonly onClose: () => void }) {
  const say = useTexts('progress').share;
  return (
    <ShareSheet
      {...useSharing(groupId, 'ME')}
      title={say.titles.ME}
      naming={say.name}
      onTell={tell}
      onClose={onClose}
    />
  );
}

/** Who nudged the person lately. It stands at the end and comes after the rest; nobody is no section. */
function Nudged({ groupId }: { readonly groupId: string }) {
  const say = useTexts('progress').nudge;
  const language = locale.use();
  const known = useAnswer(nudges(groupId), rested.use());
  if (!known.data || known.data.items.length === 0) return null;
  return (
    <section className="card progress-card" aria-labelledby="nudged">
      <h2 id="nudged">{say.received}</h2>
      <ul className="nudged">
        {known.data.items.map(({ id, account, message, createdAt }) => (
          <li key={id}>
            <Avatar name={account.nickname} picture={account.picture} at={1} size={38} />
            <span className="streak-text">
              <b>{account.nickname}</b>
              <span>{message ?? say.someone}</span>
            </span>
            <time className="soft" dateTime={createdAt}>
              {ago(createdAt, language)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The streaks of the repeated missions: what goes on, and the best one, which stays whatever comes. */
function Streaks({ of }: { readonly of: MemberProgress['streaks'] }) {
  const say = useTexts('progress');
  return (
    <section className="card progress-card" aria-labelledby="streaks">
      <h2 id="streaks">{say.streak}</h2>
      {of.length === 0 && <p className="soft">{say.streakNone}</p>}
      <ul className="streaks">
        {of.map(({ missionId, title, unit, current, best, former, pending, quota }) => {
          const counted = say.streakNow[unit];
          return (
            <li key={missionId}>
              <span className={cx('streak-now', current > 0 && 'goes-on')}>
                <Icon name="flame" size={22} full={current > 0} />
                <b>{counted(current)}</b>
              </span>
              <span className="streak-text">
                <span>{title}</span>
                <span className="soft">
                  {[
                    say.streakBest(counted(best)),
                    former && say.streakFormer(say.streakNow[former.unit](former.best)),
                    quota !== null && say.quota(quota),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              {pending > current && (
                <Tag icon="clock" tone="wait">
                  {say.streakPending(counted(pending))}
                </Tag>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
