/** A ranking: people by their place, and the person wherever they are. */
import './charts.css';
import type { ComponentChildren } from 'preact';
import { useTexts } from '../messages/index.ts';
import { Avatar } from './bricks.tsx';
import { type Children, cx } from './button.tsx';
import { Tag } from './rows.tsx';

/** A part of a whole as a bar. */
export const RateBar = ({ rate, isMe = false }: { readonly rate: number | null; readonly isMe?: boolean }) => (
  <span className={cx('rate-bar', isMe && 'mine')} aria-hidden="true">
    <i style={{ inlineSize: `${(rate ?? 0) * 100}%` }} />
  </span>
);

export const Ranks = ({ children }: Children) => <ol className="ranks">{children}</ol>;

interface RankProps {
  /** Null: nothing was counted yet. */
  readonly rank: number | null;
  readonly account: {
    readonly nickname: string;
    readonly picture: { readonly thumbnailUrl: string | null; readonly avatar: number | null };
  };
  /** By which the colour of the face is chosen. */
  readonly at: number;
  readonly isMe: boolean;
  /** How long the bar is, from 0 to 1. */
  readonly rate: number | null;
  /** What it stands for, as one reads it. */
  readonly value: string;
  readonly href: string;
  readonly tags?: ComponentChildren;
}

/** A member with their place. One's own stays in sight while the list is. */
export function Rank({ rank, account: { nickname, picture }, at, isMe, rate, value, href, tags }: RankProps) {
  const say = useTexts('common').ranks;
  return (
    <li className={cx(isMe && 'own-place')}>
      <a className={cx('rank', isMe && 'mine')} href={href}>
        <span className="rank-number">
          <span aria-hidden="true">{rank ?? '–'}</span>
          <span className="unseen">{rank === null ? say.noPlace : say.place(rank)}</span>
        </span>
        <Avatar name={nickname} picture={picture} at={at} size={38} />
        <span className="rank-text">
          <span className="rank-name">
            <b>{nickname}</b>
            {isMe && <Tag>{say.me}</Tag>}
            {tags}
          </span>
          <RateBar rate={rate} isMe={isMe} />
        </span>
        <b className="rank-rate">{value}</b>
      </a>
    </li>
  );
}

/** Members who are not shown here. */
export function RanksBetween() {
  const say = useTexts('common').ranks;
  return (
    <li className="rank-between">
      <span aria-hidden="true">⋯</span>
      <span className="unseen">{say.between}</span>
    </li>
  );
}
