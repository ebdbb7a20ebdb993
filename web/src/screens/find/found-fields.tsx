import { limits } from '../../../../shared/product/limits.ts';
import { useTexts } from '../../messages/index.ts';
import { Field, Select } from '../../ui/form.tsx';
import { choices } from './words.ts';

/** The fields of the steps, by the names that moim refuses them by. */
export const fieldsOf: Readonly<Record<2 | 3, readonly string[]>> = {
  2: ['title', 'category', 'description'],
  3: ['frequency', 'certificationRule', 'startDate', 'endDate', 'capacity'],
};

export function NameFields() {
  const say = useTexts('find');
  const f = say.found;
  return (
    <>
      <Field label={f.name} name="title" required maxLength={limits.group.title} autoComplete="off" />
      <Select label={f.category} name="category" options={choices(say.categories)} value="IT" />
      <Field label={f.goal} name="description" rows={4} maxLength={limits.group.description} hint={f.goalHint} />
    </>
  );
}

interface RhythmProps {
  /** A challenge has a mission, and how often it is done. */
  readonly isChallenge: boolean;
  /** It must end on a day. */
  readonly ends: boolean;
  readonly seats: readonly [min: number, max: number] | readonly number[];
  readonly usual: number;
  readonly start: string;
  readonly end: string | undefined;
}

export function RhythmFields({ isChallenge, ends, seats, usual, start, end }: RhythmProps) {
  const say = useTexts('find');
  const f = say.found;
  const often = [
    ...choices(f.oftens),
    ...[6, 5, 4, 3, 2, 1].map((times) => [String(times), say.times(times)] as const),
  ];
  return (
    <>
      {isChallenge && (
        <>
          <Select label={f.often} name="frequency" options={often} value="DAY" />
          <Field
            label={f.mission}
            name="certificationRule"
            required
            maxLength={limits.group.rule}
            hint={f.missionHint}
            autoComplete="off"
          />
        </>
      )}
      <div className="field-pair">
        <Field label={f.start} name="startDate" type="date" required value={start} min={start} />
        <Field
          label={f.end}
          name="endDate"
          type="date"
          required={ends}
          value={end}
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
        value={String(usual)}
        hint={f.seatsHint(seats[0]!, seats[1]!)}
      />
    </>
  );
}
