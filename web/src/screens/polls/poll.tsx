import './polls.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { useCommentActs } from '../../app/data/commenting.ts';
import { group, type OwnGroup } from '../../app/data/groups.ts';
import { type Poll, poll } from '../../app/data/polls.ts';
import { comments } from '../../app/data/posts.ts';
import { dayAndTime } from '../../app/days.ts';
import { online } from '../../app/live.ts';
import { faultOf } from '../../app/problem.ts';
import { navigate } from '../../app/router.ts';
import { api, session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { deviceZone, zoneName } from '../../app/zones.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Comments } from '../../ui/comments.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Note, Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Choices } from './choices.tsx';

/** One poll: first the choices, then what everybody has chosen. */
export function Screen({ groupId, pollId }: { readonly groupId: string; readonly pollId: string }) {
  const say = useTexts('polls');
  const view = useAnswer(group(groupId));
  const answer = useAnswer(poll(groupId, pollId));
  const [isChanging, change] = useState(false);
  const [asks, ask] = useState<'close' | 'remove'>();
  // Said where one looks: a toast would lie over the buttons.
  const [done, finish] = useState<string>();
  const state = session.use();
  const frame = { className: 'polls', title: say.title, back: `/groups/${groupId}/polls` };
  if (!view.data || !answer.data) return <Unready {...frame} of={[view, answer]} rows={2} />;
  const { group: about, role } = view.data;
  const of = answer.data;
  const isOpen = of.state === 'OPEN';
  const params = { groupId, pollId };
  const me = state.status === 'in' ? state.accountId : undefined;
  const isOwn = me === of.author.id;
  const told = async () => {
    await Promise.all([changed('group', groupId, 'poll', pollId), changed('group', groupId, 'polls')]);
  };
  return (
    <Page {...frame} sub={about.title}>
      <Head of={of} about={about} />
      <p className="poll-done" role="status">
        {done}
      </p>
      {isOpen && (of.mine === null || isChanging) ? (
        <Voting
          groupId={groupId}
          of={of}
          isChanging={isChanging}
          onKeep={() => change(false)}
          onVoted={async (what) => {
            await told();
            change(false);
            finish(what);
          }}
        />
      ) : (
        <>
          <Choices groupId={groupId} of={of} />
          <Told of={of} />
          {isOpen && (
            <div className="poll-acts">
              <Button small kind="quiet" icon="edit" onClick={() => change(true)}>
                {say.change}
              </Button>
              <Button
                small
                kind="plain"
                onClick={() =>
                  void api.polls
                    .takeBackVote({ params })
                    .then(told)
                    .then(() => finish(say.takenBack), complain)
                }
              >
                {say.takeBack}
              </Button>
            </div>
          )}
        </>
      )}
      {(isOwn || role === 'LEADER') && (
        <Rows>
          {isOpen && isOwn && !of.begun && (
            <Row lead={<Tile icon="edit" />} title={say.edit} href={`/groups/${groupId}/polls/${pollId}/edit`} />
          )}
          {isOpen && <Row lead={<Tile icon="lock" />} title={say.close} onClick={() => ask('close')} />}
          <Row lead={<Tile icon="trash" tone="bad" />} title={say.remove} tone="bad" onClick={() => ask('remove')} />
        </Rows>
      )}
      <UnderPoll groupId={groupId} of={of} me={me} />
      {asks === 'close' && (
        <Confirm
          title={say.closeTitle}
          lead={say.closeLead}
          action={say.closeDo}
          onClose={() => ask(undefined)}
          onConfirm={async () => {
            await api.polls.closePoll({ params });
            await told();
            tell(say.closedNow);
          }}
        />
      )}
      {asks === 'remove' && (
        <Confirm
          title={say.removeTitle}
          lead={say.removeLead}
          action={say.removeDo}
          danger
          onClose={() => ask(undefined)}
          onConfirm={async () => {
            await api.polls.deletePoll({ params });
            navigate(frame.back, { replace: true });
            void changed('group', groupId, 'polls');
            tell(say.removed);
          }}
        />
      )}
    </Page>
  );
}

