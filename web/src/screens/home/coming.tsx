import type { TodayInGroup } from '../../app/data/account.ts';
import { daysBetween, dayWithWeekday, plusDays, timeAt, today, weekday } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { cx } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';

/** How many days are looked ahead, and how many things are shown of them. */
const ahead = 7;
const most = 4;

interface Coming {
  readonly what: keyof Texts<'home'>['comes'];
  /** By the calendar of the group, with the time if there is one. */
  readonly day: string;
  readonly time?: string;
  readonly instant?: string;
  /** Days from today in the group. */
  readonly days: number;
  readonly title: string;
  /** What else is to be said: the place of a meeting, the group of a mission. */
  readonly more?: string | null;
  readonly href: string;
}

/** What the next days bring in a group: what one wants to know of before it is there. */
function comingIn({ group, missions, day: now, excused, meeting }: TodayInGroup, language: string): Coming[] {
  const { id, title, startDate, endDate, timeZone: zone } = group;
  // Meetings and ends of missions are of the calendar, also in the night before the day of the group begins.
  const clock = today(zone);
  const at = (instant: string) => ({ instant, time: timeAt(instant, zone, language) });
  const it = (what: Coming['what'], day: string, more: Partial<Coming> = {}): Coming => ({
    ...{ what, day, days: daysBetween(now, day), title, href: `/groups/${id}` },
    ...more,
  });
  const all = missions.flatMap(({ id: missionId, title: name, dueAt, left }) => {
    if (!dueAt || left === 0) return [];
    // A mission that is over at midnight is one of the day before.
    const day = today(zone, new Date(Date.parse(dueAt) - 1));
    const when = today(zone, new Date(dueAt)) === day ? at(dueAt) : {};
    const href = `/groups/${id}/missions/${missionId}`;
    return it('mission', day, { ...when, days: daysBetween(clock, day), title: name, more: title, href });
  });
  if (startDate > now) all.push(it('begins', startDate));
  if (endDate) all.push(it('ends', endDate));
  if (excused) all.push(it('back', plusDays(excused.until, 1)));
  if (meeting && !(excused && meeting.day <= excused.until)) {
    const href = `/groups/${id}/attendance`;
    const days = daysBetween(clock, meeting.day);
    all.push(it('meeting', meeting.day, { ...at(meeting.startsAt), days, more: meeting.place, href }));
  }
  return all.filter(({ day, days }) => days >= 0 && days < ahead && (!endDate || day <= endDate));
}

/** What comes next in all groups, the soonest first. */
export const comingOf = (items: readonly TodayInGroup[], language: string): Coming[] =>
  items
    .flatMap((item) => comingIn(item, language))
    .toSorted((a, b) => a.days - b.days || (a.instant ?? '').localeCompare(b.instant ?? ''))
    .slice(0, most);

/** A row for each, with its day as a leaf of a calendar. */
export function ComingUp({ of }: { readonly of: readonly Coming[] }) {
  const say = useTexts('home');
  const language = locale.use();
  return (
    <Section title={say.coming}>
      <Rows>
        {of.map(({ what, day, days, time = '', title, more, href }) => (
          <Row
            key={`${what} ${href}`}
            href={href}
            lead={
              <span className={cx('coming-day', days === 0 && 'now')}>
                <span className="unseen">{dayWithWeekday(day, language)}</span>
                <b aria-hidden="true">{Number(day.slice(8))}</b>
                <span aria-hidden="true">{weekday(day, language)}</span>
              </span>
            }
            title={title}
            text={[say.comes[what](say.near[days] ?? '', time), more].filter(Boolean).join(' · ')}
          />
        ))}
      </Rows>
    </Section>
  );
}
