import { useAnswer } from '../../app/cache.ts';
import { readers } from '../../app/data/posts.ts';
import { ago } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar, placeBy } from '../../ui/bricks.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Unanswered } from '../../ui/states.tsx';

interface ReadersProps {
  readonly groupId: string;
  readonly postId: string;
  readonly onClose: () => void;
}

/** Who has not read a post yet, and who has. */
export function Readers({ groupId, postId, onClose }: ReadersProps) {
  const say = useTexts('posts');
  const language = locale.use();
  const answer = useAnswer(readers(groupId, postId));
  if (!answer.data)
    return (
      <Sheet title={say.readers} onClose={onClose}>
        <Unanswered of={[answer]} rows={2} />
      </Sheet>
    );
  const { read, unread } = answer.data;
  return (
    <Sheet title={say.readers} onClose={onClose}>
      {unread.length === 0 ? (
        <p>{say.allRead}</p>
      ) : (
        <section className="posts-people">
          <h3>{say.notRead(unread.length)}</h3>
          <Rows>
            {unread.map(({ id, nickname }) => (
              <Row key={id} lead={<Avatar name={nickname} at={placeBy(id)} />} title={nickname} />
            ))}
          </Rows>
        </section>
      )}
      <section className="posts-people">
        <h3>{say.haveRead(read.length)}</h3>
        {read.length === 0 ? (
          <p className="soft">{say.nobodyRead}</p>
        ) : (
          <Rows>
            {read.map(({ id, nickname, readAt }) => (
              <Row
                key={id}
                lead={<Avatar name={nickname} at={placeBy(id)} />}
                title={nickname}
                text={ago(readAt, language)}
              />
            ))}
          </Rows>
        )}
      </section>
    </Sheet>
  );
}
