/** The ranking of a picture: the first members, and the owner wherever they are. */
import type { Value } from './geometry.ts';
import { inner, type Pen, panel, percent, typed, words } from './picture-parts.ts';
import { element, type Markup } from './svg.ts';

export interface PictureMember {
  readonly rank: number | null;
  /** How long the bar is. */
  readonly rate: Value;
  /** What is written at its end; without it the rate in percent. */
  readonly value?: string;
  /** Null for members who are not named: a picture may be seen by anybody. */
  readonly name: string | null;
  readonly isMe: boolean;
}

const rows = 5;
const rowHeight = 38;

/** The rows that are shown; undefined for the members between. */
export function shownOf(ranking: readonly PictureMember[]): (PictureMember | undefined)[] {
  const mine = ranking.findIndex(({ isMe }) => isMe);
  if (ranking.length <= rows || mine < rows) return ranking.slice(0, rows);
  const first = ranking.slice(0, rows - 1);
  return mine === rows ? [...first, ranking[mine]] : [...first, undefined, ranking[mine]];
}

export const rankingHeight = (ranking: readonly PictureMember[]) =>
  70 + Math.max(1, shownOf(ranking).length) * rowHeight;

export function rankingPanel(pen: Pen, heading: string, ranking: readonly PictureMember[], y: number): Markup[] {
  const { colour, say } = pen;
  const shown = shownOf(ranking);
  const none = words(say.nothing, { x: inner.x + 24, y: y + 76, size: 15, fill: colour.soft });
  return [
    ...panel(pen, y, rankingHeight(ranking), heading),
    ...(shown.length === 0 ? [none] : shown.flatMap((member, at) => row(pen, member, y + 54 + at * rowHeight))),
  ];
}

function row({ colour, say }: Pen, member: PictureMember | undefined, y: number): Markup[] {
  const left = inner.x + 24;
  const right = inner.x + inner.width - 24;
  const base = y + 24;
  if (!member) return [words('⋯', { x: left + 12, y: base, size: 18, fill: colour.soft, 'text-anchor': 'middle' })];
  const { rank, rate, isMe, value = percent(rate) } = member;
  const name = member.name ?? (isMe ? say.me : say.member);
  const track = { x: left + 212, y: y + 11, height: 14, rx: 5 };
  const long = right - 62 - track.x;
  const weight = isMe ? { 'font-weight': 800 } : {};
  return [
    ...(isMe
      ? [element('rect', { x: left - 10, y: y + 1, width: right - left + 20, height: 34, rx: 12, fill: colour.mine })]
      : []),
    words(rank === null ? '–' : String(rank), {
      x: left + 12,
      y: base,
      size: 15,
      fill: colour.ink,
      'text-anchor': 'middle',
      ...weight,
    }),
    typed(name, 168, { x: left + 38, y: base, size: 15, fill: colour.ink, ...weight }),
    element('rect', { ...track, width: long, fill: isMe ? colour.card : colour.sunk }),
    ...(rate
      ? [
          element('rect', {
            ...track,
            width: Math.max(10, Math.round(long * rate)),
            fill: isMe ? colour.h0 : colour.h1,
          }),
        ]
      : []),
    words(value, { x: right, y: base, size: 15, fill: colour.ink, 'text-anchor': 'end', ...weight }),
  ];
}
