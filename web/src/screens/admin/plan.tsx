import './admin.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import { plan } from '../../app/data/admin.ts';
import { fullDay } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { DecideReport } from '../../ui/report.tsx';
import { Note, Row, Rows } from '../../ui/rows.tsx';
import { AdminUnready } from './unready.tsx';

/** One plan, also a hidden one, and the decision whether people see it. */
export function Screen({ planId }: { readonly planId: string }) {
  const say = useTexts('admin').plans;
  const common = useTexts('common').reports;
  const language = locale.use();
  const known = useAnswer(plan(planId));
  const [isAsked, ask] = useState(false);
  if (!known.data) return <AdminUnready of={[known]} back="/admin/plans" />;
  const { plan: of, groupId, hiddenAt } = known.data;
  const decision = hiddenAt ? 'KEEP' : 'HIDE';
  return (
    <Page className="admin" title={of.title} back="/admin/plans">
      {hiddenAt && (
        <Note icon="eye" tone="wait">
          {say.hidden(fullDay(hiddenAt, language))}
        </Note>
      )}
      {of.description && <p className="card admin-case admin-words">{of.description}</p>}
      <Rows>
        <Row href={`/admin/groups/${groupId}`} lead={<Icon name="people" />} title={say.group} />
        {!hiddenAt && <Row href={`/plans/${planId}`} lead={<Icon name="grid" />} title={say.open} />}
      </Rows>
      <Dock>
        <Button kind={hiddenAt ? 'main' : 'danger'} onClick={() => ask(true)}>
          {hiddenAt ? say.show : say.hide}
        </Button>
      </Dock>
      {isAsked && (
        <DecideReport
          decision={decision}
          onClose={() => ask(false)}
          onConfirm={async (reason) => {
            await api.reports.decidePlan({ params: { planId }, body: { decision, ...(reason ? { reason } : {}) } });
            void changed('plans');
            await changed('admin');
            tell(common.done[decision]);
          }}
        />
      )}
    </Page>
  );
}
