import './polls.css';
import { useAnswer, useList } from '../../app/cache.ts';
import { group } from '../../app/data/groups.ts';
import { type PollSummary, polls } from '../../app/data/polls.ts';
import { dayAndTime } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { Tag } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { TalkPlaces } from '../../ui/talk-places.tsx';
import { Unready } from '../../ui/unready.tsx';

/** The polls of a group: what one can vote on first, then what has come of the others. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('polls');
  const view = useAnswer(group(groupId));
  const list = useList(polls(groupId));
  const places = (
    <>
      <Places groupId={groupId} now="talk" />
      <TalkPlaces groupId={groupId} now="polls" />
    </>
  );
  const frame = { className: 'polls', places };
  if (!view.data || !list.items) return <Unready {...frame} title={view.data?.group.title} of={[view, list]} />;
  const { group: about } = view.data;
  const parts = (['OPEN', 'CLOSED'] as const)
    .map((state) => [state, list.items!.filter((each) => each.state === state)] as const)
    .filter(([, some]) => some.length > 0);
  const make = (
    <Button icon="plus" href={`/groups/${groupId}/polls/new`}>
      {say.make}
    </Button>
  );
  return (
    <Page {...frame} title={about.title}>
      {parts.length === 0 && <Empty title={say.none} lead={say.noneLead} />}
      {parts.map(([state, some]) => (
        <Section key={state} title={state === 'OPEN' ? say.open : say.closed}>
          <div className="poll-list">
            {some.map((each) => (
              <Line key={each.id} groupId={groupId} of={each} timeZone={about.timeZone} />
            ))}
          </div>
        </Section>
      ))}
      <More of={list} />
      <Dock>{make}</Dock>
    </Page>
  );
}

interface LineProps {
  readonly groupId: string;
  readonly of: PollSummary;
  readonly timeZone: string;
}

function Line({ groupId, of, timeZone }: LineProps) {
  const say = useTexts('polls');
  const language = locale.use();
  const { id, question, state, closesAt, closedAt, anonymous, voted, voters, leading, hiddenAt, comments } = of;
  const isOpen = state === 'OPEN';
  const when = isOpen
    ? closesAt
      ? say.until(dayAndTime(closesAt, timeZone, language))
      : say.noEnd
    : say.ended(dayAndTime(closedAt!, timeZone, language));
  return (
    <a className="card poll-line" href={`/groups/${groupId}/polls/${id}`}>
      <b>{question}</b>
      {!isOpen && leading && (
        <span className="poll-outcome">
          {leading.length > 0 && <Icon name="crown" size={20} />}
          <span>
            {leading.length > 0 && `${say.leading(leading)} · `}
            {say.peopleAfter(voters ?? 0)}
          </span>
        </span>
      )}
      <span className="poll-tags">
        {hiddenAt && (
          <Tag icon="flag" tone="bad">
            {say.hiddenShort}
          </Tag>
        )}
        {isOpen &&
          (voted ? (
            <Tag icon="check" tone="good">
              {say.voted}
            </Tag>
          ) : (
            <Tag icon="edit" tone="new">
              {say.notYet}
            </Tag>
          ))}
        {anonymous && <Tag icon="lock">{say.anonymous}</Tag>}
        <span className="soft">{when}</span>
        {comments > 0 && <span className="soft">{say.comments(comments)}</span>}
      </span>
    </a>
  );
}
