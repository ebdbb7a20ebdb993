/** The first three of a ranking, on steps of bricks: read from the first to the third, seen with the first in the middle. */
import './podium.css';
import type { ComponentChildren } from 'preact';
import { useTexts } from '../messages/index.ts';
import { hue } from './bricks.tsx';
import { Tag } from './rows.tsx';

const most = 3;
/** In bricks. */
const tallest = 5;

/** How many of these ranks, in their order, stand on it: three at most, and nobody without those who share the rank. */
export function standing(ranks: readonly (number | null)[]): number {
  for (let n = Math.min(most, ranks.length); n > 0; n--)
    if (ranks[n - 1] !== null && ranks[n - 1] !== ranks[n]) return n;
  return 0;
}

/** So many rows below it, and it is out of sight at the last of them. */
const far = 6;

/** The rows that follow it. Whoever stands on it has a row here as well if the list is long: one's own place stays in sight. */
export const following = <Row,>(first: readonly Row[], rest: readonly Row[], isMe: (row: Row) => boolean): Row[] =>
  rest.length < far ? [...rest] : [...first.filter(isMe), ...rest];

interface Step {
  readonly key: string;
  readonly rank: number;
  readonly face: ComponentChildren;
  readonly name: ComponentChildren;
  readonly value: string;
  /** By which the colour of the bricks is chosen. */
  readonly at: number;
  readonly isMe: boolean;
  readonly href?: string;
}

/** Whose rank is the same stand at the same height, and it is said. */
export function Podium({ steps }: { readonly steps: readonly Step[] }) {
  const say = useTexts('common').ranks;
  if (steps.length === 0) return null;
  return (
    <ol className="podium" aria-label={say.podium}>
      {steps.map(({ key, rank, face, name, value, at, isMe, href }) => {
        const isShared = steps.filter((each) => each.rank === rank).length > 1;
        const Part = href ? 'a' : 'div';
        return (
          <li key={key} className={hue(at)}>
            <Part className="podium-step" {...(href ? { href } : {})}>
              <b className="podium-place">{isShared ? say.shared(rank) : say.podiumPlace(rank)}</b>
              {face}
              <span className="podium-name">
                {name}
                {isMe && <Tag>{say.me}</Tag>}
              </span>
              <span className="podium-value">{value}</span>
              <span className="podium-bricks" aria-hidden="true">
                {Array.from({ length: tallest + 1 - rank }, (_, floor) => (
                  <i key={floor} className="brick" />
                ))}
              </span>
            </Part>
          </li>
        );
      })}
    </ol>
  );
}
