import { useTexts } from '../messages/index.ts';
import { Segments } from './page.tsx';

const places = { chat: 'talk', posts: 'posts', polls: 'polls' } as const;

/** Where the people of a group talk: the second row, below its places. */
export function TalkPlaces({ groupId, now }: { readonly groupId: string; readonly now: keyof typeof places }) {
  const say = useTexts('common').talkPlaces;
  const pathOf = (place: keyof typeof places) => `/groups/${groupId}/${places[place]}`;
  const items = (Object.keys(places) as (keyof typeof places)[]).map((place) => ({
    text: say[place],
    href: pathOf(place),
  }));
  return <Segments label={say.label} items={items} now={pathOf(now)} />;
}
