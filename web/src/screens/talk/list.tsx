import { rested, useAnswer } from '../../app/cache.ts';
import { type ChatRoom, rooms } from '../../app/data/chat.ts';
import { group } from '../../app/data/groups.ts';
import { useTexts } from '../../messages/index.ts';
import { Beside } from '../../ui/beside.tsx';
import { icons } from './names.ts';

const closedLast = (a: ChatRoom, b: ChatRoom) => Number(a.closedAt !== null) - Number(b.closedAt !== null);

/** The rooms of a study beside the one that is open. A group with one room needs no list of it. */
export function List({ path }: { readonly path: string }) {
  const say = useTexts('talk');
  const [, , groupId = '', screen] = path.split('/');
  const isRested = rested.use();
  const view = useAnswer(group(groupId));
  const all = useAnswer(rooms(groupId), isRested);
  if (screen !== 'rooms' || view.data?.group.kind !== 'STUDY') return null;
  const places = (all.data?.items ?? []).toSorted(closedLast).map(({ id, category, mine, closedAt }) => {
    const href = `/groups/${groupId}/rooms/${id}`;
    const isHere = href === path;
    return {
      ...{ href, isHere, icon: closedAt ? ('lock' as const) : icons[category ?? 'MAIN'] },
      text: category ? say.categories[category] : say.main,
      count: isHere || closedAt ? 0 : mine.unread,
    };
  });
  return <Beside title={view.data.group.title} places={places} />;
}
