import './attendance.css';
import { useAnswer } from '../../app/cache.ts';
import { attendanceRates, type Rates } from '../../app/data/attendance.ts';
import { group } from '../../app/data/groups.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Page } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { countsOf, percentOf, StateTag } from './words.tsx';

/** How often each member came in a season, for those who lead. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('attendance');
  const view = useAnswer(group(groupId));
  const rates = useAnswer(attendanceRates(groupId));
  const frame = { className: 'attendance', title: say.rates.title, back: `/groups/${groupId}/attendance` };
  if (!view.data || !rates.data) return <Unready {...frame} of={[view, rates]} />;
  const { season, week, items } = rates.data;
  const when = season?.name ? say.inSeason(season.name, week) : week === null ? undefined : say.week(week);
  return (
    <Page {...frame} sub={[view.data.group.title, when].filter(Boolean).join(' · ')}>
      {!season || items.length === 0 ? (
        <Empty title={say.rates.none} lead={say.rates.noneLead} />
      ) : (
        <>
          <Rows>
            {items.map((each, at) => (
              <Member key={each.account.id} groupId={groupId} of={each} at={at} />
            ))}
          </Rows>
          <p className="att-lead hint">{say.rates.privacy}</p>
        </>
      )}
    </Page>
  );
}

interface MemberProps {
  readonly groupId: string;
  readonly of: Rates['items'][number];
  readonly at: number;
}

function Member({ groupId, of, at }: MemberProps) {
  const say = useTexts('attendance');
  const { account, thisWeek } = of;
  return (
    <Row
      href={`/groups/${groupId}/attendance/members/${account.id}`}
      lead={<Avatar name={account.nickname} picture={account.picture} at={at} size={44} />}
      title={account.nickname}
      text={countsOf(of, say)}
      end={
        <span className="att-end">
          <b>{percentOf(of, say.none)}</b>
          {thisWeek && <StateTag state={thisWeek} />}
        </span>
      }
    />
  );
}
