import './manage.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { certification, type ReportCase, reports } from '../../app/data/manage.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { type Choice, DecideReport, Report } from '../../ui/report.tsx';
import { Empty, More, Unanswered } from '../../ui/states.tsx';
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
          {it.subject.startsWith('certification:') && (
            <Reported groupId={groupId} certificationId={it.subject.slice('certification:'.length)} />
          )}
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

interface ReportedProps {
  readonly groupId: string;
  readonly certificationId: string;
}

/** The certification itself. It comes when it is asked for: a list of reports asks once. */
function Reported({ groupId, certificationId }: ReportedProps) {
  const say = useTexts('manage').reports;
  const common = useTexts('common');
  const [isOpen, open] = useState(false);
  const known = useAnswer(certification(groupId, certificationId), isOpen);
  if (!isOpen)
    return (
      <Button small kind="quiet" icon="eye" onClick={() => open(true)}>
        {say.look}
      </Button>
    );
  if (!known.data) return <Unanswered of={[known]} rows={1} />;
  const { author, images, sizes, text, link } = known.data;
  return (
    <figure
      className="reported"
      aria-label={say.thing}
      tabIndex={-1}
      ref={(shown) => shown?.focus({ preventScroll: true })}
    >
      {images.map((image, at) => (
        <img
          key={image.split('?')[0]}
          src={image}
          alt={common.photoBy(author.nickname)}
          loading="lazy"
          width={sizes[at]?.width}
          height={sizes[at]?.height}
        />
      ))}
      {text && <p>{text}</p>}
      {link && <p className="soft">{link}</p>}
    </figure>
  );
}
