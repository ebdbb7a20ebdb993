import { limits } from '../../../../shared/product/limits.ts';
import { useTexts } from '../../messages/index.ts';
import { Choice } from '../../ui/choices.tsx';
import { Field, Fold, type Values } from '../../ui/form.tsx';
import {
  type Audience,
  AudienceField,
  type Category,
  CategoryFields,
  choices,
  FrequencyField,
  frequencyOf,
  type TagName,
  TagsField,
} from '../../ui/group-fields.tsx';

export type Approval = 'LEADER' | 'AUTO';

/** The fields of the steps, by the names that moim refuses them by. */
export const fieldsOf: Readonly<Record<2 | 3, readonly string[]>> = {
  2: ['title', 'category', 'customCategory', 'description', 'audience', 'tags'],
  3: ['frequency', 'certificationRule', 'startDate', 'endDate', 'capacity'],
};

interface NameProps {
  /** What was written before the page was loaded anew. */
  readonly given: Values;
  readonly tags: readonly TagName[];
  readonly tag: (tags: readonly TagName[]) => void;
}

export function NameFields({ given, tags, tag }: NameProps) {
  const f = useTexts('find').found;
  return (
    <>
      <Field
        label={f.name}
        name="title"
        value={given.title}
        required
        maxLength={limits.group.title}
        autoComplete="off"
      />
      <CategoryFields category={(given.category ?? 'IT') as Category} customCategory={given.customCategory ?? null} />
      <Field
        label={f.goal}
        name="description"
        value={given.description}
        rows={4}
        maxLength={limits.group.description}
        hint={f.goalHint}
      />
      <Fold title={f.more}>
        <AudienceField value={(given.audience || null) as Audience | null} />
        <TagsField value={tags} onChange={tag} />
      </Fold>
    </>
  );
}

interface RhythmProps {
  readonly given: Values;
  /** A challenge has a mission, and how often it is done. */
  readonly isChallenge: boolean;
  /** It must end on a day. */
  readonly ends: boolean;
  readonly seats: readonly [min: number, max: number] | readonly number[];
  readonly usual: number;
  readonly start: string;
  readonly end: string | undefined;
  readonly approval: Approval;
  readonly judge: (approval: Approval) => void;
}

export function RhythmFields({ given, isChallenge, ends, seats, usual, start, end, approval, judge }: RhythmProps) {
  const f = useTexts('find').found;
  const { groups } = useTexts('common');
  return (
    <>
      {isChallenge && (
        <>
          <FrequencyField value={frequencyOf(given.frequency ?? 'DAY')} />
          <Field
            label={f.mission}
            name="certificationRule"
            value={given.certificationRule}
            required
            maxLength={limits.group.rule}
            hint={f.missionHint}
            autoComplete="off"
          />
          <Choice label={groups.approval} options={choices(groups.approvals)} value={approval} onChoose={judge} />
        </>
      )}
      <div className="two-fields">
        <Field label={f.start} name="startDate" type="date" required value={given.startDate ?? start} min={start} />
        <Field
          label={f.end}
          name="endDate"
          type="date"
          required={ends}
          value={given.endDate ?? end}
          min={start}
          hint={ends ? undefined : f.endHint}
        />
      </div>
      <Field
        label={f.seats}
        name="capacity"
        type="number"
        inputMode="numeric"
        required
        min={String(seats[0])}
        max={String(seats[1])}
        value={given.capacity ?? String(usual)}
        hint={f.seatsHint(seats[0]!, seats[1]!)}
      />
    </>
  );
}
