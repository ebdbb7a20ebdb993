import './find.css';
import './invite.css';
import { useEffect, useState } from 'preact/hooks';
import { changed } from '../../app/cache.ts';
import type { Answer } from '../../app/data/answers.ts';
import { shortDay } from '../../app/days.ts';
import { forgetInvitation, invitation } from '../../app/invitation.ts';
import { useOnce } from '../../app/once.ts';
import { type Fault, faultOf, isExpected } from '../../app/problem.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Cover } from '../../ui/cover.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page, Title, Wordmark } from '../../ui/page.tsx';
import { Tag } from '../../ui/rows.tsx';
import { Empty, Unanswered } from '../../ui/states.tsx';
import { Seats } from './card.tsx';

type Invite = { readonly token: string } | { readonly code: string };
type Inviting = Answer<'invites', 'lookAtInvitation'>;
interface Looked {
  readonly invite: Invite;
  readonly group: Inviting;
}

const look = async (invite: Invite): Promise<Looked> => ({
  invite,
  group: await api.invites.lookAtInvitation({ body: invite }),
});

/** The way in by an invite: the link that was opened in this tab, or a code. Nothing of it is kept on the device. */
export function Screen() {
  const token = invitation.use();
  const [looked, show] = useState<Looked>();
  // Another link may have been opened meanwhile.
  const isOther = looked && token && 'token' in looked.invite && looked.invite.token !== token;
  if (looked && !isOther)
    return (
      <Preview
        looked={looked}
        onOther={() => {
          forgetInvitation();
          show(undefined);
        }}
      />
    );
  return token ? <Opening key={token} token={token} onLooked={show} /> : <Code onLooked={show} />;
}

/** Looks at the link. */
function Opening({ token, onLooked }: { readonly token: string; readonly onLooked: (looked: Looked) => void }) {
  const say = useTexts('find').invitation;
  const common = useTexts('common');
  const [error, fail] = useState<unknown>();
  const ask = () => {
    fail(undefined);
    look({ token }).then(onLooked, fail);
  };
  useEffect(ask, []);
  const { kind, code } = error ? faultOf(error) : ({} as Partial<Fault>);
  // Not the network, and not too many tries: it will never open.
  const isOver = kind !== undefined && kind !== 'silent' && code !== 'TOO_MANY_REQUESTS';
  return (
    <Page className="find" title={common.app}>
      {isOver ? (
        <Empty alert title={say.over} lead={say.overLead}>
          <Button kind="quiet" onClick={forgetInvitation}>
            {say.other}
          </Button>
        </Empty>
      ) : (
        <Unanswered of={[{ error, refetch: ask }]} rows={1} />
      )}
    </Page>
  );
}

function Code({ onLooked }: { readonly onLooked: (looked: Looked) => void }) {
  const say = useTexts('find').invitation;
  const common = useTexts('common');
  return (
    <Page className="find">
      <div className="bar">
        <Round icon="back" label={common.back} href="/find" />
      </div>
      <div className="steps-head">
        <Title>{say.codeTitle}</Title>
        <p className="lead">{say.codeLead}</p>
      </div>
      <Form className="steps-form" onSubmit={async ({ code = '' }) => onLooked(await look({ code }))}>
        <Field
          className="invite-code"
          label={say.code}
          name="code"
          required
          maxLength={64}
          autoComplete="off"
          hint={say.codeHint}
        />
        <Dock>
          <Submit>{say.next}</Submit>
        </Dock>
      </Form>
    </Page>
  );
}

function Preview({ looked: { invite, group }, onOther }: { readonly looked: Looked; readonly onOther: () => void }) {
  const say = useTexts('find');
  const language = locale.use();
  const once = useOnce();
  const [isBusy, work] = useState(false);
  const [fault, fail] = useState<Fault>();
  const common = useTexts('common');
  const enter = () => {
    forgetInvitation();
    void changed('today');
    void changed('group', group.id);
    void changed('recruit', group.id);
    navigate(`/groups/${group.id}`, { replace: true });
  };
  const join = async () => {
    work(true);
    try {
      await once(invite, (idempotencyKey) => api.invites.acceptInvitation({ body: invite, idempotencyKey }));
      enter();
      tell(say.recruit.joined);
    } catch (error) {
      if (!isExpected(error)) reportError(error);
      fail(faultOf(error));
      work(false);
    }
  };
  const isMember = fault?.code === 'ALREADY_MEMBER';
  return (
    <Page className="find invite">
      <div className="invite-top">
        <Wordmark />
        <Title>{say.invitation.title}</Title>
      </div>
      <article className="card invite-card">
        <div className="find-cover">
          <Cover category={group.category} />
        </div>
        <p className="tags">
          <Tag>{say.kinds[group.kind]}</Tag>
        </p>
        <h2>{group.title}</h2>
        {group.endDate && <p className="soft">{say.invitation.ends(shortDay(group.endDate, language))}</p>}
        <p className="find-seats">
          <Seats taken={group.memberCount} of={group.capacity} />
          <span>{say.seats(group.capacity - group.memberCount)}</span>
        </p>
        {group.description && <p className="prose">{group.description}</p>}
        {group.promise && (
          <blockquote>
            <span className="soft">{say.recruit.promise}</span>
            <b>{group.promise}</b>
          </blockquote>
        )}
      </article>
      <Dock>
        {fault && (
          <p className={isMember ? 'hint center' : 'error center'} role="alert">
            {isMember ? say.invitation.member : (fault.text ?? common.silent)}
          </p>
        )}
        {isMember ? (
          <Button onClick={enter}>{say.recruit.go}</Button>
        ) : (
          <Button icon="door" busy={isBusy} onClick={join}>
            {say.invitation.join}
          </Button>
        )}
        <Button kind="plain" onClick={onOther}>
          {say.invitation.forget}
        </Button>
      </Dock>
    </Page>
  );
}
