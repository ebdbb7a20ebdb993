import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';
import { Count } from './rows.tsx';

interface BesideProps {
  readonly title: string;
  readonly places: readonly {
    readonly href: string;
    readonly text: string;
    readonly icon?: IconName;
    /** In the place of an icon. */
    readonly lead?: ComponentChildren;
    readonly isHere: boolean;
    readonly count?: number | undefined;
    readonly end?: ComponentChildren;
  }[];
}

/** The list beside a screen of a wide window: all places of its area, with the one that is shown. */
export const Beside = ({ title, places }: BesideProps) => (
  <nav className="beside" aria-label={title}>
    <p className="beside-title">{title}</p>
    {places.map(({ href, text, icon, lead, isHere, count, end }) => (
      <a key={href} href={href} aria-current={isHere ? 'page' : undefined}>
        {icon ? <Icon name={icon} size={22} /> : lead}
        <span>{text}</span>
        {count ? <Count of={count} /> : null}
        {end}
      </a>
    ))}
  </nav>
);
