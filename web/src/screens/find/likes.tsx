import './find.css';
import { useList } from '../../app/cache.ts';
import { likedGroups } from '../../app/data/finding.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { GroupCard } from './card.tsx';

/** The groups that the person likes, the last liked first. One that is unliked here stays until the next visit. */
export function Screen() {
  const say = useTexts('find');
  const list = useList(likedGroups());
  if (!list.items) return <Unready title={say.liked} back="/find" of={[list]} />;
  return (
    <Page className="find" title={say.liked} back="/find">
      {list.items.length === 0 && !list.more ? (
        <Empty title={say.likesNone} lead={say.likesLead}>
          <Button href="/find">{say.look}</Button>
        </Empty>
      ) : (
        <div className="find-list">
          {list.items.map(({ group }) => (
            <GroupCard key={group.id} group={group} liked={{ is: true }} />
          ))}
        </div>
      )}
      <More of={list} />
    </Page>
  );
}
