import './admin.css';
import { useState } from 'preact/hooks';
import { useAnswer, useList } from '../../app/cache.ts';
import { type Account, account, decisions } from '../../app/data/admin.ts';
import { ago, fullDay } from '../../app/days.ts';
import { session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Note, Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { AccountAct, type Act } from './account-act.tsx';
import { AdminUnready } from './unready.tsx';

/** One account: what it is, what an administrator may do with it, and what has been decided on it. */
export function Screen({ accountId }: { readonly accountId: string }) {
  const say = useTexts('admin').account;
  const language = locale.use();
  const known = useAnswer(account(accountId));
  const history = useList(decisions(accountId));
  const [act, choose] = useState<Act>();
  const state = session.use();
  if (!known.data || !history.items) return <AdminUnready of={[known, history]} back="/admin" />;
  const of = known.data;
  // Nobody decides on themselves.
  const isOwn = state.status === 'in' && state.accountId === accountId;
  return (
    <Page className="admin" title={say.title} back="/admin">
      <Head of={of} />
      {of.suspension && (
        <Note icon="clock" tone="bad">
          {say.until(fullDay(of.suspension.until, language))} {say.why(of.suspension.reason)}
        </Note>
      )}
      {isOwn ? <Note icon="person">{say.own}</Note> : <Acts of={of} onChoose={choose} />}
      <Section title={say.history}>
        {history.items.length === 0 ? (
          <Empty title={say.noHistory} />
        ) : (
          <Rows>
            {history.items.map((each) => (
              <Row
                key={each.id}
                lead={<Tile icon="clock" />}
                title={wordOf(say.states, each.after)}
                text={
                  <>
                    {say.by(each.by.nickname)} · {ago(each.decidedAt, language)}
                    {each.reason && <span className="admin-why">{each.reason}</span>}
                  </>
                }
              />
            ))}
          </Rows>
        )}
        <More of={history} />
      </Section>
      {act && <AccountAct act={act} of={of} onClose={() => choose(undefined)} />}
    </Page>
  );
}

/** A state in a word, as long as there is one. */
const wordOf = (words: Readonly<Record<string, string>>, state: string) => words[state] ?? state;

function Head({ of }: { readonly of: Account }) {
  const say = useTexts('admin').account;
  const language = locale.use();
  return (
    <section className="card admin-case" aria-label={of.nickname}>
      <header>
        <Avatar name={of.nickname} at={0} size={56} />
        <div>
          <h2>{of.nickname}</h2>
          <span className="soft">{of.email ?? say.noMail}</span>
        </div>
      </header>
      <p className="tags">
        <Tag {...(of.status === 'ACTIVE' ? { icon: 'check', tone: 'good' } : { icon: 'clock', tone: 'wait' })}>
          {say.statuses[of.status]}
        </Tag>
        {of.role === 'ADMIN' && <Tag icon="shield">{say.isAdmin}</Tag>}
        <Tag>{say.since(fullDay(of.createdAt, language))}</Tag>
      </p>
    </section>
  );
}

function Acts({ of, onChoose }: { readonly of: Account; readonly onChoose: (act: Act) => void }) {
  const say = useTexts('admin').account;
  const isSuspended = of.status === 'SUSPENDED';
  const row = (act: Act, icon: 'undo' | 'shield' | 'leave', tone?: 'bad') => (
    <Row
      lead={<Icon name={icon} />}
      title={say.acts[act].do}
      text={say.acts[act].hint}
      {...(tone ? { tone } : {})}
      onClick={() => onChoose(act)}
    />
  );
  return (
    <Rows>
      {isSuspended && row('lift', 'undo')}
      {of.status === 'ACTIVE' && row(of.role === 'ADMIN' ? 'dismiss' : 'appoint', 'shield')}
      {row('signOut', 'leave')}
      {(of.status === 'ACTIVE' || isSuspended) && (
        <Row
          lead={<Icon name="lock" />}
          title={isSuspended ? say.acts.suspend.again : say.acts.suspend.do}
          text={say.acts.suspend.hint}
          tone="bad"
          onClick={() => onChoose('suspend')}
        />
      )}
    </Rows>
  );
}
