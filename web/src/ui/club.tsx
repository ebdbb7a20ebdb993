/** The profile of a person in a club: as fields, and as it is shown. */
import { limits } from '../../../shared/product/limits.ts';
import { type Texts, useTexts } from '../messages/index.ts';
import { Switch } from './choices.tsx';
import { Field, Select, type Values } from './form.tsx';
import { Section } from './page.tsx';
import { Rows } from './rows.tsx';
import './club.css';

/** The parts that a club may ask for. */
const asks = ['REAL_NAME', 'LEVEL', 'HOME_GYM'] as const;
export type Ask = (typeof asks)[number];

/** What a part is called. */
export const askName = (ask: Ask, say: Texts<'common'>['club']) =>
  ({ REAL_NAME: say.realName, LEVEL: say.level, HOME_GYM: say.homeGym })[ask];

export interface ClubProfile {
  readonly realName: string | null;
  readonly level: number | null;
  readonly homeGym: string | null;
}

const { level, homeGym } = limits.clubProfile;

interface ProfileFieldsProps {
  /** The parts that are drawn. */
  readonly parts?: readonly Ask[];
  /** The parts that must be filled in. */
  readonly asks: readonly Ask[];
  readonly value?: ClubProfile | undefined;
  /** Where moim's refusals point to: `/club/profile/` in a sign-up. */
  readonly at?: string;
}

/** What a club wants to know of a person. */
export function ProfileFields({ parts = asks, asks: asked, value, at = '' }: ProfileFieldsProps) {
  const say = useTexts('common').club;
  const levels = Array.from({ length: level.max - level.min + 1 }, (_, place) => level.min + place);
  const must = (part: Ask) => asked.includes(part);
  return (
    <>
      {parts.includes('REAL_NAME') && (
        <Field
          label={say.realName}
          name={`${at}realName`}
          required={must('REAL_NAME')}
          hint={say.realNameHint}
          autoComplete="off"
          value={value?.realName ?? undefined}
        />
      )}
      {parts.includes('LEVEL') && (
        <Select
          label={say.level}
          name={`${at}level`}
          options={[
            ...(must('LEVEL') ? [] : [['', say.none] as const]),
            ...levels.map((each) => [String(each), say.levels(each)] as const),
          ]}
          value={value?.level ? String(value.level) : undefined}
        />
      )}
      {parts.includes('HOME_GYM') && (
        <Field
          label={say.homeGym}
          name={`${at}homeGym`}
          required={must('HOME_GYM')}
          maxLength={homeGym}
          value={value?.homeGym ?? undefined}
        />
      )}
    </>
  );
}

interface AskedProps {
  readonly asks: readonly Ask[];
  readonly onChange: (asks: readonly Ask[]) => void;
}

/** Which parts of a profile a club asks its applicants for. */
export function Asked({ asks: asked, onChange }: AskedProps) {
  const say = useTexts('common').club;
  return (
    <Section className="flush" title={say.asked}>
      <Rows>
        {asks.map((ask) => (
          <Switch
            key={ask}
            label={askName(ask, say)}
            on={asked.includes(ask)}
            onChange={(on) => onChange(asks.filter((each) => (each === ask ? on : asked.includes(each))))}
          />
        ))}
      </Rows>
    </Section>
  );
}

/** The profile as it was filled in; what is empty is not given. */
export function profileIn(values: Values, at = '') {
  const [name, step, gym] = ['realName', 'level', 'homeGym'].map((each) => values[`${at}${each}`]);
  return {
    ...(name ? { realName: name } : {}),
    ...(step ? { level: Number(step) } : {}),
    ...(gym ? { homeGym: gym } : {}),
  };
}

/** What a club knows of a person, each with its name: a number alone says nothing. */
export function ProfileFacts({ of }: { readonly of: ClubProfile }) {
  const say = useTexts('common').club;
  const facts = [
    [say.realName, of.realName],
    [say.level, of.level === null ? null : say.levels(of.level)],
    [say.homeGym, of.homeGym],
  ].filter(([, value]) => value !== null);
  if (facts.length === 0) return null;
  return (
    <dl className="profile-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
