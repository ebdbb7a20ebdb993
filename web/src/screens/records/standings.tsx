/** Who is where on a board: three on a podium, then the first ones and the person with those around, or everybody. */
import { useState } from 'preact/hooks';
import { useList } from '../../app/cache.ts';
import { type Board, ranking } from '../../app/data/climbs.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar, colourOf, placeBy } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { following, Podium, standing } from '../../ui/podium.tsx';
import { Rank, Ranks, RanksBetween } from '../../ui/ranks.tsx';
import { Empty, More, Unanswered } from '../../ui/states.tsx';

interface StandingsProps {
  readonly groupId: string;
  readonly ownId: string;
  readonly board: Board;
}
type Row = Board['top'][number];

export function Standings({ groupId, ownId, board }: StandingsProps) {
  const say = useTexts('records').ranking;
  const [isOpen, open] = useState(false);
  const { top, around, members, closedAt } = board;
  if (members === 0)
    return closedAt === null ? <Empty title={say.begins} lead={say.beginsLead} /> : <Empty title={say.empty} />;
  const most = top[0]?.points ?? 1;
  const row = (each: Row) => (
    <Place key={each.account.id} row={each} isMe={each.account.id === ownId} groupId={groupId} most={most} />
  );
  const known = new Set(top.map(({ account }) => account.id));
  const others = around.filter(({ account }) => !known.has(account.id));
  const shown = top.length + others.length;
  const first = top.slice(0, standing(top.map(({ rank }) => rank)));
  const rest = top.slice(first.length);
  return (
    <section className="card climbs-card" aria-labelledby="standings">
      <div className="line">
        <h2 id="standings">{say.list}</h2>
        <span className="soft">{say.people(members)}</span>
      </div>
      <First rows={first} ownId={ownId} groupId={groupId} />
      {isOpen ? (
        <Everybody groupId={groupId} ownId={ownId} board={board} first={first} />
      ) : (
        rest.length > 0 && (
          <Ranks>
            {following(first, rest, ({ account }) => account.id === ownId).map(row)}
            {others.length > 0 && others.length === around.length && <RanksBetween key="between" />}
            {others.map(row)}
          </Ranks>
        )
      )}
      {shown < members && (
        <Button small kind="quiet" onClick={() => open(!isOpen)}>
          {isOpen ? say.fewer : say.all(members)}
        </Button>
      )}
    </section>
  );
}

interface FirstProps {
  readonly rows: readonly Row[];
  readonly ownId: string;
  readonly groupId: string;
}

function First({ rows, ownId, groupId }: FirstProps) {
  const say = useTexts('records');
  const steps = rows.map(({ account: { id, nickname, picture }, rank, points }) => {
    const isMe = id === ownId;
    const at = colourOf(picture, placeBy(id));
    return {
      ...{ key: id, rank, at, isMe, value: say.points(points), href: recordsOf(groupId, id, isMe) },
      face: <Avatar name={nickname} picture={picture} at={at} size={48} />,
      name: <b>{nickname}</b>,
    };
  });
  return <Podium steps={steps} />;
}

/** All of them below the podium, as one scrolls. Until one's own place has come, it stands at the end. */
function Everybody({ groupId, ownId, board, first }: StandingsProps & { readonly first: readonly Row[] }) {
  const list = useList(ranking(groupId, board.seasonId, board.week));
  if (!list.items) return <Unanswered of={[list]} />;
  const most = list.items[0]?.points ?? 1;
  const onPodium = new Set(first.map(({ account }) => account.id));
  const rest = list.items.filter(({ account }) => !onPodium.has(account.id));
  const rows = following(first, rest, ({ account }) => account.id === ownId);
  const own = board.around.find(({ account }) => account.id === ownId);
  const isThere = rows.some(({ account }) => account.id === ownId);
  return (
    <>
      <Ranks>
        {rows.map((each) => (
          <Place key={each.account.id} row={each} isMe={each.account.id === ownId} groupId={groupId} most={most} />
        ))}
        {own && !isThere && <Place key={ownId} row={own} isMe groupId={groupId} most={most} />}
      </Ranks>
      <More of={list} />
    </>
  );
}

const recordsOf = (groupId: string, accountId: string, isMe: boolean) =>
  isMe ? `/groups/${groupId}/records` : `/groups/${groupId}/members/${accountId}/records`;

interface PlaceProps {
  readonly row: Row;
  readonly isMe: boolean;
  readonly groupId: string;
  /** The points of the first one, which fill the bar. */
  readonly most: number;
}

function Place({ row: { account, rank, points }, isMe, groupId, most }: PlaceProps) {
  const say = useTexts('records');
  return (
    <Rank
      {...{ rank, account, isMe, at: placeBy(account.id), rate: points / most, value: say.points(points) }}
      href={recordsOf(groupId, account.id, isMe)}
    />
  );
}
