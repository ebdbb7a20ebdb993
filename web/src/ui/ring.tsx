/** A part of a whole as a ring. */
import { ring, type Value } from '../../../shared/charts/geometry.ts';
import './ring.css';

interface RingProps {
  /** From 0 to 1; null: there is nothing to show yet. */
  readonly rate: Value;
  /** The number that stands in it. */
  readonly text: string;
  /** A notch where the others are. */
  readonly team?: Value | undefined;
}

/** The part that was done. Its numbers stand beside it in words. */
export function Ring({ rate, text, team }: RingProps) {
  const side = 112;
  const { centre, radius, dash, gap } = ring(rate ?? 0, side, 14);
  const turned = (share: number) => `rotate(${share * 360} ${centre} ${centre})`;
  return (
    <svg className="rate-ring" viewBox={`0 0 ${side} ${side}`} width={side} height={side} aria-hidden="true">
      <circle className="ring-open" cx={centre} cy={centre} r={radius} />
      {rate !== null && rate > 0 && (
        <circle
          className="ring-laid"
          cx={centre}
          cy={centre}
          r={radius}
          stroke-dasharray={`${dash} ${gap}`}
          transform={turned(-0.25)}
        />
      )}
      {team !== undefined && team !== null && (
        <path className="ring-mark" d={`M${centre} 0v17`} transform={turned(team)} />
      )}
      <text x={centre} y={centre + 9} text-anchor="middle">
        {text}
      </text>
    </svg>
  );
}
