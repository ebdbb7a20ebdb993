import './manage.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import { group, type OwnGroup } from '../../app/data/groups.ts';
import { summary } from '../../app/data/manage.ts';
import { fullDay } from '../../app/days.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note, Row, Rows } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

/** Leaving a group; for its leader, handing it over or ending it. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const view = useAnswer(group(groupId));
  const say = useTexts('manage').end;
  if (!view.data) return <Unready title={say.title} back={`/groups/${groupId}/manage`} of={[view]} />;
  return view.data.role === 'LEADER' ? <Ending of={view.data} /> : <Leaving of={view.data} />;
}

/** The group is in no list any more. */
async function gone(text: string) {
  navigate('/', { replace: true });
  tell(text);
  await Promise.all([changed('today'), changed('inbox')]);
}

function Leaving({ of }: { readonly of: OwnGroup }) {
  const say = useTexts('manage').end;
  const { id: groupId, title, allowRejoin } = of.group;
  return (
    <Page className="manage list" title={say.leave} sub={title} back={`/groups/${groupId}/manage`}>
      <p className="lead">{say.leaveLead}</p>
      <Note icon="door">{allowRejoin ? say.mayReturn : say.mayNotReturn}</Note>
      <Form
        onSubmit={async () => {
          await api.memberships.leaveGroup({ params: { groupId } });
          await gone(say.left(title));
        }}
      >
        <Dock>
          <Submit kind="danger">{say.leaveDo}</Submit>
        </Dock>
      </Form>
    </Page>
  );
}

function Ending({ of }: { readonly of: OwnGroup }) {
  const say = useTexts('manage').end;
  const language = locale.use();
  const { id: groupId, title, disbandsAt, memberCount } = of.group;
  const counted = useAnswer(summary(groupId));
  const [asks, ask] = useState(false);
  const frame = { className: 'manage list', title: say.title, sub: title, back: `/groups/${groupId}/manage` };
  if (!counted.data) return <Unready {...frame} of={[counted]} />;
  const { members, days, missions, certifications } = counted.data;
  const facts = [
    [say.members, members],
    [say.days, days],
    [say.missions, missions],
    [say.certifications, certifications],
  ] as const;
  if (disbandsAt)
    return (
      <Page {...frame}>
        <Note icon="clock" tone="wait">
          {say.endsOn(fullDay(disbandsAt, language))}
        </Note>
        <p className="lead">{say.keepLead}</p>
        <Form
          onSubmit={async () => {
            await api.lifecycle.keepGroup({ params: { groupId } });
            await changed('group', groupId);
            tell(say.kept);
          }}
        >
          <Dock>
            <Submit>{say.keep}</Submit>
          </Dock>
        </Form>
      </Page>
    );
  return (
    <Page {...frame}>
      <p className="lead">{say.built}</p>
      <dl className="end-facts">
        {facts.map(([name, count]) => (
          <div key={name} className="card">
            <dt>{name}</dt>
            <dd>{count.toLocaleString(language)}</dd>
          </div>
        ))}
      </dl>
      {memberCount > 1 && (
        <Rows>
          <Row href={`/groups/${groupId}/people`} lead={<Icon name="crown" />} title={say.hand} text={say.handLead} />
        </Rows>
      )}
      <Note icon="warn" tone="wait">
        {say.disbandLead}
      </Note>
      <Dock>
        <Button kind="danger" onClick={() => ask(true)}>
          {say.disband}
        </Button>
      </Dock>
      {asks && (
        <Confirm
          title={say.disbandTitle(title)}
          lead={say.disbandSure}
          action={say.disband}
          danger
          onClose={() => ask(false)}
          onConfirm={async () => {
            const { gone: isGone, disbandsAt: at } = await api.lifecycle.disbandGroup({ params: { groupId } });
            if (isGone) return gone(say.ended(title));
            await changed('group', groupId);
            tell(say.endsOn(fullDay(at, language)));
          }}
        />
      )}
    </Page>
  );
}
