/**
 * What somebody climbed in a season, as a picture that can be shared (row 133): the place and the points, the weeks against the
 * average, what was solved by level, the ranking. It is made of the same parts as the picture of progress.
 */
import type { Locale } from '../messages/catalog.ts';
import { pictureTexts } from '../messages/picture-texts.ts';
import { colours, type Theme } from './colours.ts';
import { bars, wholeTop } from './geometry.ts';
import { cards, framed } from './picture-frame.ts';
import { inner, margin, type Pen, panel, words } from './picture-parts.ts';
import { type PictureMember, rankingHeight, rankingPanel } from './picture-ranking.ts';
import { barOf, seriesPanel } from './picture-series.ts';
import { isolated, type Markup } from './svg.ts';

export interface ClimbsPicture {
  readonly locale: Locale;
  readonly theme: Theme;
  /** The title of the group; null where not everybody may know it. */
  readonly title: string | null;
  /** The nickname, if its owner wants it shown. */
  readonly name: string | null;
  readonly today: string;
  /** The name of the season; null while none has begun. */
  readonly season: string | null;
  readonly rank: number | null;
  /** Members with points. */
  readonly members: number;
  readonly points: number;
  /** All records of the person in the club. */
  readonly minutes: number;
  readonly solved: readonly { readonly level: number; readonly count: number }[];
  /** Oldest first. */
  readonly weeks: readonly { readonly from: string; readonly points: number; readonly average: number | null }[];
  /** The first members, and the owner; most points first. */
  readonly ranking: readonly {
    readonly rank: number;
    readonly points: number;
    readonly name: string | null;
    readonly isMe: boolean;
  }[];
}

/** The highest level of problems: a bar for each. */
const levels = 10;

/** The picture as the text of an SVG file, of less than 20 KB. */
export function climbsPicture(picture: ClimbsPicture): string {
  const { locale, theme, name, today, season, rank, members, points, minutes, weeks } = picture;
  const pen: Pen = { colour: colours[theme], say: pictureTexts[locale], locale };
  const { group, climbs: say, me, place, rank: rankName, among } = pen.say;
  const solved = picture.solved.reduce((sum, { count }) => sum + count, 0);
  const highest = wholeTop(weeks.flatMap((week) => [week.points, week.average ?? 0]));
  const share = (value: number | null) => (value === null ? null : value / highest);
  const first = Math.max(1, ...picture.ranking.map((each) => each.points));
  const ranking: PictureMember[] = picture.ranking.map((each) => ({
    ...{ rank: each.rank, name: each.name, isMe: each.isMe, rate: each.points / first },
    value: String(each.points),
  }));
  const [figuresAt, y, levelsAt, rankingAt] = [112, 254, 502, 724];
  const head = {
    ...{ height: rankingAt + rankingHeight(ranking) + margin, title: picture.title ?? group, today },
    who: name === null ? say.mine : say.of(isolated(name)),
    says: [
      rank === null ? say.says.noRank : say.says.rank(rank, members, points),
      say.says.solved(solved, say.time(minutes)),
      ...(weeks.length === 0 ? [] : [say.says.weeks(weeks.slice(-4).map((week) => week.points))]),
    ].join(' '),
  };
  return framed(pen, head, [
    ...cards(
      pen,
      [
        [rankName, rank === null ? '–' : place(rank), among(members)],
        [say.points, String(points), season ?? ''],
        [say.solved, String(solved), say.time(minutes)],
      ],
      figuresAt,
    ),
    ...seriesPanel(
      pen,
      weeks.map((week) => ({ from: week.from, rate: share(week.points), team: share(week.average) })),
      {
        ...{ y, heading: say.series, names: [me, say.average] as const },
        scaled: (part) => String(part * highest),
      },
    ),
    ...levelsPanel(pen, picture.solved, levelsAt),
    ...rankingPanel(pen, say.ranking, ranking, rankingAt),
  ]);
}

/** A bar for each level, with the number on it. */
function levelsPanel(pen: Pen, solved: ClimbsPicture['solved'], y: number): Markup[] {
  const { colour, say } = pen;
  const counts = Array.from({ length: levels }, (_, at) => solved.find(({ level }) => level === at + 1)?.count ?? 0);
  const most = Math.max(1, ...counts);
  const box = { x: inner.x + 24, y: y + 74, width: inner.width - 48, height: 84 };
  const shown = bars(
    counts.map((count) => count / most),
    box,
  );
  return [
    ...panel(pen, y, 208, say.climbs.levels),
    ...shown.flatMap((bar, at) => {
      const middle = bar!.x + bar!.width / 2;
      const text = (of: string, below: number, fill: string) =>
        words(of, { x: middle, y: below, size: 13, fill, 'text-anchor': 'middle' });
      const isNone = counts[at] === 0;
      return [
        isNone ? barOf({ ...bar!, y: bar!.y - 3, height: 3 }, colour.field) : barOf(bar!, colour.h1),
        ...(isNone ? [] : [text(String(counts[at]), bar!.y - 7, colour.ink)]),
        text(say.climbs.level(at + 1), y + 184, colour.soft),
      ];
    }),
  ];
}
