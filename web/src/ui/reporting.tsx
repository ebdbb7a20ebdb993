import { limits } from '../../../shared/product/limits.ts';
import { type Texts, useTexts } from '../messages/index.ts';
import { Confirm } from './confirm.tsx';
import { Field, Select } from './form.tsx';

export type ReportReason = keyof Texts<'common'>['reports']['reasons'];
export interface Said {
  readonly reason: ReportReason;
  readonly text?: string;
}

/** Tells those who decide on reports about something that somebody wrote, and why. */
export function Reporting({
  lead,
  onReport,
  onClose,
}: {
  /** Who decides, where that is not those who lead the group. */
  readonly lead?: string;
  readonly onReport: (said: Said) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const say = useTexts('common').reporting;
  const { reasons } = useTexts('common').reports;
  return (
    <Confirm
      title={say.title}
      lead={lead ?? say.lead}
      action={say.send}
      danger
      onClose={onClose}
      onConfirm={({ reason = 'OTHER', text = '' }) =>
        onReport({ reason: reason as ReportReason, ...(text ? { text } : {}) })
      }
    >
      <Select label={say.reason} name="reason" options={Object.entries(reasons)} />
      <Field label={say.text} name="text" rows={3} maxLength={limits.report.text} />
    </Confirm>
  );
}
