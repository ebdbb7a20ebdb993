import { useList } from '../../app/cache.ts';
import { type Attendance, attendances } from '../../app/data/attendance.ts';
import { dayWithWeekday } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Section } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { Empty, More, Unanswered } from '../../ui/states.tsx';
import { looks, StateTag } from './words.tsx';

/** A week with what it became; a button where it can be corrected. */
export function Week({ of, onClick }: { readonly of: Attendance; readonly onClick?: () => void }) {
  const say = useTexts('attendance');
  const language = locale.use();
  const { week, day, place, state, alternate, reason } = of;
  const [icon, tone] = looks[state];
  const where = [dayWithWeekday(day, language), place, alternate && say.alternate].filter(Boolean).join(' · ');
  return (
    <Row
      lead={<Tile icon={icon} tone={tone} />}
      title={say.week(week)}
      text={
        <>
          {where}
          {state === 'REJECTED' && reason && <span className="att-why">{reason}</span>}
        </>
      }
      end={<StateTag state={state} />}
      {...(onClick ? { onClick } : {})}
    />
  );
}

/** The person's own weeks. They are asked for when what comes first is there. */
export function OwnWeeks({ groupId, isAsked }: { readonly groupId: string; readonly isAsked: boolean }) {
  const say = useTexts('attendance');
  return (
    <Section title={say.weeks} className="att-weeks">
      {isAsked && <List groupId={groupId} />}
    </Section>
  );
}

function List({ groupId }: { readonly groupId: string }) {
  const say = useTexts('attendance');
  const list = useList(attendances(groupId));
  if (!list.items) return <Unanswered of={[list]} rows={2} />;
  if (list.items.length === 0) return <Empty title={say.noWeeks} lead={say.noWeeksLead} />;
  return (
    <>
      <Rows>
        {list.items.map((each) => (
          <Week key={each.id} of={each} />
        ))}
      </Rows>
      <More of={list} />
    </>
  );
}
