import './messages.css';
import { useList } from '../../app/cache.ts';
import { conversations } from '../../app/data/messages.ts';
import { useTexts } from '../../messages/index.ts';
import { Beside } from '../../ui/beside.tsx';
import { Avatar } from '../../ui/bricks.tsx';

/** With whom one writes, beside the messages with one of them. `/messages` is the list itself. */
export function List({ path }: { readonly path: string }) {
  const say = useTexts('messages');
  const { items = [] } = useList(conversations());
  if (path === '/messages') return null;
  const places = items.map(({ with: { id, nickname, picture }, unread }, at) => {
    const href = `/messages/${id}`;
    const isHere = href === path;
    return {
      ...{ href, isHere, text: nickname, lead: <Avatar name={nickname} picture={picture} at={at} size={34} /> },
      end: unread && !isHere && <i className="new-dot" role="img" aria-label={say.unread} />,
    };
  });
  return <Beside title={say.title} places={places} />;
}
