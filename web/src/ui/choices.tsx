/** What is chosen at once, without a form that is sent. */
import { useId } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

/** A few values side by side: a group of radio buttons. */
export function Choice<T extends string>({ label, options, value, onChoose }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      <div>
        {options.map(([each, text]) => (
          <label key={each}>
            <input type="radio" name={name} checked={each === value} onChange={() => onChoose(each)} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface TilesProps<T extends string> {
  readonly label: string;
  readonly options: readonly {
    readonly value: T;
    readonly icon: IconName;
    readonly title: string;
    readonly text: string;
  }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

/** A few values that need a word each: radio buttons as cards, one below the other. */
export function Tiles<T extends string>({ label, options, value, onChoose }: TilesProps<T>) {
  const name = useId();
  return (
    <fieldset className="tiles">
      <legend className="unseen">{label}</legend>
      {options.map((each) => (
        <label key={each.value} className="tile">
          <input type="radio" name={name} checked={each.value === value} onChange={() => onChoose(each.value)} />
          <Icon name={each.icon} />
          <b>{each.title}</b>
          <span className="soft">{each.text}</span>
          <i className="tile-check" aria-hidden="true">
            <Icon name="check" size={16} />
          </i>
        </label>
      ))}
    </fieldset>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

/** A line of a list that is on or off, at once. */
export function Switch({ label, hint, on, disabled = false, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="row">
      <span className="row-text">
        <label className="row-title" htmlFor={id}>
          {label}
        </label>
        {hint && (
          <span className="soft" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </span>
      <span className="switch">
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={on}
          aria-checked={on}
          disabled={disabled}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={() => onChange(!on)}
        />
        <i aria-hidden="true">
          <Icon name={on ? 'check' : 'off'} size={14} />
        </i>
      </span>
    </div>
  );
}
