import type { TodayInGroup } from '../../app/data/account.ts';
import { shortDay } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Note, Tag } from '../../ui/rows.tsx';

const looks = {
  TODO: ['clock', undefined],
  WAITING: ['clock', 'wait'],
  DONE: ['check', 'good'],
  SKIPPED: ['moon', undefined],
} as const;

interface DueMissionsProps {
  readonly groupId: string;
  readonly timeZone: string;
  readonly missions: TodayInGroup['missions'];
  readonly excused: TodayInGroup['excused'];
}

/** What the group asks for now, each with the person's own state, and the ways to all missions and to days off. */
export function DueMissions({ groupId, timeZone, missions, excused }: DueMissionsProps) {
  const say = useTexts('group');
  const language = locale.use();
  const due = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone });
  return (
    <>
      {excused && <Note icon="moon">{say.excused(shortDay(excused.until, language))}</Note>}
      {missions.length > 1 && (
        <ul className="due-missions" aria-label={say.missions.list}>
          {missions.map(({ id, title, mine, closed, dueAt }) => {
            const [icon, tone] = looks[mine];
            const isOff = closed && mine === 'TODO';
            return (
              <li key={id}>
                <a href={`/groups/${groupId}/missions/${id}`}>
                  <span>
                    {title}
                    {dueAt && <span className="soft">{say.missions.due(due.format(new Date(dueAt)))}</span>}
                  </span>
                  <Tag icon={isOff ? 'moon' : icon} {...(tone ? { tone } : {})}>
                    {isOff ? say.missions.closed : say.missions.state[mine]}
                  </Tag>
                </a>
              </li>
            );
          })}
        </ul>
      )}
      <p className="due-more">
        <a className="link" href={`/groups/${groupId}/missions`}>
          {say.missions.all}
        </a>
        <a className="link" href={`/groups/${groupId}/excuses`}>
          {say.missions.rest}
        </a>
      </p>
    </>
  );
}
