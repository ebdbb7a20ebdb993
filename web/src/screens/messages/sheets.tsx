/** What one can do with a message, and about the person. */
import { ProblemError } from '../../../../client/problem-error.ts';
import { changed } from '../../app/cache.ts';
import type { Message, Messages } from '../../app/data/messages.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Reporting, type Said } from '../../ui/reporting.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';

function unlessGone(error: unknown): void {
  if (!(error instanceof ProblemError) || error.code !== 'NOT_FOUND') throw error;
}

export type Opened =
  | { readonly of: 'message' | 'remove' | 'report'; readonly message: Message }
  | { readonly of: 'person' }
  | { readonly of: 'block' };

interface SheetsProps {
  readonly accountId: string;
  readonly first: Messages;
  readonly opened: Opened;
  readonly open: (next: Opened | undefined) => void;
  readonly onAnswer: (message: Message) => void;
}

export function Sheets({ accountId, first, opened, open, onAnswer }: SheetsProps) {
  const say = useTexts('messages');
  const { reporting } = useTexts('common');
  const name = first.with.nickname;
  const close = () => open(undefined);
  const remove = async ({ id: messageId }: Message) => {
    // Another tab, or a try whose answer was lost, may have deleted it.
    await api.messages.deletePrivateMessage({ params: { accountId, messageId } }).catch(unlessGone);
    await changed('messages');
    tell(say.removed);
  };
  // It is gone for its reader at once, and administrators look at it.
  const report = async ({ id: messageId }: Message, body: Said) => {
    await api.reports.reportPrivateMessage({ params: { accountId, messageId }, body });
    await Promise.all([changed('messages'), changed('inbox')]);
    tell(reporting.done);
  };
  const block = async () => {
    await api.blocks.blockAccount({ params: { accountId } });
    await changed();
    tell(say.blocked(name));
  };
  const unblock = async () => {
    close();
    await api.blocks.unblockAccount({ params: { accountId } }).then(() => tell(say.unblocked(name)), complain);
    await changed();
  };
  if (opened.of === 'remove')
    return (
      <Confirm
        title={say.removeTitle}
        lead={say.removeLead}
        action={say.removeDo}
        danger
        onConfirm={() => remove(opened.message)}
        onClose={close}
      />
    );
  if (opened.of === 'report')
    return <Reporting lead={say.reportLead} onReport={(said) => report(opened.message, said)} onClose={close} />;
  if (opened.of === 'block')
    return (
      <Confirm
        title={say.blockTitle(name)}
        lead={say.blockLead}
        action={say.block}
        danger
        onConfirm={block}
        onClose={close}
      />
    );
  if (opened.of === 'person')
    return (
      <Sheet title={name} onClose={close}>
        <Rows>
          {first.blocked ? (
            <Row lead={<Icon name="eye" />} title={say.unblock} onClick={unblock} />
          ) : (
            <Row lead={<Icon name="eye" />} title={say.block} tone="bad" onClick={() => open({ of: 'block' })} />
          )}
        </Rows>
      </Sheet>
    );
  const { message } = opened;
  const reply = () => {
    close();
    onAnswer(message);
  };
  return (
    <Sheet title={message.mine ? say.fromMe : say.from(name)} onClose={close}>
      <Rows>
        {first.writable && <Row lead={<Icon name="undo" />} title={say.reply} onClick={reply} />}
        {!message.mine && (
          <Row lead={<Icon name="flag" />} title={reporting.action} onClick={() => open({ of: 'report', message })} />
        )}
        <Row
          lead={<Icon name="trash" />}
          title={say.remove}
          tone="bad"
          onClick={() => open({ of: 'remove', message })}
        />
      </Rows>
    </Sheet>
  );
}
