import './find.css';
import { useState } from 'preact/hooks';
import { useList } from '../../app/cache.ts';
import { type OwnApplication, ownApplications } from '../../app/data/finding.ts';
import { fullDay } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Tag } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { WithdrawSheet } from './entrance.tsx';

/** What the person has applied for, and what came of it. */
export function Screen() {
  const say = useTexts('find');
  const list = useList(ownApplications());
  const [withdrawing, withdraw] = useState<string>();
  if (!list.items) return <Unready title={say.application.list} back="/find" of={[list]} />;
  return (
    <Page className="find" title={say.application.list} back="/find">
      {list.items.length === 0 && !list.more ? (
        <Empty title={say.application.none} lead={say.application.noneLead}>
          <Button href="/find">{say.look}</Button>
        </Empty>
      ) : (
        <div className="find-list">
          {list.items.map((each) => (
            <Sent key={each.groupId} application={each} onWithdraw={() => withdraw(each.groupId)} />
          ))}
        </div>
      )}
      <More of={list} />
      {withdrawing && <WithdrawSheet groupId={withdrawing} onClose={() => withdraw(undefined)} />}
    </Page>
  );
}

const tones = {
  PENDING: { icon: 'clock', tone: 'wait' },
  ACCEPTED: { icon: 'check', tone: 'good' },
  REJECTED: {},
  WITHDRAWN: {},
  KICKED: {},
} as const;

function Sent({ application, onWithdraw }: { readonly application: OwnApplication; readonly onWithdraw: () => void }) {
  const say = useTexts('find').application;
  const language = locale.use();
  const { state, group, message, reason, appliedAt } = application;
  const path = state === 'ACCEPTED' ? '/groups' : '/recruits';
  return (
    <article className="card sent">
      <div className="line">
        <h2>{group ? <a href={`${path}/${group.id}`}>{group.title}</a> : say.goneGroup}</h2>
        <Tag {...tones[state]}>{say.states[state]}</Tag>
      </div>
      {message && <p className="prose">{message}</p>}
      {reason && <p>{say.reason(reason)}</p>}
      <div className="sent-foot">
        <span className="soft">{fullDay(appliedAt, language)}</span>
        {state === 'PENDING' && (
          <Button small kind="quiet" onClick={onWithdraw}>
            {say.withdraw}
          </Button>
        )}
      </div>
    </article>
  );
}
