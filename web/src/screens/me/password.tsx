import './me.css';
import { ProblemError } from '../../../../client/problem-error.ts';
import { useAnswer } from '../../app/cache.ts';
import { account } from '../../app/data/account.ts';
import { api, leave, signIn } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

/** Another password, or the first one of an account that came by a provider. */
export function Screen() {
  const say = useTexts('me');
  const me = useAnswer(account());
  const frame = { className: 'me-form', title: say.password.title, back: '/me/safety' };
  if (!me.data) return <Unready {...frame} of={[me]} rows={1} />;
  const { hasPassword, email } = me.data;
  return (
    <Page {...frame}>
      <Form
        onSubmit={async ({ currentPassword = '', password = '' }) => {
          await api.accounts.changePassword({ body: { password, ...(hasPassword ? { currentPassword } : {}) } });
          await comeBack(email, password);
          tell(say.password.done);
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={email ?? ''} />
        {hasPassword && (
          <Field
            label={say.password.current}
            name="currentPassword"
            type="password"
            autoComplete="current-password"
            required
          />
        )}
        <Field
          label={say.password.next}
          name="password"
          type="password"
          autoComplete="new-password"
          hint={say.password.hint}
          required
        />
        <Note icon="phone">{say.password.lead}</Note>
        <Dock>
          <Submit>{say.password.save}</Submit>
        </Dock>
      </Form>
    </Page>
  );
}

/** Every device is signed out by it. This one comes back by itself, unless the account asks for more than the password. */
async function comeBack(email: string | null, password: string) {
  try {
    if (!email) return leave();
    await signIn(email, password);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    leave();
  }
}
