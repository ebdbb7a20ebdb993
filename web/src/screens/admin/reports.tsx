import { useState } from 'preact/hooks';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { reports } from '../../app/data/admin.ts';
import type { ReportCase } from '../../app/data/manage.ts';
import { idIn, isPlan, reported } from '../../app/data/reported.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Page } from '../../ui/page.tsx';
import { type Choice, DecideReport, Report } from '../../ui/report.tsx';
import { Reported } from '../../ui/reported.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { AdminUnready } from './unready.tsx';

/** What is reported of leaders, plans and private messages; with a group, what waits in it. Who reported it stays unknown. */
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
    else if (isPlan(subject)) await api.reports.decidePlan({ params: { planId: idIn(subject) }, body });
    else await api.reports.decidePrivateMessage({ params: { messageId: idIn(subject) }, body });
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
          placeHref={placeOf(it)}
          onDecide={(decision) => choose({ it, decision })}
        >
          <Look at={it} />
        </Report>
      ))}
      <More of={list} />
      {chosen && (
        <DecideReport
          leads={chosen.it.groupId || isPlan(chosen.it.subject) ? undefined : common.messageLeads}
          decision={chosen.decision}
          onClose={() => choose(undefined)}
          onConfirm={(reason) => decide(chosen.it, chosen.decision, reason)}
        />
      )}
    </Page>
  );
}

/** A private message has no place that administrators could see. */
function placeOf({ groupId, subject }: ReportCase): string | undefined {
  if (groupId) return `/admin/groups/${groupId}`;
  return isPlan(subject) ? `/admin/plans/${idIn(subject)}` : undefined;
}

function Look({ at }: { readonly at: ReportCase }) {
  const [isOpen, open] = useState(false);
  const known = useAnswer(reported(at, 'admin'), isOpen);
  return <Reported known={isOpen ? known : undefined} onOpen={() => open(true)} />;
}
