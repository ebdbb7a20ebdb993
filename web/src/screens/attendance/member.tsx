import './attendance.css';
import { useState } from 'preact/hooks';
import { useAnswer, useList } from '../../app/cache.ts';
import { type Attendance, attendanceRates, attendances } from '../../app/data/attendance.ts';
import { session } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Correct } from './correct.tsx';
import { Week } from './weeks.tsx';
import { RateCard } from './words.tsx';

type Asked = Parameters<typeof Correct>[0]['of'];

/** The weeks of one member, for those who lead: each can be corrected, also one without anything. */
export function Screen({ groupId, accountId }: { readonly groupId: string; readonly accountId: string }) {
  const say = useTexts('attendance');
  const rates = useAnswer(attendanceRates(groupId));
  const list = useList(attendances(groupId, accountId));
  const state = session.use();
  const [asked, ask] = useState<Asked>();
  const frame = { className: 'attendance', back: `/groups/${groupId}/attendance/members` };
  if (!rates.data || !list.items || !list.first)
    return <Unready {...frame} title={say.rates.one} of={[rates, list]} rows={2} />;
  const of = rates.data.items.find(({ account }) => account.id === accountId);
  const name = of?.account.nickname ?? say.somebody;
  const { season, own } = list.first;
  const isMe = state.status === 'in' && state.accountId === accountId;
  const open = (each: Attendance) => (isMe || each.state === 'PENDING' ? undefined : () => ask(each));
  const bare = season && !isMe ? missing(list.items, rates.data.week, list.more !== undefined) : [];
  return (
    <Page {...frame} title={name} sub={season?.name ?? undefined}>
      {own && <RateCard of={own} title={say.rates.rate} />}
      <Section title={say.weeks}>
        <Rows>
          {bare.map((week) => (
            <Row
              key={week}
              lead={<Tile icon="more" />}
              title={say.week(week)}
              text={say.rates.nothing}
              end={<Icon name="edit" size={20} />}
              onClick={() => ask({ accountId, seasonId: season!.id, week })}
            />
          ))}
          {list.items.map((each) => {
            const onClick = open(each);
            return <Week key={each.id} of={each} {...(onClick ? { onClick } : {})} />;
          })}
          <Row href={`/groups/${groupId}/decisions`} lead={<Tile icon="clock" />} title={say.correct.history} />
        </Rows>
        <More of={list} />
      </Section>
      <p className="att-lead hint">{isMe ? say.rates.own : say.rates.pick}</p>
      {asked && <Correct groupId={groupId} of={asked} name={name} onClose={() => ask(undefined)} />}
    </Page>
  );
}

/** The weeks of the season up to this one in which the member has nothing, the last first; of a long list only those it covers. */
function missing(items: readonly Attendance[], week: number | null, isPartly: boolean): number[] {
  if (week === null) return [];
  const has = new Set(items.map((each) => each.week));
  const first = isPartly ? Math.min(...has) : 1;
  return Array.from({ length: Math.max(0, week - first + 1) }, (_, at) => week - at).filter((each) => !has.has(each));
}
