import './admin.css';
import { useAnswer } from '../../app/cache.ts';
import { factors } from '../../app/data/own.ts';
import { faultOf } from '../../app/problem.ts';
import { proofAsked } from '../../app/proof.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

interface UnreadyProps {
  readonly of: readonly { readonly error: unknown; readonly refetch: () => unknown }[];
  readonly back?: string;
}

/**
 * A screen of administrators whose answers are not there. Who is no administrator finds nothing, as at any missing address;
 * who is one and has not shown a passkey or an app shows it here.
 */
export function AdminUnready({ of, back = '/me' }: UnreadyProps) {
  const needsFactor = of.some(({ error }) => error && faultOf(error).code === 'FACTOR_NEEDED');
  if (!needsFactor) return <Unready className="admin" of={of} back={back} />;
  return (
    <NeedsFactor
      onShown={() => {
        for (const { refetch } of of) refetch();
      }}
    />
  );
}

function NeedsFactor({ onShown }: { readonly onShown: () => void }) {
  const say = useTexts('admin').factor;
  const known = useAnswer(factors());
  const ways = [...(known.data?.passkeys.length ? ['PASSKEY'] : []), ...(known.data?.totp ? ['TOTP'] : [])];
  const show = () =>
    proofAsked.set({
      ways,
      onDone: (isProved) => {
        proofAsked.set(undefined);
        if (isProved) onShown();
      },
    });
  return (
    <Page className="admin" title={say.title} back="/me">
      {!known.data ? (
        <Loading rows={1} />
      ) : ways.length > 0 ? (
        <Empty title={say.show} lead={say.showLead}>
          <Button onClick={show}>{say.showDo}</Button>
        </Empty>
      ) : (
        <Empty title={say.none} lead={say.noneLead}>
          <Button href="/me/passkey">{say.passkey}</Button>
          <Button kind="quiet" href="/me/app">
            {say.app}
          </Button>
        </Empty>
      )}
    </Page>
  );
}
