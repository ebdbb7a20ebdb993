/** What a screen shows when it has nothing, nothing yet, or nothing any more. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { faultOf } from '../app/problem.ts';
import { useTexts } from '../messages/index.ts';
import { Button, type Children } from './button.tsx';

interface EmptyProps extends Children {
  readonly title: string;
  readonly lead?: string | undefined;
  readonly art?: ComponentChildren;
  /** It is spoken when it appears: something is wrong. */
  readonly alert?: boolean;
}

/** Nothing is there: says what to do. Buttons go inside. */
export const Empty = ({ title, lead, art, alert, children }: EmptyProps) => (
  <div className="empty" role={alert ? 'alert' : undefined}>
    {art ?? (
      <span className="empty-bricks" aria-hidden="true">
        <i className="hue-1" />
        <i className="hue-0" />
        <i className="hue-2" />
      </span>
    )}
    <p className="empty-title">{title}</p>
    {lead && <p>{lead}</p>}
    {children && <div className="empty-do">{children}</div>}
  </div>
);

/** Bricks where something will be. */
export const Loading = ({ rows = 3 }: { readonly rows?: number }) => {
  const say = useTexts('common');
  return (
    <div className="skeletons" role="status" aria-label={say.loading}>
      {Array.from({ length: rows }, (_, at) => (
        <i key={at} />
      ))}
    </div>
  );
};

/** There is no such thing, or not for this person. */
export const Gone = () => {
  const say = useTexts('common');
  return (
    <Empty title={say.gone} lead={say.goneLead} alert>
      <Button kind="quiet" href="/">
        {say.toHome}
      </Button>
    </Empty>
  );
};

/** A club has not answered yet: what it has inside comes with its answer. */
const Pending = ({ text }: { readonly text: string | undefined }) => {
  const say = useTexts('common');
  return (
    <Empty title={say.pending} lead={text} alert>
      <Button kind="quiet" href="/applications">
        {say.pendingDo}
      </Button>
    </Empty>
  );
};

interface Asked {
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/**
 * In place of answers that are not there: loading, or what is wrong with them and what to do.
 *
 * @example {me.data ? <Who of={me.data} /> : <Unanswered of={[me]} rows={1} />}
 */
export function Unanswered({ of, rows }: { readonly of: readonly Asked[]; readonly rows?: number }) {
  const say = useTexts('common');
  const failed = of.filter(({ error }) => error);
  const retry = () => {
    for (const { refetch } of failed) refetch();
  };
  const hasFailed = failed.length > 0;
  // It has said that it comes with the network.
  useEffect(() => {
    if (!hasFailed) return;
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  });
  if (!hasFailed) return <Loading {...(rows ? { rows } : {})} />;
  const { kind, text, code } = faultOf(failed[0]!.error);
  if (kind === 'gone') return <Gone />;
  if (code === 'MEMBERSHIP_PENDING') return <Pending text={text} />;
  return (
    <Empty alert title={say.failed} lead={text ?? (navigator.onLine ? say.silent : say.offlineNothing)}>
      <Button kind="quiet" onClick={retry}>
        {say.retry}
      </Button>
    </Empty>
  );
}

/** The end of a list that goes on: asks for more before it is seen, and is a button for those who do not scroll. */
export function More({
  of,
}: {
  readonly of: { readonly more: (() => void) | undefined; readonly isFetching: boolean };
}) {
  const say = useTexts('common');
  const ref = useRef<HTMLDivElement>(null);
  const { more, isFetching } = of;
  useEffect(() => {
    if (!more || isFetching || !ref.current) return;
    const watcher = new IntersectionObserver(([seen]) => seen?.isIntersecting && more(), { rootMargin: '600px' });
    watcher.observe(ref.current);
    return () => watcher.disconnect();
  }, [more, isFetching]);
  if (!more) return null;
  return (
    <div ref={ref} className="center">
      <Button kind="plain" busy={isFetching} onClick={more}>
        {isFetching ? say.loading : say.more}
      </Button>
    </div>
  );
}
