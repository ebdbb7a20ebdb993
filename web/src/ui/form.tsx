/** Forms: native fields, and sentences of moim where they belong. */
import { createContext } from 'preact';
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks';
import { shortDay } from '../app/days.ts';
import { type Fault, faultOf, isExpected } from '../app/problem.ts';
import { locale } from '../app/settings.ts';
import { type Texts, useTexts } from '../messages/index.ts';
import { Button, type Children, cx } from './button.tsx';
import { Cut, useCut } from './cut.tsx';
import { Icon } from './icon.tsx';

/** What the form of a field knows; its fields report themselves, so that only faults of no field are shown at its end. */
interface FormState {
  readonly busy: boolean;
  readonly fault: Fault | undefined;
  readonly names: Set<string>;
}
const Within = createContext<FormState>({ busy: false, fault: undefined, names: new Set() });

/** Words of the fields by their names. */
export type Values = Readonly<Record<string, string>>;

interface FormProps extends Children {
  /** What a call throws is shown: at the field that it is about, else above the button. */
  readonly onSubmit: (values: Values) => Promise<unknown>;
  readonly className?: string;
}

/** What is wrong with a field, in moim's words: those of a browser are in the browser's language, and cover what is below. */
function wrongWith({ validity, type, minLength, min, max }: HTMLInputElement, say: Texts<'common'>['wrong']): string {
  const bound = (value: string) => (type === 'date' ? shortDay(value, locale.get()) : value);
  if (validity.valueMissing) return say.missing;
  if (validity.tooShort) return say.short(minLength);
  if (validity.rangeUnderflow) return say.least(bound(min));
  if (validity.rangeOverflow) return say.most(bound(max));
  if (validity.typeMismatch) return type === 'email' ? say.email : say.url;
  return say.other;
}

/**
 * @example
 * <Form onSubmit={({ email }) => send(email)}>
 *   <Field label={say.email} name="email" type="email" required />
 *   <Submit>{say.next}</Submit>
 * </Form>
 */
export function Form({ onSubmit, className, children }: FormProps) {
  const [state, set] = useState<{ busy: boolean; fault?: Fault }>({ busy: false });
  const names = useRef(new Set<string>());
  const say = useTexts('common').wrong;
  const atWork = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  // What was refused takes the focus: there one goes on.
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [state.fault]);

  const submit = async (event: Event) => {
    event.preventDefault();
    // A second press comes before the button is drawn as busy.
    if (atWork.current) return;
    atWork.current = true;
    const entries = [...new FormData(event.currentTarget as HTMLFormElement)];
    set({ busy: true });
    try {
      await onSubmit(Object.fromEntries(entries.map(([name, value]) => [name, String(value).trim()])));
      set({ busy: false });
    } catch (error) {
      if (!isExpected(error)) reportError(error);
      set({ busy: false, fault: faultOf(error) });
    }
    atWork.current = false;
  };
  const refuse = (event: Event) => {
    // A field of the screen itself has no place for a sentence.
    if (!names.current.has((event.target as HTMLInputElement).name)) return;
    event.preventDefault();
    const wrong = [...form.current!.querySelectorAll<HTMLInputElement>(':is(input, textarea):invalid')];
    const fields = Object.fromEntries(wrong.map((each) => [each.name, wrongWith(each, say)]));
    set({ busy: false, fault: { kind: 'refused', fields } });
  };
  return (
    <Within.Provider value={{ busy: state.busy, fault: state.fault, names: names.current }}>
      <form ref={form} className={cx('form', className)} onSubmit={submit} onInvalidCapture={refuse}>
        {children}
      </form>
    </Within.Provider>
  );
}

/** What is wrong with the form as a whole. */
function WholeFault() {
  const { fault, names } = useContext(Within);
  const say = useTexts('common');
  if (!fault || Object.keys(fault.fields).some((name) => names.has(name))) return null;
  return (
    <p className="error" role="alert">
      {fault.code === 'NOT_FOUND' ? say.goneSince : (fault.text ?? say.silent)}
    </p>
  );
}

/** The button of a form, with what is wrong with the form above it. */
export function Submit({
  disabled = false,
  kind = 'main',
  children,
}: Children & { readonly disabled?: boolean; readonly kind?: 'main' | 'quiet' | 'danger' }) {
  const { busy } = useContext(Within);
  return (
    <>
      <WholeFault />
      <Button type="submit" kind={kind} busy={busy} disabled={disabled}>
        {children}
      </Button>
    </>
  );
}

/** A field in its form: an id for it, and what moim refuses about it. */
function useFieldOf(name: string) {
  const { busy, fault, names } = useContext(Within);
  names.add(name);
  return { id: useId(), error: fault?.fields[name], busy };
}

