import './progress.css';
import { useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { useUnreadTalk } from '../../app/data/chat.ts';
import { group } from '../../app/data/groups.ts';
import { type Progress, progress, useSharing } from '../../app/data/progress.ts';
import { shortDay } from '../../app/days.ts';
import { session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { OwnCard } from '../../ui/own-card.tsx';
import { Page } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { ProgressPlaces } from '../../ui/progress-places.tsx';
import { Rank, Ranks, RanksBetween, RateBar } from '../../ui/ranks.tsx';
import { Ring } from '../../ui/ring.tsx';
import { Note, Row, Rows, Tag } from '../../ui/rows.tsx';
import { ShareSheet } from '../../ui/share.tsx';
import { Unready } from '../../ui/unready.tsx';
import { percent, Weeks } from './charts.tsx';

/** What all members of a group have done: the person against the average, the team, and the ranking. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('progress');
  const common = useTexts('common');
  const language = locale.use();
  const view = useAnswer(group(groupId));
  const board = useAnswer(progress(groupId));
  const state = session.use();
  const [isSharing, share] = useState(false);
  const isClub = view.data?.group.kind === 'CLUB';
  const places = (
    <>
      <Places groupId={groupId} now="progress" unread={useUnreadTalk(groupId)} />
      <ProgressPlaces groupId={groupId} now="progress" isClub={isClub} />
    </>
  );
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
        <Rows>
          <Row href={`/leagues/${about.category}`} lead={<Icon name="trophy" />} title={common.league} />
        </Rows>
      </div>
      {isSharing && <Share groupId={groupId} isPrivate={about.visibility === 'PRIVATE'} onClose={() => share(false)} />}
    </Page>
  );
}

interface ShareProps {
  readonly groupId: string;
  readonly isPrivate: boolean;
  readonly onClose: () => void;
}

/** The picture of the group. The title of a public group is in it anyway. */
function Share({ groupId, isPrivate, onClose }: ShareProps) {
  const say = useTexts('progress').share;
  const sharing = useSharing(groupId, 'GROUP');
  return (
    <ShareSheet
      {...sharing}
      title={say.titles.GROUP}
      naming={isPrivate ? say.title : undefined}
      onTell={tell}
      onClose={onClose}
    />
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
    <OwnCard className="progress-card" labelledBy="rate">
      <h2 id="rate">{say.rate}</h2>
      <div className="rate">
        <Ring rate={me.rate} text={percent(me.rate, say)} team={isAlone ? undefined : team.rate} />
        <dl className="versus">
          <Versus name={say.me} rate={me.rate} isMe />
          {!isAlone && <Versus name={say.average} rate={team.rate} />}
        </dl>
      </div>
      <p className="soft">{me.due > 0 ? `${say.done(me.done, me.due)}. ${say.says[word]}` : say.emptyLead}</p>
      <a className="progress-more" href={`/groups/${groupId}/progress/${ownId}`}>
        {say.mineSee}
      </a>
    </OwnCard>
  );
}

/** One of two that are compared: its name, its bar and its number. */
const Versus = ({ name, rate, isMe }: { name: string; rate: number | null; isMe?: boolean }) => {
  const say = useTexts('progress');
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <RateBar rate={rate} {...(isMe ? { isMe } : {})} />
        <b>{percent(rate, say)}</b>
      </dd>
    </div>
  );
};

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
      <RateBar rate={points / cost} />
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
    <section className="card progress-card" aria-labelledby="ranking">
      <div className="line">
        <h2 id="ranking">{say.ranking}</h2>
        <span className="soft">{say.members(members.length)}</span>
      </div>
      {members.length === 1 && <p className="soft">{say.says.alone}</p>}
      <Ranks>
        {shown.map((member, at) =>
          member ? (
            <Rank
              key={member.account.id}
              {...{ rank: member.rank, account: member.account, at, rate: member.rate }}
              isMe={member.account.id === ownId}
              value={percent(member.rate, say)}
              href={`/groups/${groupId}/progress/${member.account.id}`}
              tags={member.excused && <Tag icon="moon">{say.resting}</Tag>}
            />
          ) : (
            <RanksBetween key="between" />
          ),
        )}
      </Ranks>
      {few.length < members.length && (
        <Button small kind="quiet" onClick={() => open(!isOpen)}>
          {isOpen ? say.fewer : say.all(members.length)}
        </Button>
      )}
    </section>
  );
}
