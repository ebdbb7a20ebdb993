import './manage.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useList } from '../../app/cache.ts';
import { type ReportCase, reports } from '../../app/data/manage.ts';
import { ago } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Tag } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

type Choice = 'HIDE' | 'KEEP';

/** What members have reported, until the leader decides. Who reported it stays unknown. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').reports;
  const list = useList(reports(groupId));
  const [chosen, choose] = useState<{ readonly it: ReportCase; readonly decision: Choice }>();
  const frame = { className: 'manage list', title: say.title, back: `/groups/${groupId}/manage` };
  if (!list.items) return <Unready {...frame} of={[list]} />;
  return (
    <Page {...frame}>
      {list.items.length === 0 && <Empty title={say.none} lead={say.noneLead} />}
      {list.items.map((it) => (
        <Report key={it.subject} of={it} onDecide={(decision) => choose({ it, decision })} />
      ))}
      <More of={list} />
      {chosen && (
        <Confirm
          title={say.titles[chosen.decision]}
          lead={say.leads[chosen.decision]}
          action={say.decide[chosen.decision]}
          onClose={() => choose(undefined)}
          onConfirm={async ({ reason = '' }) => {
            const body = {
              subject: chosen.it.subject,
              decision: chosen.decision,
              ...(reason ? { reason } : {}),
            };
            await api.reports.decideReport({ params: { groupId }, body });
            await changed('group', groupId);
            tell(say.done[chosen.decision]);
          }}
        >
          <Field label={say.reason} name="reason" rows={3} hint={say.reasonHint} maxLength={limits.decisionReason} />
        </Confirm>
      )}
    </Page>
  );
}

function Report({ of, onDecide }: { readonly of: ReportCase; readonly onDecide: (decision: Choice) => void }) {
  const say = useTexts('manage').reports;
  const language = locale.use();
  const kind = of.subject.split(':')[0]!;
  const kinds: Readonly<Record<string, string>> = say.kinds;
  return (
    <article className="card report">
      <header>
        <Tag>{kinds[kind] ?? say.kinds.other}</Tag>
        <Tag icon="flag" tone="wait">
          {say.reported(of.reports)}
        </Tag>
        <time className="soft" dateTime={of.reportedAt}>
          {ago(of.reportedAt, language)}
        </time>
      </header>
      {of.author && <p>{say.by(of.author.nickname)}</p>}
      <p className="soft">
        {of.reasons
          .map(({ reason, count }) => (count > 1 ? `${say.reasons[reason]} (${count})` : say.reasons[reason]))
          .join(' · ')}
      </p>
      {of.texts.map((text) => (
        <blockquote key={text}>{text}</blockquote>
      ))}
      <p className="report-state">
        <Icon name="eye" size={18} />
        {say.states[of.state]}
      </p>
      <div className="report-do">
        <Button small kind="quiet" onClick={() => onDecide('KEEP')}>
          {say.decide.KEEP}
        </Button>
        <Button small kind="danger" onClick={() => onDecide('HIDE')}>
          {say.decide.HIDE}
        </Button>
      </div>
    </article>
  );
}
