import { Icon, type IconName } from './icon.tsx';

interface BesideProps {
  readonly title: string;
  readonly places: readonly {
    readonly href: string;
    readonly text: string;
    readonly icon: IconName;
    readonly isHere: boolean;
    readonly count?: number | undefined;
  }[];
}

/** The list beside a screen of a wide window: all places of its area, with the one that is shown. */
export const Beside = ({ title, places }: BesideProps) => (
  <nav className="beside" aria-label={title}>
    <p className="beside-title">{title}</p>
    {places.map(({ href, text, icon, isHere, count }) => (
      <a key={href} href={href} aria-current={isHere ? 'page' : undefined}>
        <Icon name={icon} size={22} />
        <span>{text}</span>
        {count ? <b className="beside-count">{count > 99 ? '99+' : count}</b> : null}
      </a>
    ))}
  </nav>
);