/** What is said below a field: what is wrong with it, else what helps. */
const Below = ({
  id,
  error,
  hint,
}: Pick<ReturnType<typeof useFieldOf>, 'id' | 'error'> & { readonly hint?: string | undefined }) =>
  error || hint ? (
    <p id={`${id}-hint`} className={error ? 'error' : 'hint'} role={error ? 'alert' : undefined}>
      {error ?? hint}
    </p>
  ) : null;

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly hint?: string | undefined;
  readonly type?: 'text' | 'email' | 'password' | 'url' | 'date' | 'time' | 'search' | 'number';
  readonly autoComplete?: string;
  readonly inputMode?: 'email' | 'numeric' | 'search' | 'url';
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: string;
  readonly max?: string;
  readonly required?: boolean;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  readonly value?: string | undefined;
  /** Lines: the field is a `<textarea>`. */
  readonly rows?: number;
  readonly className?: string;
  /** A code of so many digits: spaces that are pasted along stay out. */
  readonly digits?: number;
  readonly onInput?: (value: string, form: HTMLFormElement) => void;
}

/** What a field for a code has, and no other. */
const forDigits = (count: number) => ({
  inputMode: 'numeric',
  autoComplete: 'one-time-code',
  pattern: `[0-9]{${count}}`,
  maxLength: count,
  onPaste(event: ClipboardEvent & { readonly currentTarget: HTMLInputElement }) {
    const found = event.clipboardData?.getData('text').replaceAll(/\D/g, '') ?? '';
    if (found.length !== count) return;
    event.preventDefault();
    event.currentTarget.value = found;
    event.currentTarget.dispatchEvent(new InputEvent('input', { bubbles: true }));
  },
});

/**
 * A field. It is uncontrolled on purpose: people compose Korean in the element, and nothing may write into it meanwhile. Its
 * text is in the values of the form.
 */
export function Field({ label, name, hint, value, rows, className, digits, onInput, ...rest }: FieldProps) {
  const { id, error, busy } = useFieldOf(name);
  const cut = useCut();
  // What was sent is behind one.
  useEffect(() => {
    if (busy) cut.clear();
  }, [busy]);
  const input = {
    id,
    name,
    defaultValue: value,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error || hint ? `${id}-hint` : undefined,
    onbeforeinput: cut.before,
    onInput: (event: Parameters<typeof cut.after>[0]) => {
      cut.after(event);
      const { form, value: text } = event.currentTarget;
      if (form) onInput?.(text, form);
    },
    ...(digits === undefined ? {} : forDigits(digits)),
    ...rest,
  };
  return (
    <div className={cx('field', digits !== undefined && 'code', className)}>
      <label htmlFor={id}>{label}</label>
      {rows ? <textarea rows={rows} {...(input as object)} /> : <input {...(input as object)} />}
      <Below id={id} error={error} hint={hint} />
      <Cut of={cut.lost} />
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly name: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly value?: string | undefined;
  readonly onChange?: (value: string) => void;
}

/** One of many values. */
export function Select({ label, name, options, value, onChange }: SelectProps) {
  const { id, error } = useFieldOf(name);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="select">
        <select
          id={id}
          name={name}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-hint` : undefined}
          onChange={({ currentTarget }) => onChange?.(currentTarget.value)}
        >
          {options.map(([each, text]) => (
            <option key={each} value={each} selected={each === value}>
              {text}
            </option>
          ))}
        </select>
        <Icon name="down" size={20} />
      </span>
      <Below id={id} error={error} />
    </div>
  );
}

interface PicksProps<T extends string> {
  readonly label: string;
  /** The name of the field in refusals. */
  readonly name: string;
  readonly hint: string;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly value: readonly T[];
  /** The most that one may choose: then the others wait until one is taken back. */
  readonly most: number;
  /** Seven days: as the week of a calendar. */
  readonly week?: boolean;
  readonly onChange: (value: readonly T[]) => void;
}

/** Some of many values: checkboxes as chips. */
export function Picks<T extends string>({ label, name, hint, options, value, most, week, onChange }: PicksProps<T>) {
  const { id, error } = useFieldOf(name);
  return (
    <fieldset className={cx('picks', week && 'week-picks')} aria-describedby={`${id}-hint`}>
      <legend>{label}</legend>
      <div className="chips">
        {options.map(([each, text]) => {
          const isOn = value.includes(each);
          return (
            <label key={each} className="chip-pick">
              <input
                type="checkbox"
                checked={isOn}
                disabled={!isOn && value.length >= most}
                onChange={() => onChange(isOn ? value.filter((one) => one !== each) : [...value, each])}
              />
              <span className="chip">
                {isOn && <Icon name="check" size={16} />}
                {text}
              </span>
            </label>
          );
        })}
      </div>
      <Below id={id} error={error} hint={hint} />
    </fieldset>
  );
}

/** Fields that most people leave as they are: out of the way until one opens them. */
export const Fold = ({ title, children }: Children & { readonly title: string }) => (
  <details className="fold">
    <summary>
      <Icon name="down" size={20} />
      {title}
    </summary>
    {children}
  </details>
);
