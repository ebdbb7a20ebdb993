import './manage.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { cache, useAnswer } from '../../app/cache.ts';
import type { Answer } from '../../app/data/answers.ts';
import { group } from '../../app/data/groups.ts';
import { inviteCode } from '../../app/data/manage.ts';
import { fullDay } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choices.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Copied } from '../../ui/copied.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

type Link = Answer<'invites', 'makeInviteLink'>;
const { usual, most } = limits.inviteLinkDays;
const spans = [1, usual, most].map(String);

/** Ways to bring friends: a link that ends by itself, and a code. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').invites;
  const view = useAnswer(group(groupId));
  const known = useAnswer(inviteCode(groupId));
  const [asks, ask] = useState(false);
  const frame = { className: 'manage', title: say.title, back: `/groups/${groupId}/manage` };
  if (!view.data || !known.data) return <Unready {...frame} of={[view, known]} />;
  const { code } = known.data;
  const copied = () => tell(say.copied);
  const renew = async () => {
    const made = await api.invites.renewInviteCode({ params: { groupId } });
    cache.setQueryData(inviteCode(groupId).key, made);
    tell(say.renewed);
  };
  return (
    <Page {...frame} sub={view.data.group.title}>
      <Section title={say.link}>
        <MakeLink groupId={groupId} title={view.data.group.title} />
      </Section>
      <Section title={say.code}>
        <div className="card group-invite">
          {code ? (
            <>
              <Copied text={code} shown={code.replace(/(.{4})(?=.)/g, '$1 ')} label={say.copy} onCopied={copied} />
              <p className="soft">{say.codeLead}</p>
              <Button kind="quiet" onClick={() => ask(true)}>
                {say.renew}
              </Button>
            </>
          ) : (
            <>
              <p className="soft">{say.noCode}</p>
              <Button kind="quiet" onClick={() => renew().catch(complain)}>
                {say.first}
              </Button>
            </>
          )}
        </div>
      </Section>
      {asks && (
        <Confirm
          title={say.renewTitle}
          lead={say.renewLead}
          action={say.renew}
          danger
          onClose={() => ask(false)}
          onConfirm={renew}
        />
      )}
    </Page>
  );
}

function MakeLink({ groupId, title }: { readonly groupId: string; readonly title: string }) {
  const say = useTexts('manage').invites;
  const language = locale.use();
  const [days, set] = useState(String(usual));
  const [link, show] = useState<Link>();
  const share = (url: string) => navigator.share({ title, url }).catch(() => undefined);
  return (
    <div className="card group-invite">
      {link ? (
        <>
          <Copied text={link.url} label={say.copy} onCopied={() => tell(say.copied)} />
          <Note icon="clock">{say.until(fullDay(link.expiresAt, language))}</Note>
          {'share' in navigator && <Button onClick={() => void share(link.url)}>{say.share}</Button>}
          <Button kind="plain" onClick={() => show(undefined)}>
            {say.another}
          </Button>
        </>
      ) : (
        <Form
          onSubmit={async () =>
            show(await api.invites.makeInviteLink({ params: { groupId }, body: { days: Number(days) } }))
          }
        >
          <Choice
            label={say.days}
            options={spans.map((each) => [each, say.daysN(Number(each))] as const)}
            value={days}
            onChoose={set}
          />
          <Submit>{say.make}</Submit>
        </Form>
      )}
    </div>
  );
}
