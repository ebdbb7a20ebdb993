/**
 * Somebody's progress as a picture that can be shared (row 133): me against the average, the days, the ranking. It is an
 * SVG that needs nothing else: no font, no script, no style sheet. Colours are never the only sign, and `desc` says it in words.
 */
import type { Locale } from '../messages/catalog.ts';
import { type PictureTexts, pictureTexts } from '../messages/picture-texts.ts';
import { colours, fonts, type Theme } from './colours.ts';
import { meAgainstAverage, monthsOf, pathOf, ring, type Value } from './geometry.ts';
import { heatPanel, type PictureDay } from './picture-heat.ts';
import { inner, margin, most, type Pen, panel, percent, typed, width, words } from './picture-parts.ts';
import { type PictureMember, rankingHeight, rankingPanel } from './picture-ranking.ts';
import { element, fitted, isolated, type Markup, widthOfText } from './svg.ts';

export interface PictureWeek {
  /** Its Monday. */
  readonly from: string;
  readonly rate: Value;
  readonly team: Value;
}

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
  const pen: Pen = { colour: colours[picture.theme], say: pictureTexts[picture.locale] };
  const { colour, say } = pen;
  const weeks = picture.weeks.slice(-most);
  const days = picture.days.slice(-most * 7 + ((7 - (picture.days.length % 7)) % 7));
  const [figuresAt, seriesAt, heatAt, rankingAt] = [112, 254, 502, 792];
  const height = rankingAt + rankingHeight(picture.ranking) + margin;
  const title = picture.title ?? say.group;
  const who = whoIn(picture, say);
  const isGroup = picture.level !== undefined;
  const parts = [
    element('title', { id: 'title' }, `${who} – ${title}`),
    element('desc', { id: 'desc' }, described(picture, weeks, days, say)),
    element('rect', { width, height, fill: colour.paper }),
    ...header(pen, { title, today: picture.today }, who),
    ...figures(pen, picture, figuresAt),
    ...seriesPanel(pen, weeks, seriesAt, isGroup),
    ...heatPanel(pen, days, heatAt, { most, of: isGroup ? 'GROUP' : 'ME' }),
    ...rankingPanel(pen, picture.ranking, rankingAt),
  ];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    ...{ viewBox: `0 0 ${width} ${height}`, width, height },
    ...{ role: 'img', 'aria-labelledby': 'title desc', 'xml:lang': picture.locale, 'font-family': fonts },
  };
  return element('svg', attributes, ...parts).markup;
}

const whoIn = ({ name, level }: Picture, say: PictureTexts) => {
  if (level) return say.ofGroup;
  return name === null ? say.mine : say.of(isolated(name));
};

function header({ colour, say }: Pen, { title, today }: { title: string; today: string }, who: string): Markup[] {
  const brick = (x: number, y: number, fill: string) => element('rect', { x, y, width: 22, height: 12, rx: 4, fill });
  const right = inner.x + inner.width;
  const room = inner.width - 120;
  return [
    typed(title, room, { x: inner.x, y: 58, size: 28, fill: colour.ink, 'font-weight': 800 }),
    typed(`${who} · ${say.until(today)}`, room, { x: inner.x, y: 88, size: 16, fill: colour.soft }),
    brick(right - 110, 50, colour.h0),
    brick(right - 85, 50, colour.h1),
    brick(right - 97, 35, colour.h2),
    words('moim', { x: right, y: 61, size: 22, fill: colour.main, 'font-weight': 800, 'text-anchor': 'end' }),
  ];
}

/** Rate, streak and rank. */
function figures(pen: Pen, picture: Picture, y: number): Markup[] {
  const { rate } = picture;
  const { colour, say } = pen;
  const gap = 14;
  const side = (inner.width - 2 * gap) / 3;
  const cards = figuresOf(picture, say).flatMap(([label, value, more], at) => {
    const x = inner.x + at * (side + gap);
    return [
      element('rect', { x, y, width: side, height: 126, rx: 22, fill: colour.card, stroke: colour.line }),
      words(label, { x: x + 20, y: y + 34, size: 14, fill: colour.soft }),
      words(value, { x: x + 20, y: y + 76, size: 34, fill: colour.ink, 'font-weight': 800 }),
      words(fitted(more, side - 32, 14), { x: x + 20, y: y + 106, size: 14, fill: colour.soft }),
    ];
  });
  const stroke = 9;
  const { centre, radius, dash, gap: rest } = ring(rate ?? 0, 58, stroke);
  const circle = { r: radius, fill: 'none', 'stroke-width': stroke };
  const middle = `translate(${inner.x + side - 18 - centre} ${y + 18 + centre}) rotate(-90)`;
  const around = element(
    'g',
    { transform: middle },
    element('circle', { ...circle, stroke: colour.sunk }),
    ...(rate ? [element('circle', { ...circle, stroke: colour.h0, 'stroke-dasharray': `${dash} ${rest}` })] : []),
  );
  return [...cards, around];
}

