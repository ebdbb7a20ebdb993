/** The frame of a screen: its title, its way back, its parts, and the one thing to do under the thumb. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { arriveAt } from '../app/focus.ts';
import { textsOf, useTexts } from '../messages/index.ts';
import { type Children, cx, Round } from './button.tsx';
import { Count } from './rows.tsx';

/** A title that takes the focus when its screen comes, so that a screen reader says where one is. */
export function Title({ children, plain }: Children & { readonly plain?: boolean }) {
  const ref = useRef<HTMLHeadingElement>(null);
  // With the drawing, not after it: a key that is pressed in between goes on from here.
  useLayoutEffect(() => arriveAt(ref.current!), []);
  useEffect(() => {
    document.title = `${ref.current?.textContent ?? ''} · ${textsOf('common').app}`;
  });
  return (
    <h1 ref={ref} tabIndex={-1} className={cx('title', plain && 'plain')}>
      {children}
    </h1>
  );
}

interface PageProps extends Children {
  /** The title in a bar with a way back; without it the screen brings its own `<Title>`. */
  readonly title?: string | undefined;
  readonly sub?: string | undefined;
  readonly back?: string;
  /** At the end of the bar. */
  readonly end?: ComponentChildren;
  /** Links to the places within, below the bar. */
  readonly places?: ComponentChildren;
  /** Two columns in a wide window: its parts are `split-main` and `split-side`. */
  readonly split?: boolean;
  /** Scopes the classes of the screen: the name of its area or of itself. */
  readonly className?: string;
}

/** The `<main>` of a screen. */
export function Page({ title, sub, back = '/', end, places, split, className, children }: PageProps) {
  const say = useTexts('common');
  return (
    <main id="main" className={cx('page', split ? 'split' : places !== undefined && 'placed', className)}>
      {title !== undefined && (
        <div className="bar-place">
          <header className="bar">
            <Round icon="back" label={say.back} href={back} />
            <div className="bar-text">
              <Title plain key={title}>
                {title}
              </Title>
              {sub && <p className="bar-sub soft">{sub}</p>}
            </div>
            {end && <span className="bar-end">{end}</span>}
          </header>
          {places}
        </div>
      )}
      {children}
    </main>
  );
}

interface SegmentsProps {
  readonly label: string;
  readonly items: readonly { readonly text: string; readonly href: string; readonly count?: number }[];
  /** The path of the item that is shown. */
  readonly now: string;
}

/** Places within a place: links in a row, which scrolls sideways where it must. */
export const Segments = ({ label, items, now }: SegmentsProps) => (
  <nav className="segments" aria-label={label}>
    {items.map(({ text, href, count }) => (
      <a key={href} href={href} aria-current={href === now ? 'page' : undefined}>
        {text}
        {count ? <Count of={count} /> : null}
      </a>
    ))}
  </nav>
);

/** A part of a screen under its heading. */
export function Section({
  title,
  end,
  className,
  children,
}: Children & { title: string; end?: ComponentChildren; className?: string }) {
  const id = useId();
  return (
    <section className={cx('section', className)} aria-labelledby={id}>
      <div className="line">
        <h2 id={id}>{title}</h2>
        {end}
      </div>
      {children}
    </section>
  );
}

/**
 * The one thing to do, at the lower edge under the thumb. A press acts once: neither the second half of a double click nor a key
 * that is held acts on what came in its place, which nobody has seen.
 */
export const Dock = ({ two, children }: Children & { readonly two?: boolean }) => (
  <div
    className={cx('dock', two && 'two')}
    onClickCapture={(event) => {
      if (event.detail < 2) return;
      event.preventDefault();
      event.stopPropagation();
    }}
    onKeyDownCapture={(event) => {
      if (event.repeat && event.key === 'Enter') event.preventDefault();
    }}
  >
    {children}
  </div>
);

/** The name of the product with its bricks. */
export const Wordmark = () => {
  const say = useTexts('common');
  return (
    <p className="wordmark">
      <span className="wordmark-bricks" aria-hidden="true">
        <i className="hue-1" />
        <i className="hue-0" />
        <i className="hue-2" />
      </span>
      {say.app}
    </p>
  );
};
