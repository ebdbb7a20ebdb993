import { useState } from 'preact/hooks';
import { cache, changed, useAnswer } from '../../app/cache.ts';
import { type FoundGroup, relations } from '../../app/data/finding.ts';
import { faultOf } from '../../app/problem.ts';
import { api, session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { textsOf, useTexts } from '../../messages/index.ts';
import { hue } from '../../ui/bricks.tsx';
import { cx } from '../../ui/button.tsx';
import { Cover } from '../../ui/cover.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/rows.tsx';
import { categoryOf, closingIn, periodOf, rhythmOf } from './words.ts';

/** What a card shows: an answer, or a group that is being founded. */
export type Shown = Pick<
  FoundGroup,
  | 'title'
  | 'kind'
  | 'category'
  | 'customCategory'
  | 'frequency'
  | 'startDate'
  | 'endDate'
  | 'recruitUntil'
  | 'timeZone'
  | 'capacity'
  | 'memberCount'
> &
  Partial<Pick<FoundGroup, 'id' | 'likes'>>;

/** More seats than these are shown as a share of them. */
const mostBricks = 12;

/** Seats as bricks: the laid ones are taken. */
export function Seats({ taken, of, at = 0 }: { readonly taken: number; readonly of: number; readonly at?: number }) {
  const say = useTexts('find');
  const shown = Math.min(of, mostBricks);
  const laid = of > shown ? Math.max(1, Math.floor((taken / of) * shown)) : taken;
  return (
    <span className="seats" role="img" aria-label={say.members(taken, of)}>
      {Array.from({ length: shown }, (_, place) => (
        <i key={place} className={place < laid ? cx('brick', hue(at)) : 'hole'} />
      ))}
    </span>
  );
}

interface LikeProps {
  readonly group: { readonly id: string; readonly title: string; readonly likes: number };
  /** Undefined until it is known. */
  readonly liked: boolean | undefined;
  readonly className?: string;
}

/** A heart that one presses, and how many have. It answers at once, and takes it back if moim refuses. */
export function Like({ group, liked, className }: LikeProps) {
  const say = useTexts('find');
  const [own, choose] = useState<boolean>();
  const isOn = own ?? liked ?? false;
  const count = group.likes + (own === undefined || liked === undefined || own === liked ? 0 : own ? 1 : -1);
  const press = async () => {
    const params = { groupId: group.id };
    choose(!isOn);
    try {
      await (isOn ? api.discovery.unlikeGroup({ params }) : api.discovery.likeGroup({ params }));
      void changed('likes');
      // The count on the screen is this one plus or minus one: the rest is asked with the next list.
      void cache.invalidateQueries({ queryKey: ['relations'], refetchType: 'none' });
      void cache.invalidateQueries({ queryKey: ['recruit', group.id], refetchType: 'none' });
    } catch (error) {
      choose(isOn);
      tell(faultOf(error).text ?? textsOf('common').silent);
    }
  };
  return (
    <button type="button" className={cx('like', className)} aria-pressed={isOn} onClick={press}>
      <Icon name="heart" size={22} full={isOn} />
      <span className="unseen">{say.like(group.title)}, </span>
      {/* Nobody yet is nothing to say; its place is kept. */}
      <span>{count || '\u00a0'}</span>
    </button>
  );
}

interface CardProps {
  readonly group: Shown;
  /** Left out where nobody can like: for guests, and in a preview. */
  readonly liked?: { readonly is: boolean | undefined };
  /** The person is in it. */
  readonly isOwn?: boolean | undefined;
}

/** What matters most of a group to the person. One tag: a second one breaks the line of a narrow phone. */
function CardTag({ group, isOwn }: Pick<CardProps, 'group' | 'isOwn'>) {
  const say = useTexts('find');
  const { groups } = useTexts('common');
  const closing = closingIn(group);
  if (isOwn)
    return (
      <Tag icon="check" tone="good">
        {say.own}
      </Tag>
    );
  return closing !== undefined && closing <= 7 ? (
    <Tag icon="clock" tone="wait">
      {say.closes(closing)}
    </Tag>
  ) : (
    <Tag>{categoryOf(group, groups)}</Tag>
  );
}

/** A group in a list. */
export function GroupCard({ group, liked, isOwn }: CardProps) {
  const say = useTexts('find');
  const { groups } = useTexts('common');
  const language = locale.use();
  const seats = group.capacity - group.memberCount;
  return (
    <article className="card find-card">
      <div className="find-cover">
        <Cover category={group.category} />
      </div>
      <div className={cx('find-text', liked && 'likeable')}>
        <p className="tags">
          <CardTag group={group} isOwn={isOwn} />
        </p>
        <h2>{group.id ? <a href={`/${isOwn ? 'groups' : 'recruits'}/${group.id}`}>{group.title}</a> : group.title}</h2>
        <p className="soft">
          {[say.kinds[group.kind], rhythmOf(group, groups)].filter(Boolean).join(' · ')}{' '}
          <span>{periodOf(group, say, language)}</span>
        </p>
        <p className="find-seats">
          <Seats taken={group.memberCount} of={group.capacity} />
          <span>{say.seats(seats)}</span>
        </p>
      </div>
      {liked && group.id && (
        <Like group={{ id: group.id, title: group.title, likes: group.likes ?? 0 }} liked={liked.is} />
      )}
    </article>
  );
}

/** Cards of one page of a list, with the hearts of the person. */
export function GroupCards({ groups }: { readonly groups: readonly FoundGroup[] }) {
  const isMember = session.use().status === 'in';
  const ids = groups.map(({ id }) => id);
  const own = useAnswer(relations(ids), isMember && ids.length > 0);
  const relationTo = (id: string) => own.data?.items.find(({ groupId }) => groupId === id);
  return groups.map((group) => {
    const relation = relationTo(group.id);
    return (
      <GroupCard
        key={group.id}
        group={group}
        isOwn={Boolean(relation?.role)}
        {...(isMember ? { liked: { is: relation?.liked } } : {})}
      />
    );
  });
}

/** A long list in pieces, so that each asks for its own hearts. */
export const inPages = <T,>(items: readonly T[], size = 10): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