/** A name, a value, and what goes with it: of somebody rate, streak and rank; of a group rate, level and members. */
function figuresOf({ rate, team, rank, members, streak, level }: Picture, say: PictureTexts) {
  if (level)
    return [
      [say.rate, percent(rate), say.allOfGroup],
      [say.level, say.levelOf(level.level), say.points(level.points, level.cost)],
      [say.members, say.people(members), ''],
    ] as const;
  const { unit = 'DAY', current = 0, best = 0 } = streak ?? {};
  const counted = unit === 'DAY' ? say.days : say.weeks;
  return [
    [say.rate, percent(rate), say.average(percent(team))],
    [say.streak, counted(current), say.best(counted(best))],
    [say.rank, rank === null ? '–' : say.place(rank), say.among(members)],
  ] as const;
}

function seriesPanel(pen: Pen, weeks: readonly PictureWeek[], y: number, isGroup: boolean): Markup[] {
  const { colour, say } = pen;
  const box = { x: inner.x + 66, y: y + 62, width: inner.width - 90, height: 132 };
  // A young group has few weeks: they begin at the left, and leave room for what comes.
  const slots = [
    ...weeks,
    ...Array.from({ length: Math.max(0, 8 - weeks.length) }, () => ({ rate: null, team: null })),
  ];
  const { bars, line, scale } = meAgainstAverage(slots, box, 34);
  const across = (at: number, stroke: string, more = {}) =>
    element('path', { d: `M${box.x} ${at}h${box.width}`, stroke, ...more });
  const path = { d: pathOf(line), fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' } as const;
  const points = line
    .flat()
    .map(({ x, y: at }) => `M${x} ${at}h0`)
    .join('');
  return [
    ...panel(pen, y, 234, isGroup ? say.groupSeries : say.series),
    ...(isGroup ? [] : legend(pen, y + 36)),
    ...scale.map(({ y: at }) => across(at, colour.line)),
    ...scale
      .filter(({ share }) => share % 0.5 === 0)
      .map(({ share, y: at }) =>
        words(percent(share), { x: box.x - 10, y: at + 5, size: 13, fill: colour.soft, 'text-anchor': 'end' }),
      ),
    ...bars.flatMap((bar) =>
      bar ? [bar.height > 0 ? barOf(bar, colour.h0) : barOf({ ...bar, y: bar.y - 3, height: 3 }, colour.field)] : [],
    ),
    // The scale runs through the bars as mortar: they are made of bricks.
    ...scale.slice(1, -1).map(({ y: at }) => across(at, colour.card, { 'stroke-width': 2.5 })),
    element('path', { ...path, stroke: colour.card, 'stroke-width': 6 }),
    element('path', { ...path, stroke: colour.ink, 'stroke-width': 2.5 }),
    element('path', { d: points, stroke: colour.ink, 'stroke-width': 7, 'stroke-linecap': 'round' }),
    ...(line.length === 0 && bars.every((bar) => bar === undefined)
      ? [
          words(say.nothing, {
            x: box.x + box.width / 2,
            y: y + 134,
            size: 15,
            fill: colour.soft,
            'text-anchor': 'middle',
          }),
        ]
      : []),
    ...monthsOf(weeks).map(({ at, month }) =>
      words(say.month(month), {
        ...{ x: box.x + (box.width * (at + 0.5)) / slots.length, y: y + 216, size: 13 },
        ...{ fill: colour.soft, 'text-anchor': 'middle' },
      }),
    ),
  ];
}

const barOf = ({ x, y, width: w, height }: { x: number; y: number; width: number; height: number }, fill: string) =>
  element('rect', { x, y, width: w, height, rx: Math.min(4, height / 2), fill });

function legend({ colour, say }: Pen, y: number): Markup[] {
  const right = inner.x + inner.width - 24;
  const team = right - widthOfText(say.team, 14);
  const me = team - 54 - widthOfText(say.me, 14);
  return [
    element('rect', { x: me - 20, y: y - 12, width: 12, height: 14, rx: 3, fill: colour.h0 }),
    words(say.me, { x: me, y, size: 14, fill: colour.soft }),
    element('path', {
      d: `M${team - 32} ${y - 5}h22`,
      stroke: colour.ink,
      'stroke-width': 2.5,
      'stroke-linecap': 'round',
    }),
    element('path', {
      d: `M${team - 21} ${y - 5}h0`,
      stroke: colour.ink,
      'stroke-width': 7,
      'stroke-linecap': 'round',
    }),
    words(say.team, { x: team, y, size: 14, fill: colour.soft }),
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
