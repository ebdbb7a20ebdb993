import { useState } from 'preact/hooks';
import type { Room } from '../../../../client/room.ts';
import type { ChatEntry } from '../../../../client/room-log.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useWords } from './names.ts';

interface MessageSheetProps {
  readonly room: Room;
  readonly groupId: string;
  readonly of: ChatEntry;
  readonly isOwn: boolean;
  readonly mayRemove: boolean;
  readonly mayAnswer: boolean;
  readonly onAnswer: () => void;
  readonly onClose: () => void;
}

/** What one can do with a message. */
export function MessageSheet({ room, groupId, of, isOwn, mayRemove, mayAnswer, onAnswer, onClose }: MessageSheetProps) {
  const say = useTexts('talk');
  const words = useWords();
  const [step, go] = useState<'remove' | 'report'>();
  if (step === 'remove')
    return (
      <Confirm
        title={say.removeTitle}
        lead={say.removeLead}
        action={say.remove}
        danger
        onConfirm={() => room.remove(of.id)}
        onClose={onClose}
      />
    );
  if (step === 'report') return <ReportSheet {...{ room, groupId, of, onClose }} />;
  const answer = () => {
    onClose();
    onAnswer();
  };
  const copy = () =>
    navigator.clipboard
      .writeText(of.text ?? '')
      .then(() => tell(say.copied), complain)
      .finally(onClose);
  return (
    <Sheet title={say.message} onClose={onClose}>
      <p className="clamp chat-chosen">{words(of)}</p>
      <Rows>
        {mayAnswer && <Row lead={<Tile icon="reply" />} title={say.answer} onClick={answer} />}
        {of.text !== null && <Row lead={<Tile icon="copy" />} title={say.copy} onClick={() => void copy()} />}
        {!isOwn && <Row lead={<Tile icon="flag" />} title={say.report} onClick={() => go('report')} />}
        {mayRemove && <Row tone="bad" lead={<Tile icon="trash" />} title={say.remove} onClick={() => go('remove')} />}
      </Rows>
    </Sheet>
  );
}

/** Why somebody reports a message: one press. It is gone for them at once. */
function ReportSheet({ room, groupId, of, onClose }: Pick<MessageSheetProps, 'room' | 'groupId' | 'of' | 'onClose'>) {
  const say = useTexts('talk');
  const { reasons } = useTexts('common').reports;
  const report = (reason: keyof typeof reasons) =>
    api.reports
      .report({ params: { groupId }, body: { subject: `message:${of.id}`, reason } })
      .then(() => {
        tell(say.reported);
        return room.readAgain(of.seq);
      })
      .catch(complain)
      .finally(onClose);
  return (
    <Sheet title={say.reportTitle} onClose={onClose}>
      <p className="soft">{say.reportLead}</p>
      <Rows>
        {(Object.keys(reasons) as (keyof typeof reasons)[]).map((reason) => (
          <Row key={reason} title={reasons[reason]} onClick={() => void report(reason)} />
        ))}
      </Rows>
    </Sheet>
  );
}
