import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export interface Children {
  readonly children?: ComponentChildren;
}

/** Class names, without those that are off. */
export const cx = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ');

interface ButtonProps extends Children {
  /** One `main` button a screen. */
  readonly kind?: 'main' | 'quiet' | 'plain' | 'good' | 'danger';
  readonly small?: boolean;
  readonly icon?: IconName;
  /** It is at work: it cannot be pressed, and says so. It keeps the focus, which a disabled button loses. */
  readonly busy?: boolean | undefined;
  readonly disabled?: boolean;
  readonly type?: 'submit' | 'button';
  readonly onClick?: () => void;
  /** A link that looks like a button. */
  readonly href?: string;
}

/** A button is a brick: it has an edge and goes down when it is pressed. */
export function Button({
  kind = 'main',
  small,
  icon,
  busy,
  disabled,
  type = 'button',
  onClick,
  href,
  children,
}: ButtonProps) {
  const className = cx('button', kind, small && 'small');
  const inner = (
    <>
      {icon && <Icon name={icon} size={small ? 20 : 24} />}
      {children}
    </>
  );
  if (href)
    return (
      <a className={className} href={href}>
        {inner}
      </a>
    );
  return (
    <button
      type={type}
      className={className}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      aria-busy={busy}
      aria-disabled={busy || undefined}
      disabled={disabled}
    >
      {inner}
    </button>
  );
}

interface RoundProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick?: () => void;
  readonly href?: string;
  readonly className?: string;
}

/** A round button that is only an icon; its label is its name for those who do not see it. */
export const Round = ({ icon, label, onClick, href, className }: RoundProps) =>
  href ? (
    <a className={cx('round', className)} href={href} aria-label={label} title={label}>
      <Icon name={icon} />
    </a>
  ) : (
    <button type="button" className={cx('round', className)} aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
