import { Field } from './form.tsx';

interface CodeFieldProps {
  readonly label: string;
  readonly hint?: string;
}

/** A code of six digits that came by mail. It is sent as soon as it is whole. */
export const CodeField = ({ label, hint }: CodeFieldProps) => (
  <Field
    label={label}
    name="code"
    hint={hint}
    digits={6}
    required
    autoFocus
    onInput={(code, form) => code.length === 6 && form.requestSubmit()}
  />
);
