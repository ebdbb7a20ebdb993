import './admin.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useList } from '../../app/cache.ts';
import { type WaitingGroup, waitingGroups } from '../../app/data/admin.ts';
import { ago } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Tag } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { AdminUnready } from './unready.tsx';

type Decision = 'APPROVED' | 'REJECTED';

/** Groups that wait for approval: chosen ones are decided together, and each has its own result. */
export function Screen() {
  const say = useTexts('admin').groups;
  const list = useList(waitingGroups());
  const once = useOnce();
  const [decided, leaveOut] = useState<readonly string[]>([]);
  const [chosen, choose] = useState<readonly string[]>([]);
  const [isBusy, work] = useState(false);
  const [isRejecting, reject] = useState(false);
  if (!list.items) return <AdminUnready of={[list]} back="/admin" />;
  const items = list.items.filter(({ group }) => !decided.includes(group.id));
  const toggle = (id: string) =>
    choose(
      chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id].slice(0, limits.approvalsAtOnce),
    );

  const decide = async (decision: Decision, reason?: string) => {
    const body = { decisions: chosen.map((groupId) => ({ groupId, decision, ...(reason ? { reason } : {}) })) };
    const { results } = await once(body, (idempotencyKey) => api.admin.decideGroups({ body, idempotencyKey }));
    const settled = results.filter(({ outcome }) => outcome !== 'TRY_AGAIN' && outcome !== 'OWN_DECISION');
    const fit = results.filter(({ outcome }) => outcome === decision).length;
    const other = results.find(({ outcome }) => outcome !== decision)?.outcome;
    leaveOut([...decided, ...settled.map(({ groupId }) => groupId)]);
    choose([]);
    tell([fit > 0 && say.done[decision](fit), other && say.others[other]].filter(Boolean).join(' '));
    void changed('admin');
  };
  const approve = async () => {
    work(true);
    await decide('APPROVED').catch(complain);
    work(false);
  };
  const all = items.slice(0, limits.approvalsAtOnce).map(({ group }) => group.id);
  return (
    <Page
      className="admin list"
      title={say.title}
      back="/admin"
      end={
        items.length > 1 && (
          <Button small kind="plain" onClick={() => choose(chosen.length === all.length ? [] : all)}>
            {chosen.length === all.length ? say.noneChosen : say.all}
          </Button>
        )
      }
    >
      {items.length === 0 && !list.more && <Empty title={say.none} lead={say.noneLead} />}
      {items.map((each) => (
        <Waiting key={each.group.id} of={each} isChosen={chosen.includes(each.group.id)} onToggle={toggle} />
      ))}
      <More of={list} />
      {items.length > 0 && (
        <Dock two>
          <Button kind="quiet" disabled={isBusy || chosen.length === 0} onClick={() => reject(true)}>
            {say.reject}
          </Button>
          <Button icon="check" busy={isBusy} disabled={chosen.length === 0} onClick={approve}>
            {chosen.length > 0 ? say.approveN(chosen.length) : say.approve}
          </Button>
        </Dock>
      )}
      {isRejecting && (
        <Confirm
          title={say.rejectTitle(chosen.length)}
          lead={say.rejectLead}
          action={say.reject}
          danger
          onClose={() => reject(false)}
          onConfirm={({ reason = '' }) => decide('REJECTED', reason)}
        >
          <Field label={say.reason} name="reason" rows={3} maxLength={limits.decisionReason} required />
        </Confirm>
      )}
    </Page>
  );
}

interface WaitingProps {
  readonly of: WaitingGroup;
  readonly isChosen: boolean;
  readonly onToggle: (id: string) => void;
}

function Waiting({ of: { group, leader }, isChosen, onToggle }: WaitingProps) {
  const say = useTexts('admin').groups;
  const language = locale.use();
  return (
    <article className="card admin-case">
      <label className="admin-choose">
        <input type="checkbox" checked={isChosen} onChange={() => onToggle(group.id)} />
        <i aria-hidden="true">{isChosen && <Icon name="check" size={18} />}</i>
        <h2>{group.title}</h2>
      </label>
      <p className="tags">
        <Tag>{say.kinds[group.kind]}</Tag>
        <Tag>{say.sights[group.visibility]}</Tag>
        <Tag>{say.seats(group.capacity)}</Tag>
      </p>
      {group.description && <p className="admin-words">{group.description}</p>}
      <p className="soft">
        <a className="link" href={`/admin/accounts/${leader.id}`}>
          {leader.nickname}
        </a>{' '}
        · {ago(group.createdAt, language)}
      </p>
    </article>
  );
}
