/** What groups are described by, as fields: founding and editing have them, and lists say the same words. */
import { useState } from 'preact/hooks';
import { limits } from '../../../shared/product/limits.ts';
import { type Texts, useTexts } from '../messages/index.ts';
import { Field, Picks, Select } from './form.tsx';

type Words = Texts<'common'>['groups'];
export type Category = keyof Words['categories'];
export type Audience = keyof Words['audiences'];
export type TagName = keyof Words['tagNames'];
export type Frequency =
  | { readonly every: 'DAY' | 'WEEKDAY' | 'WEEKEND' }
  | { readonly every: 'WEEK'; readonly times: number };

/** The entries of a list of words, for a choice. */
export const choices = <T extends string>(words: Readonly<Record<T, string>>) => Object.entries(words) as [T, string][];

/** How often a group meets its mission, in words. @example rhythmOf({ every: 'WEEK', times: 3 }, say.groups) // '주 3번' */
export const rhythmOf = (frequency: Frequency, words: Words): string =>
  frequency.every === 'WEEK' ? words.times(frequency.times) : words.every[frequency.every];

/** A frequency by its value in a form, and back: `DAY`, or a number of days a week. */
export const frequencyOf = (value: string): Frequency =>
  value === 'DAY' || value === 'WEEKDAY' || value === 'WEEKEND'
    ? { every: value }
    : { every: 'WEEK', times: Number(value) };
const inForm = (frequency: Frequency) => (frequency.every === 'WEEK' ? String(frequency.times) : frequency.every);

/** A tag by its word; one that this version of the page does not know as it is. */
export const tagName = (tag: string, words: Words): string =>
  (words.tagNames as Readonly<Record<string, string>>)[tag] ?? tag;

interface CategoryProps {
  readonly category: Category;
  readonly customCategory?: string | null;
}

/** One of the categories, or a word of one's own for what is in none. */
export function CategoryFields({ category, customCategory }: CategoryProps) {
  const { groups } = useTexts('common');
  const [chosen, choose] = useState<string>(category);
  return (
    <>
      <Select
        label={groups.category}
        name="category"
        options={choices(groups.categories)}
        value={category}
        onChange={choose}
      />
      {chosen === 'ETC' && (
        <Field
          label={groups.ownCategory}
          name="customCategory"
          value={customCategory ?? ''}
          maxLength={limits.group.customCategory}
          autoComplete="off"
        />
      )}
    </>
  );
}

export function AudienceField({ value }: { readonly value: Audience | null }) {
  const { groups } = useTexts('common');
  const options = [['', groups.anyAudience] as const, ...choices(groups.audiences)];
  return <Select label={groups.audience} name="audience" options={options} value={value ?? ''} />;
}

interface TagsProps {
  readonly value: readonly TagName[];
  readonly onChange: (tags: readonly TagName[]) => void;
}

export function TagsField({ value, onChange }: TagsProps) {
  const { groups } = useTexts('common');
  const most = limits.group.tags;
  return (
    <Picks
      label={groups.tags}
      name="tags"
      hint={groups.tagsHint(most)}
      options={choices(groups.tagNames)}
      value={value}
      most={most}
      onChange={onChange}
    />
  );
}

export function FrequencyField({ value }: { readonly value: Frequency }) {
  const { groups } = useTexts('common');
  const options = [
    ...choices(groups.every),
    ...[6, 5, 4, 3, 2, 1].map((times) => [String(times), groups.times(times)] as const),
  ];
  return <Select label={groups.often} name="frequency" options={options} value={inForm(value)} />;
}
