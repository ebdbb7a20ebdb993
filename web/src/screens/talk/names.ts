/** What rooms are called, and their signs. */
import type { ChatEntry } from '../../../../client/room-log.ts';
import type { ChatRoom } from '../../app/data/chat.ts';
import { useTexts } from '../../messages/index.ts';
import type { IconName } from '../../ui/icon.tsx';
import { isPhoto } from './attaching.ts';

export const icons = {
  MAIN: 'chat',
  PLAN: 'pin',
  PROGRESS: 'flag',
  QNA: 'search',
  REVIEW: 'book',
  ETC: 'more',
} as const satisfies Record<NonNullable<ChatRoom['category']> | 'MAIN', IconName>;

export function useRoomName(category: ChatRoom['category']): string {
  const say = useTexts('talk');
  return category ? say.categories[category] : say.main;
}

/** What a message says, in a line: its text, else what its files are. Undefined if one may not see it. */
export function useWords(): (entry: Pick<ChatEntry, 'text' | 'files'>) => string | undefined {
  const say = useTexts('talk');
  return ({ text, files }) => {
    if (text !== null) return text;
    const [first] = files;
    if (!first) return undefined;
    if (files.every(isPhoto)) return say.photos(files.length);
    return files.length === 1 ? first.name : say.files(files.length);
  };
}
