import { useTexts } from '../messages/index.ts';
import { Icon } from './icon.tsx';
import { Row, Tag } from './rows.tsx';

/** The way to the private messages, with how many conversations have something unread. */
export function MessagesRow({ unread }: { readonly unread: number }) {
  const say = useTexts('common').messages;
  return (
    <Row
      href="/messages"
      lead={<Icon name="mail" />}
      title={say.title}
      end={unread > 0 && <Tag tone="new">{say.unread(unread)}</Tag>}
    />
  );
}
