interface ReadyProps {
  /** The name of the field that they fill. */
  readonly field: string;
  readonly words: readonly string[];
}

/** Ready words of a form: each fills the field, so that it can be made personal. */
export function Ready({ field, words }: ReadyProps) {
  const choose = (text: string, button: HTMLButtonElement) => {
    const input = button.form!.elements.namedItem(field) as HTMLInputElement | HTMLTextAreaElement;
    input.value = text;
    input.focus();
  };
  return (
    <div className="chips">
      {words.map((each) => (
        <button key={each} type="button" className="chip" onClick={({ currentTarget }) => choose(each, currentTarget)}>
          {each}
        </button>
      ))}
    </div>
  );
}
