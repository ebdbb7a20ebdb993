import './missions.css';
import { useEffect } from 'preact/hooks';
import { useAnswer, useList } from '../../app/cache.ts';
import { group } from '../../app/data/groups.ts';
import { type Mission, missions } from '../../app/data/missions.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Note, Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { isLive, State, wayIcons, whenOf } from './words.tsx';

/** The missions of a group: first what goes on and is left to do, below what is over. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('missions');
  const view = useAnswer(group(groupId));
  const list = useList(missions(groupId));
  const { more, isFetching } = list;
  // Old missions come first: what goes on may be on the next page.
  useEffect(() => {
    if (more && !isFetching) more();
  }, [more, isFetching]);
  const frame = { className: 'missions', title: say.title, back: `/groups/${groupId}` };
  if (!view.data || !list.items) return <Unready {...frame} of={[view, list]} />;
  const { group: about, role } = view.data;
  const order = ['TODO', 'WAITING', 'DONE', 'SKIPPED'];
  const live = list.items
    .filter(isLive)
    .toSorted((a, b) => order.indexOf(a.mine) - order.indexOf(b.mine) || dueOf(a).localeCompare(dueOf(b)));
  const ended = list.items.filter((each) => !isLive(each)).toReversed();
  const mayMake = role === 'LEADER' || about.membersMayCreate;
  return (
    <Page {...frame} sub={about.title}>
      {list.items.some(({ excused }) => excused) && <Note icon="moon">{say.excusedToday}</Note>}
      <Section title={say.live}>
        {live.length === 0 ? (
          <Empty title={say.none} lead={mayMake ? say.noneLead : say.noneMember} />
        ) : (
          <Rows>
            {live.map((each) => (
              <Line key={each.id} of={each} timeZone={about.timeZone} />
            ))}
          </Rows>
        )}
      </Section>
      <Rows>
        <Row href={`/groups/${groupId}/excuses`} lead={<Tile icon="moon" />} title={say.excuse} text={say.excuseLead} />
      </Rows>
      {ended.length > 0 && (
        <Section title={say.ended}>
          <Rows>
            {ended.map((each) => (
              <Line key={each.id} of={each} timeZone={about.timeZone} />
            ))}
          </Rows>
        </Section>
      )}
      <More of={list} />
      {mayMake && (
        <Dock>
          <Button href={`/groups/${groupId}/missions/new`} icon="plus">
            {say.make}
          </Button>
        </Dock>
      )}
    </Page>
  );
}

/** Without an end they come last. */
const dueOf = ({ dueAt, id }: Mission) => `${dueAt ?? '9'} ${id}`;

function Line({ of, timeZone }: { readonly of: Mission; readonly timeZone: string }) {
  const say = useTexts('missions');
  const language = locale.use();
  const { groupId, id, title, way, kind, status, mine, done, total } = of;
  const facts = [
    isLive(of) ? whenOf(of, timeZone, say, language) : say.status[status],
    kind === 'ONCE' && done !== null && say.doneOf(done, total),
  ];
  return (
    <Row
      href={`/groups/${groupId}/missions/${id}`}
      lead={<Tile icon={wayIcons[way]} tone={mine === 'DONE' ? 'good' : undefined} />}
      title={title}
      text={
        <>
          {facts.filter(Boolean).join(' · ')}
          <span className="mission-state">
            {status === 'WAIT' && <Tag icon="clock">{say.status.WAIT}</Tag>}
            {/* What is over and was left undone is nobody's business any more. */}
            {(status === 'ONGOING' || (status !== 'WAIT' && mine !== 'TODO')) && <State of={mine} say={say} />}
          </span>
        </>
      }
    />
  );
}
