import type { TodayInGroup } from '../../app/data/account.ts';
import type { OwnGroup } from '../../app/data/groups.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dock } from '../../ui/page.tsx';
import { DueMissions } from './due-missions.tsx';

interface NoMissionProps {
  readonly group: OwnGroup['group'];
  readonly leads: boolean;
  readonly excused: TodayInGroup['excused'];
}

/** In place of what is due: only challenges begin with a mission, and a mission that is done once ends. */
export function NoMission({ group: about, leads, excused }: NoMissionProps) {
  const say = useTexts('group').missions;
  const runs = (about.status === 'RECRUITING' || about.status === 'IN_PROGRESS') && !about.disbandsAt;
  const mayMake = runs && (leads || about.membersMayCreate);
  const make = mayMake && (
    <Button icon="plus" href={`/groups/${about.id}/missions/new`}>
      {say.make}
    </Button>
  );
  return (
    <>
      <aside className="split-side" aria-labelledby="no-mission">
        <section className="card due-card">
          <h2 id="no-mission">{say.none}</h2>
          <p className="soft">{mayMake ? say.noneLead : say.noneMember}</p>
          <DueMissions groupId={about.id} timeZone={about.timeZone} missions={[]} excused={excused} />
          <div className="side-do">{make}</div>
        </section>
      </aside>
      {make && <Dock>{make}</Dock>}
    </>
  );
}
