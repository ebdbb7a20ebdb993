/** Lists, and the small marks in them. */
import type { ComponentChildren } from 'preact';
import { type Children, cx } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

/** A card of rows. */
export const Rows = ({ children }: Children) => <div className="card rows">{children}</div>;

interface RowProps {
  readonly lead?: ComponentChildren;
  readonly title: ComponentChildren;
  readonly text?: ComponentChildren;
  readonly end?: ComponentChildren;
  readonly href?: string;
  readonly onClick?: () => void;
  /** `bad`: it cannot be undone. */
  readonly tone?: 'bad';
}

/** A line of a list: a link if it leads somewhere, a button if it does something. */
export function Row({ lead, title, text, end, href, onClick, tone }: RowProps) {
  const inner = (
    <>
      {lead}
      <span className="row-text">
        <span className="row-title">{title}</span>
        {text && <span className="soft">{text}</span>}
      </span>
      {end && <span className="row-end">{end}</span>}
      {(href || onClick) && !end && <Icon name="next" size={18} />}
    </>
  );
  if (onClick)
    return (
      <button type="button" className={cx('row', tone)} onClick={onClick}>
        {inner}
      </button>
    );
  return href ? (
    <a className={cx('row', tone)} href={href}>
      {inner}
    </a>
  ) : (
    <div className="row">{inner}</div>
  );
}

type Tone = 'good' | 'wait' | 'bad' | 'new';

/** An icon on a small ground, at the head of a row. */
export const Tile = ({ icon, tone }: { readonly icon: IconName; readonly tone?: Tone | undefined }) => (
  <span className={cx('mood', tone)} aria-hidden="true">
    <Icon name={icon} size={22} />
  </span>
);

/** A state in a word with its sign: never the colour alone. */
export const Tag = ({ icon, tone, children }: Children & { readonly icon?: IconName; readonly tone?: Tone }) => (
  <span className={cx('tag', tone)}>
    {icon && <Icon name={icon} size={15} />}
    {children}
  </span>
);

/** How many are new in a place of a list. `label` says so to those who do not see it. */
export const Count = ({ of, label }: { readonly of: number; readonly label?: string }) => (
  <b className="new-count">
    <span aria-hidden={label !== undefined}>{of > 99 ? '99+' : of}</span>
    {label && <span className="unseen">{label}</span>}
  </b>
);

/** A line that is to be noticed. */
export const Note = ({
  icon = 'pin',
  tone,
  children,
}: Children & { readonly icon?: IconName; readonly tone?: Tone }) => (
  <p className={cx('notice', tone)}>
    <Icon name={icon} size={20} />
    <span>{children}</span>
  </p>
);
