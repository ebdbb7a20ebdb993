import './records.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { useAnswer } from '../../app/cache.ts';
import { type ClimbingRecord, climbsChanged, records } from '../../app/data/climbs.ts';
import { group } from '../../app/data/groups.ts';
import { usePath } from '../../app/router.ts';
import { api, session } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar, placeBy } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Page } from '../../ui/page.tsx';
import { Unready } from '../../ui/unready.tsx';
import { List, Month, Totals } from './month.tsx';

/** What another member of a club has climbed. */
export function Screen({ groupId, accountId }: { readonly groupId: string; readonly accountId: string }) {
  const say = useTexts('records');
  const month = new URLSearchParams(usePath().split('?')[1]).get('month') ?? undefined;
  const view = useAnswer(group(groupId));
  const known = useAnswer(records(groupId, { month, accountId }));
  const now = session.use();
  const [chosen, choose] = useState<ClimbingRecord>();
  const frame = { className: 'climbs', split: true, back: `/groups/${groupId}/ranking` };
  if (!view.data || !known.data) return <Unready {...frame} of={[view, known]} />;
  const { account, level } = known.data;
  const judges = view.data.role === 'LEADER' && !(now.status === 'in' && now.accountId === accountId);
  const act = (record: ClimbingRecord) =>
    (record.struckAt !== null || record.counted !== null) && (
      <Button small kind="quiet" icon={record.struckAt === null ? 'flag' : 'undo'} onClick={() => choose(record)}>
        {record.struckAt === null ? say.strike.action : say.strike.restore}
      </Button>
    );
  const pathOf = (each: string) => `/groups/${groupId}/members/${accountId}/records?month=${each}`;
  return (
    <Page {...frame} title={say.of(account.nickname)} sub={view.data.group.title}>
      <div className="split-side">
        <header className="climbs-who">
          <Avatar name={account.nickname} picture={account.picture} at={placeBy(accountId)} size={52} />
          <span>
            <b>{account.nickname}</b>
            {level !== null && <span className="soft">{say.level(level)}</span>}
          </span>
        </header>
        <Month of={known.data} pathOf={pathOf} />
      </div>
      <div className="split-main">
        <List of={known.data} timeZone={view.data.group.timeZone} actions={judges ? act : undefined} />
        <Totals of={known.data} />
      </div>
      {chosen && <Judge groupId={groupId} accountId={accountId} of={chosen} onClose={() => choose(undefined)} />}
    </Page>
  );
}

interface JudgeProps {
  readonly groupId: string;
  readonly accountId: string;
  readonly of: ClimbingRecord;
  readonly onClose: () => void;
}

/** The leader lets a record count no more, with a reason that its member reads; or lets it count again. */
function Judge({ groupId, accountId, of: { id, version, struckAt }, onClose }: JudgeProps) {
  const say = useTexts('records').strike;
  const one = { params: { groupId, recordId: id }, ifMatch: version };
  const done = (text: string) => {
    void climbsChanged(groupId);
    tell(text);
  };
  if (struckAt !== null)
    return (
      <Confirm
        title={say.restoreTitle}
        lead={say.restoreLead}
        action={say.restore}
        onClose={onClose}
        onConfirm={async () => {
          await api.records.restoreRecord({ ...one, body: { accountId } });
          done(say.restored);
        }}
      />
    );
  return (
    <Confirm
      title={say.title}
      lead={say.lead}
      action={say.do}
      danger
      onClose={onClose}
      onConfirm={async ({ reason = '' }) => {
        await api.records.strikeRecord({ ...one, body: { accountId, reason } });
        done(say.done);
      }}
    >
      <Field label={say.reason} name="reason" rows={3} required maxLength={limits.decisionReason} />
    </Confirm>
  );
}
