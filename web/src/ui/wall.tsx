import { hue } from './bricks.tsx';
import { cx } from './button.tsx';

interface WallProps {
  /** Who laid each brick, the first one first. */
  readonly bricks: readonly string[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly count: number }[];
  /** The last brick falls into its place. */
  readonly fresh?: boolean;
}

const perRow = 8;
/** A wall has a few rows from the beginning, and always one to go. */
const fewestRows = 4;

/** The bricks of a group in running bond, the first at the lower left. The list below says the same in words. */
export function Wall({ bricks, people, fresh }: WallProps) {
  const order = new Map(people.map(({ id }, at) => [id, at]));
  const count = Math.max(fewestRows, Math.ceil(bricks.length / perRow) + 1);
  const rows = Array.from({ length: count }, (_, row) =>
    Array.from({ length: perRow }, (_, place) => row * perRow + place),
  );
  return (
    <div className="wall">
      <div className="wall-rows" aria-hidden="true">
        {rows.toReversed().map((row) => (
          <div className="wall-row" key={row[0]}>
            {row.map((at) => {
              const by = bricks[at];
              if (by === undefined) return <i key={at} className="hole" />;
              const isFresh = fresh && at === bricks.length - 1;
              return <i key={at} className={cx('brick', hue(order.get(by) ?? 7), isFresh && 'fresh')} />;
            })}
          </div>
        ))}
      </div>
      <ul className="wall-people">
        {people.map(({ id, name, count }, at) => (
          <li key={id}>
            <i className={cx('dot', hue(at))} aria-hidden="true" />
            <span>{name}</span> <b>{count}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
