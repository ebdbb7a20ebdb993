/** What administrators do with an account: each says first what it does. moim asks for a fresh proof where it needs one. */
import { limits } from '../../../../shared/product/limits.ts';
import { changed } from '../../app/cache.ts';
import type { Account } from '../../app/data/admin.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Field, Select, type Values } from '../../ui/form.tsx';

export type Act = 'suspend' | 'lift' | 'signOut' | 'appoint' | 'dismiss';

const day = 86_400_000;
/** Days of a suspension that one chooses from. */
const terms = [1, 3, 7, 30, 90, 365] as const;

interface AccountActProps {
  readonly act: Act;
  readonly of: Account;
  readonly onClose: () => void;
}

export function AccountAct({ act, of, onClose }: AccountActProps) {
  const say = useTexts('admin').account;
  const params = { accountId: of.id };
  const acts: Readonly<Record<Act, (values: Values) => Promise<unknown>>> = {
    suspend: ({ reason = '', days = '1' }) =>
      api.admin.suspendAccount({
        params,
        body: { reason, until: new Date(Date.now() + Number(days) * day).toISOString() },
      }),
    lift: () => api.admin.liftSuspension({ params }),
    signOut: () => api.admin.signOutAccount({ params }),
    appoint: () => api.admin.setRole({ params, body: { role: 'ADMIN' } }),
    dismiss: () => api.admin.setRole({ params, body: { role: 'USER' } }),
  };
  const words = say.acts[act];
  return (
    <Confirm
      title={words.title(of.nickname)}
      lead={words.lead}
      action={words.do}
      danger={act === 'suspend' || act === 'dismiss'}
      onClose={onClose}
      onConfirm={async (values) => {
        await acts[act](values);
        await changed('admin');
        tell(words.done(of.nickname));
      }}
    >
      {act === 'suspend' && (
        <>
          <Select
            label={say.term}
            name="days"
            value="7"
            options={terms.map((days) => [String(days), say.days(days)] as const)}
          />
          <Field
            label={say.reason}
            name="reason"
            rows={3}
            hint={say.reasonHint}
            maxLength={limits.suspension.reason}
            required
          />
        </>
      )}
    </Confirm>
  );
}
