/**
 * Somebody's progress as a picture that can be shared (row 133): me against the average, the days, the ranking. It is an
 * SVG that needs nothing else: no font, no script, no style sheet. Colours are never the only sign, and `desc` says it in words.
 */
import type { Locale } from '../messages/catalog.ts';
import { type PictureTexts, pictureTexts } from '../messages/picture-texts.ts';
import { colours, type Theme } from './colours.ts';
import { ring, type Value } from './geometry.ts';
import { cards, cardWidth, type Figure, framed } from './picture-frame.ts';
import { heatPanel, type PictureDay } from './picture-heat.ts';
import { inner, margin, most, type Pen, percent } from './picture-parts.ts';
import { type PictureMember, rankingHeight, rankingPanel } from './picture-ranking.ts';
import { type PictureWeek, seriesPanel } from './picture-series.ts';
import { element, isolated, type Markup } from './svg.ts';

export interface Picture {
  readonly locale: Locale;
  readonly theme: Theme;
  /** The title of the group; null where not everybody may know it. */
  readonly title: string | null;
  /** The nickname, if its owner wants it shown. */
  readonly name: string | null;
  readonly today: string;
  readonly rate: Value;
  readonly team: Value;
  readonly rank: number | null;
  readonly members: number;
  /** Absent in the picture of a group. */
  readonly streak?: { readonly unit: 'DAY' | 'WEEK'; readonly current: number; readonly best: number };
  /** Only in the picture of a group, whose `rate` is that of all. */
  readonly level?: { readonly level: number; readonly points: number; readonly cost: number };
  /** Oldest first, up to the present week; the last 26 are shown. */
  readonly weeks: readonly PictureWeek[];
  /** One after the other, the first one a Monday. */
  readonly days: readonly PictureDay[];
  /** In their order; only the first ones, and the owner, are shown. */
  readonly ranking: readonly PictureMember[];
}

/** The picture as the text of an SVG file, of less than 20 KB. */
export function progressPicture(picture: Picture): string {
  const { locale, theme, today, ranking } = picture;
  const pen: Pen = { colour: colours[theme], say: pictureTexts[locale], locale };
  const { say } = pen;
  const weeks = picture.weeks.slice(-most);
  const days = picture.days.slice(-most * 7 + ((7 - (picture.days.length % 7)) % 7));
  const [figuresAt, y, heatAt, rankingAt] = [112, 254, 502, 792];
  const height = rankingAt + rankingHeight(ranking) + margin;
  const isGroup = picture.level !== undefined;
  const series = isGroup ? { heading: say.groupSeries } : { heading: say.series, names: [say.me, say.team] as const };
  const says = described(picture, weeks, days, say);
  return framed(pen, { height, title: picture.title ?? say.group, who: whoIn(picture, say), today, says }, [
    ...figures(pen, picture, figuresAt),
    ...seriesPanel(pen, weeks, { y, ...series }),
    ...heatPanel(pen, days, heatAt, { most, of: isGroup ? 'GROUP' : 'ME' }),
    ...rankingPanel(pen, say.ranking, ranking, rankingAt),
  ]);
}

const whoIn = ({ name, level }: Picture, say: PictureTexts) => {
  if (level) return say.ofGroup;
  return name === null ? say.mine : say.of(isolated(name));
};

/** Rate, streak and rank. */
function figures(pen: Pen, picture: Picture, y: number): Markup[] {
  const { rate } = picture;
  const { colour } = pen;
  const stroke = 9;
  const { centre, radius, dash, gap: rest } = ring(rate ?? 0, 58, stroke);
  const circle = { r: radius, fill: 'none', 'stroke-width': stroke };
  const middle = `translate(${inner.x + cardWidth - 18 - centre} ${y + 18 + centre}) rotate(-90)`;
  const around = element(
    'g',
    { transform: middle },
    element('circle', { ...circle, stroke: colour.sunk }),
    ...(rate ? [element('circle', { ...circle, stroke: colour.h0, 'stroke-dasharray': `${dash} ${rest}` })] : []),
  );
  return [...cards(pen, figuresOf(picture, pen.say), y), around];
}

/** A name, a value, and what goes with it: of somebody rate, streak and rank; of a group rate, level and members. */
function figuresOf({ rate, team, rank, members, streak, level }: Picture, say: PictureTexts): Figure[] {
  if (level)
    return [
      [say.rate, percent(rate), say.allOfGroup],
      [say.level, say.levelOf(level.level), say.points(level.points, level.cost)],
      [say.members, say.people(members), ''],
    ];
  const { unit = 'DAY', current = 0, best = 0 } = streak ?? {};
  const counted = unit === 'DAY' ? say.days : say.weeks;
  return [
    [say.rate, percent(rate), say.average(percent(team))],
    [say.streak, counted(current), say.best(counted(best))],
    [say.rank, rank === null ? '–' : say.place(rank), say.among(members)],
  ];
}

/** The same in words. */
function described(
  { rate, team, rank, members, streak, level }: Picture,
  weeks: readonly PictureWeek[],
  days: readonly PictureDay[],
  { says, days: inDays, weeks: inWeeks }: PictureTexts,
): string {
  const number = (state: PictureDay['state']) => days.filter((day) => day.state === state).length;
  const last = weeks.slice(-4).map((week) => percent(week.rate));
  const counted = streak?.unit === 'WEEK' ? inWeeks : inDays;
  const isRated = level ? says.groupRate(percent(rate)) : says.rate(percent(rate), percent(team));
  return [
    rate === null ? says.noRate : isRated,
    ...(streak ? [says.streak(counted(streak.current), counted(streak.best))] : []),
    ...(level ? [says.level(level.level, members)] : []),
    ...(rank === null ? [] : [says.rank(rank, members)]),
    ...(last.length === 0 ? [] : [says.lastWeeks(last.join(', '))]),
    level ? says.groupHeat(number('DONE')) : says.heat(number('DONE'), number('PAUSED')),
  ].join(' ');
}
