import { useTexts } from '../messages/index.ts';
import { Segments } from './page.tsx';

const places = ['wall', 'progress', 'members', 'manage'] as const;

/** The places of a group, always in the same order under its name. */
export function Places({ groupId, now }: { readonly groupId: string; readonly now: (typeof places)[number] }) {
  const say = useTexts('common').places;
  const pathOf = (place: (typeof places)[number]) => `/groups/${groupId}${place === 'wall' ? '' : `/${place}`}`;
  const items = places.map((place) => ({ text: say[place], href: pathOf(place) }));
  return <Segments label={say.label} items={items} now={pathOf(now)} />;
}
