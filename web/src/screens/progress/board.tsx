import './progress.css';
import { useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { group } from '../../app/data/groups.ts';
import { type Progress, progress } from '../../app/data/progress.ts';
import { shortDay } from '../../app/days.ts';
import { session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button, cx, Round } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { Note, Tag } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';
import { percent, Ring, Weeks } from './charts.tsx';
import { Share } from './share.tsx';

/** What all members of a group have done: the person against the average, the team, and the ranking. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('progress');
  const language = locale.use();
  const view = useAnswer(group(groupId));
  const board = useAnswer(progress(groupId));
  const state = session.use();
  const [isSharing, share] = useState(false);
  const places = <Places groupId={groupId} now="progress" />;
  const frame = { className: 'progress', split: true, places };
  if (!view.data || !board.data) return <Unready {...frame} title={view.data?.group.title} of={[view, board]} />;
  const { group: about, role } = view.data;
  const { me, team, members } = board.data;
  const ownId = state.status === 'in' ? state.accountId : '';
  return (
    <Page
      {...frame}
      title={about.title}
      sub={say.members(members.length)}
      end={role === 'LEADER' && <Round icon="share" label={say.share.action} onClick={() => share(true)} />}
    >
      <div className="split-side">
        <Mine groupId={groupId} ownId={ownId} of={board.data} />
        {me.excused && <Note icon="moon">{say.restsUntil(shortDay(me.excused.until, language))}</Note>}
        <Team of={team} />
      </div>
      <div className="split-main">
        <section className="card progress-card" aria-labelledby="weeks">
          <h2 id="weeks">{say.weeks}</h2>
          <Weeks weeks={me.series} title={say.weeks} />
        </section>
        <Ranking groupId={groupId} ownId={ownId} members={members} />
      </div>
      {isSharing && (
        <Share groupId={groupId} of="GROUP" asksName={about.visibility === 'PRIVATE'} onClose={() => share(false)} />
      )}
    </Page>
  );
}

interface MineProps {
  readonly groupId: string;
  readonly ownId: string;
  readonly of: Progress;
}

/** The person against the average. Nobody is told that they are behind. */
function Mine({ groupId, ownId, of: { me, team, members } }: MineProps) {
  const say = useTexts('progress');
  const isAlone = members.length === 1;
  const ahead = me.rate !== null && team.rate !== null ? me.rate - team.rate : 0;
  const word = isAlone ? 'alone' : ahead > 0.02 ? 'ahead' : ahead < -0.02 ? 'steady' : 'even';
  return (
    <section className="card progress-card" aria-labelledby="rate">
      <h2 id="rate">{say.rate}</h2>
      <div className="rate">
        <Ring rate={me.rate} team={isAlone ? undefined : team.rate} />
        <dl className="versus">
          <Versus name={say.me} rate={me.rate} isMe />
          {!isAlone && <Versus name={say.average} rate={team.rate} />}
        </dl>
      </div>
      <p className="soft">{me.due > 0 ? `${say.done(me.done, me.due)}. ${say.says[word]}` : say.emptyLead}</p>
      <a className="progress-more" href={`/groups/${groupId}/progress/${ownId}`}>
        {say.mineSee}
      </a>
    </section>
  );
}

/** One of two that are compared: its name, its bar and its number. */
const Versus = ({ name, rate, isMe }: { name: string; rate: number | null; isMe?: boolean }) => {
  const say = useTexts('progress');
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Bar rate={rate} {...(isMe ? { isMe } : {})} />
        <b>{percent(rate, say)}</b>
      </dd>
    </div>
  );
};

const Bar = ({ rate, isMe }: { rate: number | null; isMe?: boolean }) => (
  <span className={cx('rate-bar', isMe && 'mine')} aria-hidden="true">
    <i style={{ inlineSize: `${(rate ?? 0) * 100}%` }} />
  </span>
);

/** The level of the team, and what it is made of: points of certifications. */
function Team({ of: { level, points, cost, total } }: { readonly of: Progress['team'] }) {
  const say = useTexts('progress');
  return (
    <section className="card progress-card" aria-labelledby="team">
      <div className="line">
        <h2 id="team">{say.team}</h2>
        <span className="soft">{say.total(total)}</span>
      </div>
      <div className="team-level">
        <Tag icon="crown" tone="new">
          {say.level(level)}
        </Tag>
        <span>{say.toNext(cost - points)}</span>
      </div>
      <Bar rate={points / cost} />
    </section>
  );
}

type Member = Progress['members'][number];

/** Before all are asked for: the first ones, and the person wherever they are. */
const first = 5;
function shownOf(members: readonly Member[], ownId: string): readonly (Member | undefined)[] {
  const mine = members.findIndex(({ account }) => account.id === ownId);
  // One row more costs no more than the dots for it.
  if (members.length <= first + 1) return members;
  const top = members.slice(0, first);
  return mine < first ? top : [...top, ...(mine > first ? [undefined] : []), members[mine]];
}

interface RankingProps {
  readonly groupId: string;
  readonly ownId: string;
  readonly members: readonly Member[];
}

function Ranking({ groupId, ownId, members }: RankingProps) {
  const say = useTexts('progress');
  const [isOpen, open] = useState(false);
  const few = shownOf(members, ownId);
  const shown = isOpen ? members : few;
  return (
    <section className="card progress-card ranking" aria-labelledby="ranking">
      <div className="line">
        <h2 id="ranking">{say.ranking}</h2>
        <span className="soft">{say.members(members.length)}</span>
      </div>
      {members.length === 1 && <p className="soft">{say.says.alone}</p>}
      <ol>
        {shown.map((member, at) =>
          member ? (
            <Place key={member.account.id} of={member} at={at} isMe={member.account.id === ownId} groupId={groupId} />
          ) : (
            <li key="between" className="rank-between">
              <span aria-hidden="true">⋯</span>
              <span className="unseen">{say.between}</span>
            </li>
          ),
        )}
      </ol>
      {few.length < members.length && (
        <Button small kind="quiet" onClick={() => open(!isOpen)}>
          {isOpen ? say.fewer : say.all(members.length)}
        </Button>
      )}
    </section>
  );
}

interface PlaceProps {
  readonly of: Member;
  readonly at: number;
  readonly isMe: boolean;
  readonly groupId: string;
}

function Place({ of: { account, rank, rate, excused }, at, isMe, groupId }: PlaceProps) {
  const say = useTexts('progress');
  return (
    <li>
      <a className={cx('rank', isMe && 'mine')} href={`/groups/${groupId}/progress/${account.id}`}>
        <span className="rank-number">
          <span aria-hidden="true">{rank ?? say.none}</span>
          <span className="unseen">{rank === null ? say.noPlace : say.place(rank)}</span>
        </span>
        <Avatar name={account.nickname} picture={account.picture} at={at} size={38} />
        <span className="rank-text">
          <span className="rank-name">
            <b>{account.nickname}</b>
            {isMe && <Tag>{say.me}</Tag>}
            {excused && <Tag icon="moon">{say.resting}</Tag>}
          </span>
          <Bar rate={rate} {...(isMe ? { isMe } : {})} />
        </span>
        <b className="rank-rate">{percent(rate, say)}</b>
      </a>
    </li>
  );
}
