import './admin.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useList } from '../../app/cache.ts';
import { type WaitingAccount, waitingAccounts } from '../../app/data/admin.ts';
import { ago } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { AdminUnready } from './unready.tsx';

/** People who wait for their account, the first who came first. The list lags behind a decision, so what is decided is left out. */
export function Screen() {
  const say = useTexts('admin').accounts;
  const list = useList(waitingAccounts());
  const [decided, decide] = useState<readonly string[]>([]);
  const [rejected, reject] = useState<WaitingAccount>();
  if (!list.items) return <AdminUnready of={[list]} back="/admin" />;
  const items = list.items.filter(({ id }) => !decided.includes(id));
  const done = (id: string, text: string) => {
    decide((before) => [...before, id]);
    tell(text);
    void changed('admin');
  };
  return (
    <Page className="admin list" title={say.title} back="/admin">
      {items.length === 0 && !list.more && <Empty title={say.none} lead={say.noneLead} />}
      {items.map((each) => (
        <Waiting
          key={each.id}
          of={each}
          onApproved={() => done(each.id, say.approved(each.nickname))}
          onReject={() => reject(each)}
        />
      ))}
      <More of={list} />
      {rejected && (
        <Confirm
          title={say.rejectTitle(rejected.nickname)}
          lead={say.rejectLead}
          action={say.reject}
          danger
          onClose={() => reject(undefined)}
          onConfirm={async ({ reason = '' }) => {
            await api.admin.rejectAccount({ params: { accountId: rejected.id }, body: { reason } });
            done(rejected.id, say.rejected(rejected.nickname));
          }}
        >
          <Field label={say.reason} name="reason" rows={3} maxLength={limits.decisionReason} required />
        </Confirm>
      )}
    </Page>
  );
}

interface WaitingProps {
  readonly of: WaitingAccount;
  readonly onApproved: () => void;
  readonly onReject: () => void;
}

function Waiting({ of, onApproved, onReject }: WaitingProps) {
  const say = useTexts('admin').accounts;
  const language = locale.use();
  const [isBusy, work] = useState(false);
  const approve = async () => {
    work(true);
    await api.admin.approveAccount({ params: { accountId: of.id } }).then(onApproved, (error) => {
      complain(error);
      // Somebody else may have decided.
      return changed('admin');
    });
    work(false);
  };
  return (
    <article className="card admin-case" aria-label={of.nickname}>
      <header>
        <Avatar name={of.nickname} at={0} size={46} />
        <div>
          <h2>{of.nickname}</h2>
          <span className="soft">{[of.email ?? say.noMail, ago(of.createdAt, language)].join(' · ')}</span>
        </div>
      </header>
      <div className="admin-do">
        <Button small kind="quiet" disabled={isBusy} onClick={onReject}>
          {say.reject}
        </Button>
        <Button small busy={isBusy} onClick={approve}>
          {say.approve}
        </Button>
      </div>
    </article>
  );
}
