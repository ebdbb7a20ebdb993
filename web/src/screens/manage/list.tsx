import { rested, useAnswer } from '../../app/cache.ts';
import { today } from '../../app/data/account.ts';
import { group } from '../../app/data/groups.ts';
import { useTexts } from '../../messages/index.ts';
import { Beside } from '../../ui/beside.tsx';

/** Everything that the leader or a manager does for the group, beside the screen of one of it. Members have one way: out. */
export function List({ path }: { readonly path: string }) {
  const say = useTexts('manage');
  const groupId = path.split('/')[2]!;
  const view = useAnswer(group(groupId));
  const agenda = useAnswer(today(), rested.use());
  if (!view.data || view.data.role === 'MEMBER') return null;
  const leads = view.data.role === 'LEADER';
  const waiting = agenda.data?.items.find((each) => each.group.id === groupId)?.waiting;
  const of = `/groups/${groupId}`;
  const here = path === `${of}/barred` ? `${of}/people` : path;
  const places = [
    { screen: 'manage', text: say.title, icon: 'grid' },
    { screen: 'applications', text: say.applications.title, icon: 'door', count: waiting?.applications },
    ...(leads
      ? ([
          { screen: 'reports', text: say.reports.title, icon: 'flag', count: waiting?.reports ?? 0 },
          { screen: 'edit', text: say.edit.title, icon: 'edit' },
          { screen: 'invites', text: say.invites.title, icon: 'chain' },
          { screen: 'people', text: say.people.title, icon: 'people' },
        ] as const)
      : []),
    { screen: 'excused', text: say.excused.title, icon: 'moon', count: waiting?.excuses },
    ...(view.data.group.kind === 'CLUB'
      ? ([{ screen: 'seasons', text: say.seasons.title, icon: 'calendar' }] as const)
      : []),
    { screen: 'decisions', text: say.decisions.title, icon: 'clock' },
    { screen: 'end', text: leads ? say.end.title : say.end.leave, icon: 'leave' },
  ] as const;
  return (
    <Beside
      title={view.data.group.title}
      places={places.map(({ screen, ...each }) => ({
        ...each,
        href: `${of}/${screen}`,
        isHere: here === `${of}/${screen}`,
      }))}
    />
  );
}
