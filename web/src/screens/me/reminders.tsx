import './me.css';
import { limits } from '../../../../shared/product/limits.ts';
import { useAnswer } from '../../app/cache.ts';
import { type TodayInGroup, today } from '../../app/data/account.ts';
import { type Reminder, reminders } from '../../app/data/own.ts';
import { clockTime, shortDay } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Page, Section } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** When the person is reminded of each mission, and where they take a break. */
export function Screen() {
  const say = useTexts('me').reminders;
  const list = useAnswer(today());
  const own = useAnswer(reminders());
  const frame = { className: 'me-sections', title: say.title, back: '/me/notifications' };
  if (!list.data || !own.data) return <Unready {...frame} of={[list, own]} />;
  const groups = list.data.items.filter(({ missions }) => missions.length > 0);
  const chosen = new Map(own.data.items.map((each) => [each.missionId, each]));
  return (
    <Page {...frame}>
      <p className="lead">{say.lead}</p>
      {groups.length === 0 && <Empty title={say.none} lead={say.noneLead} />}
      {groups.map((each) => (
        <InGroup key={each.group.id} of={each} chosen={chosen} />
      ))}
      <Rows>
        <Row href="/me/notifications" lead={<Tile icon="bell" />} title={say.settings} text={say.settingsLead} />
      </Rows>
    </Page>
  );
}

function InGroup({ of, chosen }: { readonly of: TodayInGroup; readonly chosen: ReadonlyMap<string, Reminder> }) {
  const say = useTexts('me').reminders;
  const language = locale.use();
  const { group, missions, excused } = of;
  const usual = clockTime(limits.reminders.dailyAt, language);
  const whenOf = ({ id, kind }: (typeof missions)[number]) => {
    const own = chosen.get(id);
    const isUsual = !own?.times.length;
    if (isUsual && kind === 'ONCE') return say.once;
    if (!own || (isUsual && own.weekdays.length === 7)) return say.usual(usual);
    const times = isUsual ? usual : own.times.map((time) => clockTime(time, language)).join(', ');
    return own.weekdays.length === 7 ? say.daily(times) : say.on(own.weekdays, times);
  };
  return (
    <Section title={group.title}>
      <Rows>
        {missions.map((each) => (
          <Row
            key={each.id}
            href={`/groups/${group.id}/missions/${each.id}/reminder`}
            lead={<Tile icon="clock" tone={chosen.has(each.id) ? 'good' : undefined} />}
            title={each.title}
            text={[whenOf(each), chosen.get(each.id)?.sentence].filter(Boolean).join(' · ')}
          />
        ))}
        <Row
          href={`/groups/${group.id}/excuses`}
          lead={<Tile icon="moon" tone={excused ? 'wait' : undefined} />}
          title={say.pause}
          text={excused ? say.paused(shortDay(excused.until, language)) : say.pauseLead}
        />
      </Rows>
    </Section>
  );
}
