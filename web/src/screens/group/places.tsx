import { useTexts } from '../../messages/index.ts';
import { Segments } from '../../ui/page.tsx';

/** The places of a group, always in the same order under its name. */
export function Places({ groupId, now }: { readonly groupId: string; readonly now: 'wall' | 'members' | 'manage' }) {
  const say = useTexts('group');
  const paths = {
    wall: `/groups/${groupId}`,
    members: `/groups/${groupId}/members`,
    manage: `/groups/${groupId}/manage`,
  };
  const items = (['wall', 'members', 'manage'] as const).map((place) => ({
    text: say.places[place],
    href: paths[place],
  }));
  return <Segments label={say.places.label} items={items} now={paths[now]} />;
}
