import './attendance.css';
import { useEffect, useState } from 'preact/hooks';
import { rested, useAnswer } from '../../app/cache.ts';
import { type AttendanceDay, attendanceDay } from '../../app/data/attendance.ts';
import { useUnreadTalk } from '../../app/data/chat.ts';
import { group } from '../../app/data/groups.ts';
import { useTexts } from '../../messages/index.ts';
import { Page } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { ProgressPlaces } from '../../ui/progress-places.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Today } from './today.tsx';
import { OwnWeeks } from './weeks.tsx';
import { RateCard } from './words.tsx';

/** The meeting of today with what the person does about it, their season so far, and what waits for those who lead. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('attendance');
  const view = useAnswer(group(groupId));
  const day = useAnswer(attendanceDay(groupId));
  const isRested = rested.use();
  const places = (
    <>
      <Places groupId={groupId} now="progress" unread={useUnreadTalk(groupId)} />
      <ProgressPlaces groupId={groupId} now="attendance" isClub={view.data?.group.kind === 'CLUB'} />
    </>
  );
  const frame = { className: 'attendance', places };
  const [now, move] = useState(Date.now());
  // A meeting begins, and its codes come and go, while the page is open.
  useEffect(() => {
    const timer = setInterval(() => move(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  if (!view.data || !day.data) return <Unready {...frame} title={view.data?.group.title} of={[view, day]} rows={2} />;
  const { group: about, role } = view.data;
  const { own, season } = day.data;
  const leads = role !== 'MEMBER';
  const hasBegun = day.data.state !== 'NO_PLAN' || day.data.mine !== null || own?.rate != null;
  return (
    <Page
      {...frame}
      split={hasBegun}
      title={about.title}
      sub={season?.name ? say.inSeason(season.name, day.data.week) : undefined}
    >
      <div className="split-side">
        <Today
          groupId={groupId}
          of={day.data}
          timeZone={about.timeZone}
          leads={leads}
          now={Math.max(now, Date.now())}
        />
        {leads && <Leading groupId={groupId} of={day.data} />}
      </div>
      <div className="split-main">
        {own && hasBegun && <RateCard of={own} title={say.rate} />}
        {season && hasBegun && <OwnWeeks groupId={groupId} isAsked={isRested} />}
      </div>
    </Page>
  );
}

/** What those who lead do. */
function Leading({ groupId, of: { waiting, state } }: { readonly groupId: string; readonly of: AttendanceDay }) {
  const say = useTexts('attendance');
  const path = `/groups/${groupId}/attendance`;
  if (state === 'NO_PLAN') return null;
  return (
    <Rows>
      <Row
        href={`${path}/waiting`}
        lead={<Tile icon="people" tone={waiting ? 'new' : undefined} />}
        title={say.queue.title}
        text={waiting ? say.queue.count(waiting) : say.queue.nothing}
      />
      <Row href={`${path}/code`} lead={<Tile icon="qr" />} title={say.code.title} text={say.code.short} />
      <Row href={`${path}/members`} lead={<Tile icon="flag" />} title={say.rates.title} text={say.rates.lead} />
      <Row href={`${path}/plan`} lead={<Tile icon="calendar" />} title={say.plan.title} text={say.plan.lead} />
    </Rows>
  );
}
