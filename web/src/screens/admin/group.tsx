import './admin.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import { group, type InspectedGroup } from '../../app/data/admin.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Choice, Switch } from '../../ui/choices.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Row, Rows, Tag } from '../../ui/rows.tsx';
import { AdminUnready } from './unready.tsx';

type Part = 'JOIN' | 'MANAGER' | 'MEMBER';

/** The frame of one group, and what an administrator may do there. What its members write stays theirs. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('admin').group;
  const known = useAnswer(group(groupId));
  if (!known.data) return <AdminUnready of={[known]} back="/admin" />;
  const of = known.data;
  return (
    <Page className="admin" title={say.title} back="/admin">
      <Head of={of} />
      {of.kind === 'TEAM' && (
        <Rows>
          <Paid of={of} />
        </Rows>
      )}
      <People groupId={groupId} />
      <Rows>
        <Row href={`/admin/groups/${groupId}/reports`} lead={<Icon name="flag" />} title={say.reports} />
        {of.visibility === 'PUBLIC' && (
          <Row href={`/recruits/${groupId}`} lead={<Icon name="eye" />} title={say.recruit} />
        )}
      </Rows>
    </Page>
  );
}

function Head({ of }: { readonly of: InspectedGroup }) {
  const say = useTexts('admin').group;
  const words = useTexts('admin').groups;
  return (
    <section className="card admin-case" aria-label={of.title}>
      <h2>{of.title}</h2>
      <p className="tags">
        <Tag>{words.kinds[of.kind]}</Tag>
        <Tag>{words.sights[of.visibility]}</Tag>
        <Tag>{say.people(of.memberCount, of.capacity)}</Tag>
        {of.approvalStatus !== 'APPROVED' && (
          <Tag icon="clock" tone="wait">
            {say.approval[of.approvalStatus]}
          </Tag>
        )}
      </p>
      <p className="soft">
        {say.leader}{' '}
        <a className="link" href={`/admin/accounts/${of.leader.id}`}>
          {of.leader.nickname}
        </a>
      </p>
    </section>
  );
}

/** Whether a team has paid for more seats: at once, and back if moim says no. */
function Paid({ of }: { readonly of: InspectedGroup }) {
  const say = useTexts('admin').group;
  const [isBusy, work] = useState(false);
  const set = async (paid: boolean) => {
    work(true);
    await api.admin
      .setPaid({ params: { groupId: of.id }, body: { paid } })
      .then(() => tell(paid ? say.paidDone : say.unpaidDone), complain);
    await changed('admin', 'group', of.id);
    work(false);
  };
  return <Switch label={say.paid} hint={say.paidHint} on={of.paid} disabled={isBusy} onChange={(on) => void set(on)} />;
}

/** Brings somebody in, however the group is joined, or gives a member another part. */
function People({ groupId }: { readonly groupId: string }) {
  const say = useTexts('admin').group;
  const [part, choose] = useState<Part>('JOIN');
  const save = async (nickname: string) => {
    const { accountId } = await api.admin.findAccount({ query: { nickname } });
    const params = { groupId, accountId };
    if (part === 'JOIN') await api.memberships.addMember({ params });
    else await api.memberships.setMemberRole({ params, body: { role: part } });
    await changed('admin', 'group', groupId);
    tell(say.done[part](nickname));
  };
  return (
    <Section title={say.company}>
      <div className="card admin-search">
        <Form onSubmit={({ nickname = '' }) => save(nickname)}>
          <Field label={say.nickname} name="nickname" required autoComplete="off" />
          <Choice
            label={say.part}
            options={[
              ['JOIN', say.parts.JOIN],
              ['MANAGER', say.parts.MANAGER],
              ['MEMBER', say.parts.MEMBER],
            ]}
            value={part}
            onChoose={choose}
          />
          <Submit>{say.save}</Submit>
        </Form>
      </div>
    </Section>
  );
}
