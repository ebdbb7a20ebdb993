import { Round } from './button.tsx';
import './copied.css';

interface CopiedProps {
  readonly text: string;
  /** The text as one reads it, if that is different. */
  readonly shown?: string;
  readonly label: string;
  readonly onCopied: () => void;
}

/** A text to pass on, with a button that copies it. */
export const Copied = ({ text, shown = text, label, onCopied }: CopiedProps) => (
  <p className="copied">
    <code>{shown}</code>
    <Round icon="copy" label={label} onClick={() => void navigator.clipboard.writeText(text).then(onCopied)} />
  </p>
);
