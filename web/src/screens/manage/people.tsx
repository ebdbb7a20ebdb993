import './manage.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { group, type Member } from '../../app/data/groups.ts';
import { people } from '../../app/data/manage.ts';
import { fullDay } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Round } from '../../ui/button.tsx';
import { Choice } from '../../ui/choices.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Row, Rows, Tag } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

type Act = 'menu' | 'warn' | 'kick' | 'hand';

/** The members as their leader sees them: roles, warnings, removing, and who cannot come back. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').people;
  const language = locale.use();
  const view = useAnswer(group(groupId));
  const list = useList(people(groupId));
  const [chosen, choose] = useState<{ readonly member: Member; readonly act: Act }>();
  const frame = { className: 'manage list', title: say.title, back: `/groups/${groupId}/manage` };
  if (!view.data || !list.items) return <Unready {...frame} of={[view, list]} />;
  const { group: about, leaderId } = view.data;
  const text = ({ joinedAt, warnings }: Member) =>
    [say.since(fullDay(joinedAt, language)), warnings ? say.warnings(warnings) : ''].filter(Boolean).join(' · ');
  const close = () => choose(undefined);
  return (
    <Page {...frame} sub={say.count(about.memberCount, about.capacity)}>
      <Rows>
        {list.items.map((member, at) => (
          <Row
            key={member.accountId}
            lead={<Avatar name={member.nickname} picture={member.picture} at={at} size={42} online={member.online} />}
            title={member.nickname}
            text={text(member)}
            end={
              <>
                {member.role !== 'MEMBER' && (
                  <Tag icon={member.role === 'LEADER' ? 'crown' : 'shield'}>{say.roles[member.role]}</Tag>
                )}
                {member.accountId !== leaderId && (
                  <Round
                    icon="more"
                    label={say.menu(member.nickname)}
                    onClick={() => choose({ member, act: 'menu' })}
                  />
                )}
              </>
            }
          />
        ))}
      </Rows>
      <More of={list} />
      <Rows>
        <Row href={`/groups/${groupId}/barred`} lead={<Icon name="door" />} title={say.barred} text={say.barredLead} />
      </Rows>
      {chosen?.act === 'menu' && (
        <Menu
          groupId={groupId}
          member={chosen.member}
          onAct={(act) => choose({ member: chosen.member, act })}
          onClose={close}
        />
      )}
      {chosen && chosen.act !== 'menu' && (
        <Discipline key={chosen.act} groupId={groupId} member={chosen.member} act={chosen.act} onClose={close} />
      )}
    </Page>
  );
}

interface MenuProps {
  readonly groupId: string;
  readonly member: Member;
  readonly onAct: (act: Act) => void;
  readonly onClose: () => void;
}

function Menu({ groupId, member, onAct, onClose }: MenuProps) {
  const say = useTexts('manage').people;
  const { accountId, nickname, warnings } = member;
  const [role, set] = useState(member.role === 'MANAGER' ? ('MANAGER' as const) : ('MEMBER' as const));
  const appoint = async (next: 'MANAGER' | 'MEMBER') => {
    set(next);
    await api.memberships.setMemberRole({ params: { groupId, accountId }, body: { role: next } }).then(
      () => tell(say.appointed(nickname, say.roles[next])),
      (error) => {
        set(role);
        complain(error);
      },
    );
    await changed('group', groupId);
  };
  return (
    <Sheet title={nickname} onClose={onClose}>
      <Choice
        label={say.role}
        options={[
          ['MEMBER', say.roles.MEMBER],
          ['MANAGER', say.roles.MANAGER],
        ]}
        value={role}
        onChoose={appoint}
      />
      <p className="hint">{say.managerHint}</p>
      <p className="warned">
        <span aria-hidden="true">
          {Array.from({ length: limits.warnings.toKick }, (_, at) => (
            <i key={at} className={at < (warnings ?? 0) ? 'brick hue-1' : 'hole'} />
          ))}
        </span>
        <b>{say.warningsOf(warnings ?? 0, limits.warnings.toKick)}</b>
      </p>
      <Rows>
        <Row lead={<Icon name="warn" />} title={say.warn} text={say.warnHint} onClick={() => onAct('warn')} />
        <Row lead={<Icon name="crown" />} title={say.hand} text={say.handHint} onClick={() => onAct('hand')} />
        <Row
          lead={<Icon name="leave" />}
          tone="bad"
          title={say.kick}
          text={say.kickHint}
          onClick={() => onAct('kick')}
        />
      </Rows>
    </Sheet>
  );
}

interface DisciplineProps {
  readonly groupId: string;
  readonly member: Member;
  readonly act: 'warn' | 'kick' | 'hand';
  readonly onClose: () => void;
}

/** Says what is about to happen before it happens, and asks for the reason that the person reads. */
function Discipline({ groupId, member, act, onClose }: DisciplineProps) {
  const say = useTexts('manage').people;
  const { accountId, nickname } = member;
  const params = { groupId, accountId };
  const acts = {
    warn: async (reason: string) => {
      const { kicked } = await api.memberships.warnMember({ params, body: { reason } });
      return kicked ? say.kicked(nickname) : say.warned(nickname);
    },
    kick: async (reason: string) => {
      await api.memberships.kickMember({ params, body: { reason } });
      return say.kicked(nickname);
    },
    hand: async () => {
      await api.memberships.handOver({ params: { groupId }, body: { accountId } });
      return say.handed(nickname);
    },
  };
  return (
    <Confirm
      title={say.titles[act](nickname)}
      lead={say.leads[act]}
      action={say[act]}
      danger={act !== 'warn'}
      onClose={onClose}
      onConfirm={async ({ reason = '' }) => {
        tell(await acts[act](reason));
        await changed('group', groupId);
        void changed('today');
      }}
    >
      {act !== 'hand' && (
        <Field
          label={say.reason}
          name="reason"
          rows={3}
          hint={say.reasonHint}
          maxLength={act === 'warn' ? limits.warnings.reason : limits.decisionReason}
          required
        />
      )}
    </Confirm>
  );
}
