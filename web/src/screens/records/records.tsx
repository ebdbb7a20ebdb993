import './records.css';
import { useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { useUnreadTalk } from '../../app/data/chat.ts';
import { records } from '../../app/data/climbs.ts';
import { group } from '../../app/data/groups.ts';
import { useSharing } from '../../app/data/progress.ts';
import { usePath } from '../../app/router.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { ProgressPlaces } from '../../ui/progress-places.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { ShareSheet } from '../../ui/share.tsx';
import { Unready } from '../../ui/unready.tsx';
import { List, Month, Totals } from './month.tsx';
import { profilePath } from './paths.ts';

/** What one has climbed in a club: a month of it, and all together. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('records');
  const month = new URLSearchParams(usePath().split('?')[1]).get('month') ?? undefined;
  const view = useAnswer(group(groupId));
  const known = useAnswer(records(groupId, { month }));
  const [isSharing, share] = useState(false);
  const unread = useUnreadTalk(groupId);
  const places = (
    <>
      <Places groupId={groupId} now="progress" unread={unread} />
      <ProgressPlaces groupId={groupId} now="records" isClub />
    </>
  );
  const frame = { className: 'climbs', split: true, places };
  if (!view.data || !known.data) return <Unready {...frame} title={view.data?.group.title} of={[view, known]} />;
  const { group: about } = view.data;
  const { day, items, level } = known.data;
  const here = `/groups/${groupId}/records`;
  const dayPath = (each: string) => `${here}/${each}`;
  const isDone = items.some((each) => each.day === day);
  const doing = (
    <Button href={dayPath(day)} icon={isDone ? 'edit' : 'add'} kind={isDone ? 'quiet' : 'main'}>
      {isDone ? say.recordAgain : say.record}
    </Button>
  );
  return (
    <Page
      {...frame}
      title={about.title}
      end={<Round icon="share" label={say.share.action} onClick={() => share(true)} />}
    >
      <div className="split-side">
        {level === null && (
          <Rows>
            <Row
              href={profilePath(groupId, here)}
              lead={<Tile icon="person" tone="new" />}
              title={say.levelNeeded}
              text={say.levelNeededLead}
            />
          </Rows>
        )}
        <Month of={known.data} pathOf={(each) => `${here}?month=${each}`} dayPath={dayPath} />
        <div className="side-do">{doing}</div>
      </div>
      <div className="split-main">
        <List of={known.data} timeZone={about.timeZone} dayPath={dayPath} />
        <Totals of={known.data} />
      </div>
      <Dock>{doing}</Dock>
      {isSharing && <Share groupId={groupId} onClose={() => share(false)} />}
    </Page>
  );
}

/** The picture of what one has climbed. */
function Share({ groupId, onClose }: { readonly groupId: string; readonly onClose: () => void }) {
  const say = useTexts('records').share;
  return (
    <ShareSheet
      {...useSharing(groupId, 'CLIMBS')}
      title={say.title}
      naming={say.name}
      onTell={tell}
      onClose={onClose}
    />
  );
}
