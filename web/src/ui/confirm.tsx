import type { Children } from './button.tsx';
import { Form, Submit, type Values } from './form.tsx';
import { Sheet } from './sheet.tsx';

interface ConfirmProps extends Children {
  readonly title: string;
  readonly lead?: string;
  /** The word on the button: what happens, not "OK". */
  readonly action: string;
  /** It cannot be undone. */
  readonly danger?: boolean;
  /** What it throws is shown in the sheet, which then stays open. */
  readonly onConfirm: (values: Values) => Promise<unknown>;
  readonly onClose: () => void;
}

/** A sheet that says what is about to happen, and asks; with fields inside, where a reason is needed. */
export const Confirm = ({ title, lead, action, danger, onConfirm, onClose, children }: ConfirmProps) => (
  <Sheet title={title} onClose={onClose}>
    {lead && <p className="soft">{lead}</p>}
    <Form
      onSubmit={async (values) => {
        await onConfirm(values);
        onClose();
      }}
    >
      {children}
      <Submit kind={danger ? 'danger' : 'main'}>{action}</Submit>
    </Form>
  </Sheet>
);
