import type { ComponentChildren } from 'preact';
import { useTexts } from '../messages/index.ts';
import { Page } from './page.tsx';
import { Unanswered } from './states.tsx';

interface UnreadyProps {
  /** The answers that the screen needs, as `useAnswer` and `useList` give them. */
  readonly of: readonly { readonly error: unknown; readonly refetch: () => unknown }[];
  /** The title, if it is known without them. */
  readonly title?: string | undefined;
  readonly back?: string;
  readonly places?: ComponentChildren;
  readonly className?: string;
  /** As the screen: it is as wide before its answers come. */
  readonly split?: boolean;
  /** Bricks that stand for what comes. */
  readonly rows?: number;
}

/**
 * A whole screen whose answers are not there: it loads, it failed, or there is no such thing.
 *
 * @example if (!view.data || !people.data) return <Unready of={[view, people]} />;
 */
export function Unready({ of, title, rows, ...page }: UnreadyProps) {
  const say = useTexts('common');
  // What is wrong is said below, and spoken at once.
  const state = of.some(({ error }) => error) ? say.app : say.loading;
  return (
    <Page title={title ?? state} {...page}>
      <Unanswered of={of} {...(rows ? { rows } : {})} />
    </Page>
  );
}
