/** How many problems of each level were solved: large buttons, for fingers with chalk on them. */
import { useState } from 'preact/hooks';
import { pointsOf } from '../../../../shared/product/climbing-points.ts';
import { limits } from '../../../../shared/product/limits.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, cx } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/rows.tsx';

/** By level. */
export type Counts = Readonly<Record<string, number>>;

const { level: bounds, count: most } = limits.record;
const levels = Array.from({ length: bounds.max - bounds.min + 1 }, (_, at) => bounds.min + at);
/** Levels around one's own that are there at first. */
const near = 2;

interface Problems {
  readonly level: number;
  readonly count: number;
}
export const countsIn = (problems: readonly Problems[]): Counts =>
  Object.fromEntries(problems.map(({ level, count }) => [level, count]));
export const problemsIn = (counts: Counts): Problems[] =>
  levels.flatMap((level) => (counts[level] ? [{ level, count: counts[level] }] : []));

interface SolvedProps {
  readonly own: number;
  readonly counts: Counts;
  readonly onChange: (counts: Counts, form: HTMLFormElement) => void;
}

export function Solved({ own, counts, onChange }: SolvedProps) {
  const say = useTexts('records');
  const [isWhole, show] = useState(false);
  const shown = levels.filter((level) => isWhole || Math.abs(level - own) <= near || counts[level]);
  return (
    <fieldset className="climb-steps">
      <legend>{say.form.problems}</legend>
      <p className="soft">{say.form.problemsLead(say.level(own))}</p>
      <ul>
        {shown.map((level) => (
          <Step
            key={level}
            level={level}
            own={own}
            count={counts[level] ?? 0}
            onChange={(count, form) => onChange({ ...counts, [level]: count }, form)}
          />
        ))}
      </ul>
      {shown.length < levels.length && (
        <Button kind="plain" small onClick={() => show(true)}>
          {say.form.all}
        </Button>
      )}
    </fieldset>
  );
}

interface StepProps {
  readonly level: number;
  readonly own: number;
  readonly count: number;
  readonly onChange: (count: number, form: HTMLFormElement) => void;
}

/** One level: less, the number, more. What one problem is worth stands beside it, by the rule of the server. */
function Step({ level, own, count, onChange }: StepProps) {
  const say = useTexts('records');
  const name = say.level(level);
  const worth = { 1: say.form.worth.below, 2: say.form.worth.own, 4: say.form.worth.above }[
    pointsOf([{ level, count: 1 }], own)
  ];
  const set = (to: number, { form }: { readonly form: HTMLFormElement | null }) =>
    form && onChange(Math.min(most, Math.max(0, Math.trunc(to) || 0)), form);
  return (
    <li className={cx('climb-step', level === own && 'own', count > 0 && 'some')}>
      <span className="climb-step-text">
        <span>
          <b>{name}</b> {level === own && <Tag>{say.form.own}</Tag>}
        </span>
        <span className="soft">{worth}</span>
      </span>
      <span className="stepper">
        <button
          type="button"
          aria-label={say.form.take(name)}
          aria-disabled={count === 0 || undefined}
          onClick={({ currentTarget }) => set(count - 1, currentTarget)}
        >
          <Icon name="off" />
        </button>
        <input
          type="number"
          inputMode="numeric"
          min="0"
          max={most}
          aria-label={say.form.number(name)}
          value={count}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onInput={({ currentTarget }) => set(Number(currentTarget.value), currentTarget)}
        />
        <button
          type="button"
          className="more"
          aria-label={say.form.add(name)}
          onClick={({ currentTarget }) => set(count + 1, currentTarget)}
        >
          <Icon name="plus" />
        </button>
      </span>
    </li>
  );
}
