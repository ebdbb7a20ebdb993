import { useTexts } from '../../messages/index.ts';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Ready } from '../../ui/ready.tsx';
import { Sheet } from '../../ui/sheet.tsx';

interface WhyProps {
  readonly title: string;
  readonly lead?: string;
  readonly onClose: () => void;
  readonly onSend: (reason: string) => Promise<void>;
}

/** The reason of a denial. */
export function Why({ title, lead, onClose, onSend }: WhyProps) {
  const say = useTexts('group').review;
  return (
    <Sheet title={title} onClose={onClose}>
      {lead && <p className="soft">{lead}</p>}
      <Form onSubmit={({ reason = '' }) => onSend(reason)}>
        <Ready field="reason" words={say.reasons} />
        <Field label={say.reason} name="reason" rows={3} maxLength={200} required />
        <Submit>{say.send}</Submit>
      </Form>
    </Sheet>
  );
}
