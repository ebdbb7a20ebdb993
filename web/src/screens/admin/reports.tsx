import { useState } from 'preact/hooks';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { reports } from '../../app/data/admin.ts';
import type { ReportCase } from '../../app/data/manage.ts';
import { reported } from '../../app/data/reported.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Page } from '../../ui/page.tsx';
import { type Choice, DecideReport, Report } from '../../ui/report.tsx';
import { Reported } from '../../ui/reported.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { AdminUnready } from './unready.tsx';

/** What is reported of leaders and plans; with a group, what waits in it. Who reported it stays unknown. */
export function Screen({ groupId }: { readonly groupId?: string }) {
  const say = useTexts('admin').reports;
  const common = useTexts('common').reports;
  const list = useList(reports(groupId));
  const [chosen, choose] = useState<{ readonly it: ReportCase; readonly decision: Choice }>();
  const back = groupId ? `/admin/groups/${groupId}` : '/admin';
  if (!list.items) return <AdminUnready of={[list]} back={back} />;
  const decide = async ({ subject, groupId: within }: ReportCase, decision: Choice, reason: string) => {
    const body = { decision, ...(reason ? { reason } : {}) };
    if (within) await api.reports.decideReport({ params: { groupId: within }, body: { subject, ...body } });
    else await api.reports.decidePlan({ params: { planId: subject.slice('plan:'.length) }, body });
    await changed('admin');
    tell(common.done[decision]);
  };
  return (
    <Page className="admin list" title={groupId ? say.ofGroup : say.title} back={back}>
      {list.items.length === 0 && !list.more && <Empty title={common.none} lead={say.noneLead} />}
      {list.items.map((it) => (
        <Report
          key={it.subject}
          of={it}
          authorHref={it.author ? `/admin/accounts/${it.author.id}` : undefined}
          placeHref={it.groupId ? `/admin/groups/${it.groupId}` : `/admin/plans/${it.subject.slice('plan:'.length)}`}
          onDecide={(decision) => choose({ it, decision })}
        >
          <Look at={it} />
        </Report>
      ))}
      <More of={list} />
      {chosen && (
        <DecideReport
          decision={chosen.decision}
          onClose={() => choose(undefined)}
          onConfirm={(reason) => decide(chosen.it, chosen.decision, reason)}
        />
      )}
    </Page>
  );
}

function Look({ at }: { readonly at: ReportCase }) {
  const [isOpen, open] = useState(false);
  const known = useAnswer(reported(at, 'admin'), isOpen);
  return <Reported known={isOpen ? known : undefined} onOpen={() => open(true)} />;
}
