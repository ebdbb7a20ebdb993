import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Locale, locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Field, Form, Submit, type Values } from '../../ui/form.tsx';
import { Title } from '../../ui/page.tsx';
import { ClubApplication, ClubLater, clubIn } from './club.tsx';

/** What every way to sign up says of a person. */
type About = { readonly nickname: string; readonly locale: Locale; readonly timeZone: string } & ReturnType<
  typeof clubIn
>;

interface ProfileStepProps {
  /** The club that the person came by. */
  readonly clubId: string | undefined;
  readonly lead?: ComponentChildren;
  /** Fields below the name. */
  readonly children?: ComponentChildren;
  /** @returns false where the deployment approves accounts */
  readonly signUp: (about: About, values: Values) => Promise<boolean>;
  readonly onWaits: () => void;
  /** The person is in. */
  readonly onIn: (hasApplied: boolean) => void;
}

/** The last step of a sign-up, by mail or by a provider: a name, and what the club asks. */
export function ProfileStep({ clubId: wanted, lead, children, signUp, onWaits, onIn }: ProfileStepProps) {
  const say = useTexts('welcome');
  const [clubId, apply] = useState(wanted);
  return (
    <>
      <Title>{say.profile.title}</Title>
      {lead}
      <Form
        onSubmit={async (values) => {
          const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
          const about = { nickname: values.nickname ?? '', locale: locale.get(), timeZone };
          if (!(await signUp({ ...about, ...clubIn(clubId, values) }, values))) return onWaits();
          if (clubId) tell(say.club.sent);
          onIn(clubId !== undefined);
        }}
      >
        <Field
          label={say.profile.nickname}
          name="nickname"
          autoComplete="nickname"
          required
          minLength={2}
          maxLength={20}
          hint={say.profile.nicknameHint}
        />
        {children}
        {clubId && <ClubApplication clubId={clubId} />}
        <Submit>{clubId ? say.club.join : say.profile.join}</Submit>
      </Form>
      {clubId && <ClubLater onLater={() => apply(undefined)} />}
    </>
  );
}
