import type { Certification } from '../../app/data/groups.ts';
import { ago, shortDay } from '../../app/days.ts';
import { session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { cx } from '../../ui/button.tsx';
import { Tag } from '../../ui/rows.tsx';
import { Cheers } from './cheers.tsx';
import { ProofComments } from './comments.tsx';

interface ProofProps {
  readonly proof: Certification;
  /** The place of its author among the members, for the colour. */
  readonly at: number;
  /** Whole photos instead of small ones: where somebody decides on them. */
  readonly whole?: boolean;
  /** In sight as soon as it is drawn: its photo goes before the faces around it. */
  readonly first?: boolean;
}

/** A certification as members see it. Small photos on a phone, large ones where there is room. */
export function Proof({ proof, at, whole, first = whole }: ProofProps) {
  const say = useTexts('common');
  const language = locale.use();
  const now = session.use();
  const isOwn = now.status === 'in' && now.accountId === proof.author.id;
  const { author, images, thumbnails, sizes, text, link, createdAt } = proof;
  return (
    <article className={cx('card proof', whole && 'whole')}>
      <header>
        <Avatar name={author.nickname} picture={author.picture} at={at} />
        <b>{author.nickname}</b>
        <time className="soft" dateTime={createdAt}>
          {ago(createdAt, language)}
        </time>
      </header>
      <Signs of={proof} />
      {images.map((image, i) => (
        <picture key={image.split('?')[0]}>
          {!whole && thumbnails && <source media="(max-width: 899px)" srcset={thumbnails[i]} />}
          <img
            src={image}
            alt={say.photoBy(author.nickname)}
            {...(first && i === 0 ? { fetchpriority: 'high' } : { loading: 'lazy' })}
            decoding="async"
            width={sizes[i]?.width}
            height={sizes[i]?.height}
          />
        </picture>
      ))}
      {text && <p>{text}</p>}
      {link && (
        <p>
          <a className="link" href={link} target="_blank" rel="noreferrer noopener nofollow">
            {link}
          </a>
        </p>
      )}
      {!whole && <Cheers of={proof} isOwn={isOwn} />}
      {!whole && <ProofComments of={proof} />}
    </article>
  );
}

/** In words, what a day alone does not say: that it was sent late, or makes up for a missed day. */
export function Signs({ of: { late, madeUp, day } }: { readonly of: Certification }) {
  const say = useTexts('group');
  const language = locale.use();
  if (!late && !madeUp) return null;
  return (
    <p className="proof-signs">
      {late && <Tag icon="clock">{say.late}</Tag>}
      {madeUp && <Tag icon="undo">{say.madeUp(shortDay(day, language))}</Tag>}
    </p>
  );
}
