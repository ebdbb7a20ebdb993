import type { LeagueRow } from '../../app/data/leagues.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar, colourOf } from '../../ui/bricks.tsx';
import { cx } from '../../ui/button.tsx';
import { Podium } from '../../ui/podium.tsx';
import { Tag, Tile } from '../../ui/rows.tsx';
import { Animal, coatOf } from './animal.tsx';

interface FaceProps {
  readonly of: Pick<LeagueRow, 'name' | 'animal' | 'picture'>;
  readonly size?: number;
}

/** The colour of a name: nothing else is known of its owner. */
const placeOf = (name: string) => [...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0);

/** A face: a picture or letter, an animal, or nobody's. */
export const Face = ({ of: { name, animal, picture }, size = 44 }: FaceProps) =>
  animal ? (
    <Animal of={animal} size={size} />
  ) : name ? (
    <Avatar name={name} at={placeOf(name)} picture={picture ?? undefined} size={size} />
  ) : (
    <Tile icon="person" />
  );

/** The first ones of a league, each on bricks in the colour of the face. */
export function First({ rows }: { readonly rows: readonly LeagueRow[] }) {
  const say = useTexts('leagues');
  const steps = rows.map((row, at) => ({
    ...{ key: String(at), rank: row.rank!, isMe: row.isMe, value: say.bricks(row.points) },
    at: row.animal ? coatOf(row.animal) : colourOf(row.picture ?? undefined, placeOf(row.name ?? '')),
    face: <Face of={row} size={56} />,
    name: <Name of={row} />,
  }));
  return <Podium steps={steps} />;
}

interface PeopleProps {
  readonly rows: readonly LeagueRow[];
  readonly label: string;
  /** Says how far others are from here, instead of their ranks. */
  readonly from?: number;
}

/** People of a league in their order. Nobody who is not among the first has a number. */
export function People({ rows, label, from }: PeopleProps) {
  const say = useTexts('leagues');
  const distance = (points: number) => {
    if (from === undefined || points === from) return say.same;
    return points > from ? say.ahead(points - from) : say.behind(from - points);
  };
  return (
    <ol className="card league-people" aria-label={label}>
      {rows.map((row, at) => (
        <li
          key={at}
          className={cx('league-row', row.isMe && 'mine own-place')}
          aria-current={row.isMe ? 'true' : undefined}
        >
          {from === undefined && <Place rank={row.rank} />}
          <Face of={row} />
          <span className="league-who">
            <span className="league-name">
              <Name of={row} />
              {row.isMe && <Tag icon="person">{say.me}</Tag>}
            </span>
            {from !== undefined && (
              <span className="soft">{row.isMe ? nextOf(rows, at, say) : distance(row.points)}</span>
            )}
          </span>
          <b className="league-bricks">{say.bricks(row.points)}</b>
        </li>
      ))}
    </ol>
  );
}

/** A nickname; the words of an animal, and softly the number that tells it from others. */
function Name({ of: { name, animal } }: { readonly of: LeagueRow }) {
  const say = useTexts('leagues');
  const [, words, number] = (animal && name && /^(.+) (\d+)$/.exec(name)) || [];
  return (
    <>
      <b className={cx(!name && 'soft')}>{words ?? name ?? say.nobody}</b>
      {number && <span className="soft league-number">{number}</span>}
    </>
  );
}

function nextOf(rows: readonly LeagueRow[], at: number, say: ReturnType<typeof useTexts<'leagues'>>): string {
  const own = rows[at]!.points;
  const above = rows.slice(0, at).findLast(({ points }) => points > own);
  return above ? say.next(above.points - own) : say.laid(own);
}

function Place({ rank }: { readonly rank: number | null }) {
  const say = useTexts('leagues');
  return (
    <span className="league-rank">
      <span aria-hidden="true">{rank ?? '·'}</span>
      <span className="unseen">{rank === null ? say.noPlace : say.place(rank)}</span>
    </span>
  );
}
