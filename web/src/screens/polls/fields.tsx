/** The fields of a poll: what is asked, and its choices. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Field, type Values } from '../../ui/form.tsx';

const limit = limits.poll;

/** A choice in the form. Its text is in the field that has the place of the choice as its name, as refusals point to it. */
export interface Line {
  readonly key: number;
  readonly text: string;
}
export const linesOf = (texts: readonly string[]): readonly Line[] => texts.map((text, key) => ({ key, text }));

const nameAt = (at: number) => `choices/${at}`;

export const askedIn = (values: Values, lines: readonly Line[]) => ({
  question: values.question ?? '',
  choices: lines.map((_, at) => values[nameAt(at)] ?? ''),
});

interface FieldsProps {
  readonly question: string;
  readonly lines: readonly Line[];
  readonly onChange: (lines: readonly Line[]) => void;
  /** Told at each letter, for the draft. */
  readonly onInput?: (form: HTMLFormElement) => void;
}

export function Fields({ question, lines, onChange, onInput }: FieldsProps) {
  const say = useTexts('polls').form;
  const input = (_: string, form: HTMLFormElement) => onInput?.(form);
  const box = useRef<HTMLFieldSetElement>(null);
  const [wanted, want] = useState<number>();
  // The focus goes on with the drawing: to the field that was added, or the one beside the field that is gone.
  useLayoutEffect(() => {
    if (wanted === undefined) return;
    box.current?.querySelector<HTMLElement>(`[name="${nameAt(wanted)}"]`)?.focus();
    want(undefined);
  }, [wanted]);
  const add = () => {
    const key = Math.max(...lines.map((line) => line.key)) + 1;
    onChange([...lines, { key, text: '' }]);
    want(lines.length);
  };
  const removeAt = (at: number) => {
    onChange(lines.filter((_, n) => n !== at));
    want(Math.min(at, lines.length - 2));
  };
  return (
    <>
      <Field
        label={say.question}
        name="question"
        value={question}
        placeholder={say.questionHint}
        maxLength={limit.question}
        autoComplete="off"
        required
        onInput={input}
      />
      <fieldset className="poll-lines" ref={box}>
        <legend>{say.choices}</legend>
        {lines.map(({ key, text }, at) => (
          <div key={key}>
            <Field
              label={say.choice(at + 1)}
              name={nameAt(at)}
              value={text}
              maxLength={limit.choice}
              autoComplete="off"
              required
              onInput={input}
            />
            {lines.length > limit.fewest && (
              <Round icon="close" label={say.remove(at + 1)} onClick={() => removeAt(at)} />
            )}
          </div>
        ))}
        {lines.length < limit.most && (
          <Button small kind="quiet" icon="plus" onClick={add}>
            {say.add}
          </Button>
        )}
        <p className="hint">{say.choicesHint(limit.fewest, limit.most)}</p>
      </fieldset>
    </>
  );
}
