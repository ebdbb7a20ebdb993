import { useEffect, useRef } from 'preact/hooks';
import { type Children, cx } from './button.tsx';
import './own-card.css';

/** The bar of a page with two rows of places covers this much of the top. */
const covered = '-180px 0px 0px';
/** The share of the card that has to be seen. */
const most = 0.9;

interface OwnCardProps extends Children {
  readonly className: string;
  /** The id of its heading. */
  readonly labelledBy: string;
}

/** A card that says where one is. While it is out of sight, one's own row of the list (`own-place`) stays in sight. */
export function OwnCard({ className, labelledBy, children }: OwnCardProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    const watcher = new IntersectionObserver(
      ([seen]) => card.current?.toggleAttribute('data-away', (seen?.intersectionRatio ?? 1) < most),
      { rootMargin: covered, threshold: most },
    );
    watcher.observe(card.current!);
    return () => watcher.disconnect();
  }, []);
  return (
    <section ref={card} className={cx('card', className)} aria-labelledby={labelledBy}>
      {children}
    </section>
  );
}
