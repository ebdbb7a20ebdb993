import { useTexts } from '../messages/index.ts';
import { Segments } from './page.tsx';

const places = ['wall', 'progress', 'talk', 'members', 'manage'] as const;

interface PlacesProps {
  readonly groupId: string;
  readonly now: (typeof places)[number];
  /** Messages that the person has not read. */
  readonly unread?: number | undefined;
}

/** The places of a group, always in the same order under its name. */
export function Places({ groupId, now, unread = 0 }: PlacesProps) {
  const say = useTexts('common').places;
  const pathOf = (place: (typeof places)[number]) => `/groups/${groupId}${place === 'wall' ? '' : `/${place}`}`;
  const count = (place: (typeof places)[number]) => (place === 'talk' && unread > 0 ? { count: unread } : {});
  const items = places.map((place) => ({ text: say[place], href: pathOf(place), ...count(place) }));
  return <Segments label={say.label} items={items} now={pathOf(now)} />;
}