/** What is asked, by whom, until when, and what becomes known of a vote: all of it before one votes. */
function Head({ of, about }: { readonly of: Poll; readonly about: OwnGroup['group'] }) {
  const say = useTexts('polls');
  const language = locale.use();
  const { timeZone } = about;
  const isOpen = of.state === 'OPEN';
  const when = isOpen
    ? of.closesAt
      ? say.until(dayAndTime(of.closesAt, timeZone, language))
      : say.noEnd
    : say.ended(dayAndTime(of.closedAt!, timeZone, language));
  return (
    <section className="card poll-head">
      {of.hiddenAt && (
        <Note icon="flag" tone="bad">
          {say.hidden}
        </Note>
      )}
      <p className="soft">{say.by(of.author.nickname)}</p>
      <h2>{of.question}</h2>
      <p className="poll-tags">
        {of.anonymous && <Tag icon="lock">{say.anonymous}</Tag>}
        {of.multiple && <Tag icon="add">{say.several}</Tag>}
        <Tag icon={isOpen ? 'clock' : 'check'}>{when}</Tag>
      </p>
      {isOpen && of.closesAt && timeZone !== deviceZone() && (
        <p className="soft poll-zone">{say.zone(zoneName(timeZone, language))}</p>
      )}
      {isOpen && (
        <Note icon={of.anonymous ? 'lock' : 'people'}>
          {of.anonymous ? say.anonymousNote : say.namedNote}
          {!of.shown && of.results !== 'ALWAYS' && <> {say.results[of.results]}</>}
        </Note>
      )}
    </section>
  );
}

interface UnderProps {
  readonly groupId: string;
  readonly of: Poll;
  readonly me: string | undefined;
}

/** What people say to it. A comment has a name, also where a vote has none: that is said before one writes. */
function UnderPoll({ groupId, of: { id, anonymous }, me }: UnderProps) {
  const say = useTexts('common').comments;
  const { commentsNamed } = useTexts('polls');
  const on = `poll:${id}`;
  const list = useList(comments(groupId, on));
  return (
    <Section title={say.title}>
      {anonymous && <p className="soft poll-zone">{commentsNamed}</p>}
      <Comments of={list} me={me} isOnline={online.use()} {...useCommentActs(groupId, on, say)} />
    </Section>
  );
}

/** How many have voted: spoken when it moves. */
function Told({ of: { state, voters } }: { readonly of: Poll }) {
  const say = useTexts('polls');
  return (
    <p className="poll-told soft" aria-live="polite">
      {state === 'OPEN' ? say.people(voters) : say.peopleAfter(voters)}
    </p>
  );
}

interface VotingProps {
  readonly groupId: string;
  readonly of: Poll;
  readonly isChanging: boolean;
  readonly onKeep: () => void;
  readonly onVoted: (what?: string) => Promise<void>;
}

function Voting({ groupId, of, isChanging, onKeep, onVoted }: VotingProps) {
  const say = useTexts('polls');
  const [picked, choose] = useState<readonly string[]>(of.mine ?? []);
  // As long as nobody has voted, its author may take a choice out.
  const chosen = picked.filter((id) => of.choices.some((each) => each.id === id));
  return (
    <Form
      className="poll-voting"
      onSubmit={async () => {
        const params = { groupId, pollId: of.id };
        try {
          await api.polls.vote({ params, body: { choiceIds: [...chosen] } });
        } catch (error) {
          if (faultOf(error).code !== 'POLL_CLOSED') throw error;
          // The choices go, so the screen cannot say it among them.
          complain(error);
          return onVoted();
        }
        await onVoted(isChanging ? say.changed : say.votedNow);
      }}
    >
      <Choices groupId={groupId} of={of} chosen={chosen} onChoose={choose} />
      <Told of={of} />
      <Dock two={isChanging}>
        {isChanging && (
          <Button kind="quiet" onClick={onKeep}>
            {say.keep}
          </Button>
        )}
        <Submit disabled={chosen.length === 0}>{isChanging ? say.changeDo : say.vote}</Submit>
      </Dock>
    </Form>
  );
}
