/** Signing up through a club: the new account applies to it at once. */
import { limits } from '../../../../shared/product/limits.ts';
import { useAnswer } from '../../app/cache.ts';
import { recruit } from '../../app/data/finding.ts';
import { faultOf } from '../../app/problem.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { ProfileFields, profileIn } from '../../ui/club.tsx';
import { Field, type Values } from '../../ui/form.tsx';
import { Note } from '../../ui/rows.tsx';
import { Unanswered } from '../../ui/states.tsx';

/** Where moim's refusals point to. */
const at = 'club/profile/';

/** The part of a sign-up that names the club; empty without one, or where the club has no form any more. */
export const clubIn = (groupId: string | undefined, values: Values) =>
  groupId && values.club !== undefined
    ? { club: { groupId, message: values['club/message'] ?? '', profile: profileIn(values, at) } }
    : {};

/** What a club asks of a person who signs up, as a part of the form. */
export function ClubApplication({ clubId }: { readonly clubId: string }) {
  const say = useTexts('welcome').club;
  const club = useAnswer(recruit(clubId));
  if (!club.data && club.error && faultOf(club.error).kind === 'gone') return <Note icon="door">{say.gone}</Note>;
  if (!club.data) return <Unanswered of={[club]} rows={1} />;
  const { asks, kind, title } = club.data;
  if (kind !== 'CLUB') return <Note icon="door">{say.gone}</Note>;
  return (
    <fieldset className="club-application">
      <legend>{say.application}</legend>
      <p className="soft">
        {title} · {say.only}
      </p>
      {/* The form is there: what it sends names the club. */}
      <input type="hidden" name="club" value={clubId} />
      <ProfileFields parts={asks} asks={asks} at={at} />
      <Field label={say.words} name="club/message" rows={3} maxLength={limits.application} hint={say.optional} />
    </fieldset>
  );
}

/** The club may be full or closed by now: the account does not depend on it. */
export const ClubLater = ({ onLater }: { readonly onLater: () => void }) => {
  const say = useTexts('welcome').club;
  return (
    <Button kind="plain" onClick={onLater}>
      {say.later}
    </Button>
  );
};
