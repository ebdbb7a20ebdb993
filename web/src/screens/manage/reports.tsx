import './manage.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { type ReportCase, reports } from '../../app/data/manage.ts';
import { reported } from '../../app/data/reported.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Page } from '../../ui/page.tsx';
import { type Choice, DecideReport, Report } from '../../ui/report.tsx';
import { Reported } from '../../ui/reported.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** What members have reported, until the leader decides. Who reported it stays unknown. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').reports;
  const common = useTexts('common').reports;
  const list = useList(reports(groupId));
  const [chosen, choose] = useState<{ readonly it: ReportCase; readonly decision: Choice }>();
  const frame = { className: 'manage list', title: say.title, back: `/groups/${groupId}/manage` };
  if (!list.items) return <Unready {...frame} of={[list]} />;
  return (
    <Page {...frame}>
      {list.items.length === 0 && <Empty title={common.none} lead={say.noneLead} />}
      {list.items.map((it) => (
        <Report key={it.subject} of={it} onDecide={(decision) => choose({ it, decision })}>
          <Look at={it} groupId={groupId} />
        </Report>
      ))}
      <More of={list} />
      {chosen && (
        <DecideReport
          decision={chosen.decision}
          onClose={() => choose(undefined)}
          onConfirm={async (reason) => {
            const body = { subject: chosen.it.subject, decision: chosen.decision, ...(reason ? { reason } : {}) };
            await api.reports.decideReport({ params: { groupId }, body });
            await changed('group', groupId);
            tell(common.done[chosen.decision]);
          }}
        />
      )}
    </Page>
  );
}

function Look({ at, groupId }: { readonly at: ReportCase; readonly groupId: string }) {
  const [isOpen, open] = useState(false);
  const known = useAnswer(reported(at, 'group', groupId), isOpen);
  return <Reported known={isOpen ? known : undefined} onOpen={() => open(true)} />;
}
