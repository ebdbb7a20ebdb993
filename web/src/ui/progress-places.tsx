import { useTexts } from '../messages/index.ts';
import { Segments } from './page.tsx';

const places = ['progress', 'records', 'ranking', 'attendance'] as const;
type Place = (typeof places)[number];

interface ProgressPlacesProps {
  readonly groupId: string;
  readonly now: Place;
  /** Clubs have climbing records and rankings, too. */
  readonly isClub: boolean;
}

/** How far a group has come: the second row, below its places. */
export function ProgressPlaces({ groupId, now, isClub }: ProgressPlacesProps) {
  const say = useTexts('common').progressPlaces;
  const pathOf = (place: Place) => `/groups/${groupId}/${place}`;
  const shown = places.filter((place) => isClub || place === 'progress' || place === 'attendance');
  const items = shown.map((place) => ({ text: say[place], href: pathOf(place) }));
  return <Segments label={say.label} items={items} now={pathOf(now)} />;
}
