import { useTexts } from '../../messages/index.ts';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Sheet } from '../../ui/sheet.tsx';

interface WhyProps {
  readonly title: string;
  readonly lead?: string;
  readonly onClose: () => void;
  readonly onSend: (reason: string) => Promise<void>;
}

/** The reason of a denial. Ready ones fill the field, so that they can be made personal. */
export function Why({ title, lead, onClose, onSend }: WhyProps) {
  const say = useTexts('group').review;
  const choose = (reason: string, button: HTMLButtonElement) => {
    const field = button.form!.elements.namedItem('reason') as HTMLTextAreaElement;
    field.value = reason;
    field.focus();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      {lead && <p className="soft">{lead}</p>}
      <Form onSubmit={({ reason = '' }) => onSend(reason)}>
        <div className="chips">
          {say.reasons.map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              onClick={({ currentTarget }) => choose(each, currentTarget)}
            >
              {each}
            </button>
          ))}
        </div>
        <Field label={say.reason} name="reason" rows={3} maxLength={200} required />
        <Submit>{say.send}</Submit>
      </Form>
    </Sheet>
  );
}
