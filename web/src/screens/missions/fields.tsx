import { limits } from '../../../../shared/product/limits.ts';
import type { OwnGroup } from '../../app/data/groups.ts';
import { today } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { zoneName } from '../../app/zones.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Choice, Tiles } from '../../ui/choices.tsx';
import { Field, Fold, Picks, Select } from '../../ui/form.tsx';
import { choices } from '../../ui/group-fields.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/rows.tsx';
import { type Chosen, type Draft, dueFields, type Item, type Kind } from './draft.ts';
import { wayIcons } from './words.tsx';

const limit = limits.mission;

export interface Given {
  readonly group: OwnGroup['group'];
  readonly leads: boolean;
  /** What was there when the person began. */
  readonly began: Draft;
  readonly chosen: Chosen;
  readonly choose: (more: Partial<Chosen>) => void;
  /** The kinds of which one may be made now. */
  readonly kinds: readonly Kind[];
  /** Somebody has certified it. */
  readonly isFixed?: boolean;
  /** It follows the frequency and the approval of its group. */
  readonly implied?: boolean;
  /** It is there already, and has begun. */
  readonly hasBegun?: boolean;
}

/** All that a mission says. What cannot change is said in words in its place. */
export function Fields(given: Given) {
  const say = useTexts('missions').editor;
  const { began, chosen, choose, kinds, isFixed, implied } = given;
  const repeats = chosen.kind === 'REPEAT';
  return (
    <>
      <Field
        label={say.name}
        name="title"
        value={began.title}
        placeholder={say.nameHint}
        maxLength={limit.title}
        autoComplete="off"
        required
      />
      {isFixed && <Note icon="lock">{say.fixed}</Note>}
      {!isFixed && !implied && kinds.length > 1 && (
        <>
          <h2>{say.kind}</h2>
          <Kinds kinds={kinds} value={chosen.kind} onChoose={(kind) => choose({ kind })} />
        </>
      )}
      {!isFixed && <Ways chosen={chosen} choose={choose} />}
      {!isFixed && chosen.way === 'CHECKLIST' && <Items items={chosen.items} onChange={(items) => choose({ items })} />}
      {repeats && (implied ? <Note icon="lock">{say.implied}</Note> : <Days {...given} />)}
      {!repeats && <Due {...given} />}
      <Field label={say.content} name="content" rows={3} value={began.content} maxLength={limit.content} />
      <Field
        label={say.rule}
        name="rule"
        value={began.rule}
        hint={say.ruleHint}
        maxLength={limit.rule}
        autoComplete="off"
      />
      <Extra {...given} />
    </>
  );
}

interface KindsProps {
  readonly kinds: readonly Kind[];
  readonly value: Kind;
  readonly onChoose: (kind: Kind) => void;
}
function Kinds({ kinds, value, onChoose }: KindsProps) {
  const say = useTexts('missions');
  const icons = { ONCE: 'flag', REPEAT: 'clock' } as const;
  return (
    <Tiles
      label={say.editor.kind}
      options={kinds.map((kind) => ({
        value: kind,
        icon: icons[kind],
        title: say.kinds[kind],
        text: say.editor.kindText[kind],
      }))}
      value={value}
      onChoose={onChoose}
    />
  );
}

function Ways({ chosen, choose }: Pick<Given, 'chosen' | 'choose'>) {
  const say = useTexts('missions');
  return (
    <>
      <h2>{say.editor.way}</h2>
      <Tiles
        label={say.editor.way}
        options={choices(say.ways).map(([value, title]) => ({
          value,
          title,
          icon: wayIcons[value],
          text: say.editor.wayText[value],
        }))}
        value={chosen.way}
        onChoose={(way) => choose({ way, ...(chosen.items.length === 0 ? { items: [blank(chosen.items)] } : {}) })}
      />
    </>
  );
}

const blank = (items: readonly Item[]): Item => ({
  key: Math.max(-1, ...items.map(({ key }) => key)) + 1,
  text: '',
  photo: false,
});

interface ItemsProps {
  readonly items: readonly Item[];
  readonly onChange: (items: readonly Item[]) => void;
}

/** What is ticked off, one field each, and whether it asks for a photo. */
function Items({ items, onChange }: ItemsProps) {
  const say = useTexts('missions').editor;
  const most = limits.certification.images;
  const photos = items.filter(({ photo }) => photo).length;
  return (
    <fieldset className="editor-items">
      <legend className="unseen">{say.items}</legend>
      {items.map(({ key, text, photo }, at) => (
        <div key={key}>
          <Field
            label={say.item(at + 1)}
            name={`item-${key}`}
            value={text}
            maxLength={limit.checkItem}
            autoComplete="off"
            required
          />
          <label className="chip-pick">
            <input
              type="checkbox"
              aria-label={say.itemPhoto(at + 1)}
              checked={photo}
              disabled={!photo && photos >= most}
              onChange={() => onChange(items.map((each) => (each.key === key ? { ...each, photo: !photo } : each)))}
            />
            <span className="chip" aria-hidden="true">
              <Icon name={photo ? 'check' : 'camera'} size={18} /> {say.photoShort}
            </span>
          </label>
          {items.length > 1 && (
            <Round
              icon="close"
              label={say.removeItem(at + 1)}
              onClick={() => onChange(items.filter((each) => each.key !== key))}
            />
          )}
        </div>
      ))}
      {items.length < limit.checklist && (
        <Button small kind="quiet" icon="plus" onClick={() => onChange([...items, blank(items)])}>
          {say.addItem}
        </Button>
      )}
      <p className="hint">{say.itemsHint(limit.checklist, most)}</p>
    </fieldset>
  );
}

function Days({ chosen, choose, began, hasBegun }: Given) {
  const say = useTexts('missions').editor;
  const count = chosen.weekdays.length;
  const times = Array.from({ length: Math.max(0, count - 1) }, (_, at) => String(count - 1 - at));
  const perDay = [1, 2, 3, 5, 10].map((n) => [String(n), say.perDayOf(n)] as const);
  return (
    <>
      <Picks
        label={say.weekdays}
        name="weekdays"
        hint={hasBegun ? say.monday : say.weekdaysHint}
        options={say.weekdayNames.map((name, at) => [String(at + 1), name] as const)}
        value={chosen.weekdays}
        most={7}
        week
        onChange={(weekdays) => choose({ weekdays, times: 'all' })}
      />
      <div className="two-fields">
        <Select
          label={say.times}
          name="timesPerWeek"
          options={[['all', say.timesAll(count)] as const, ...times.map((n) => [n, say.timesOf(Number(n))] as const)]}
          value={chosen.times}
          onChange={(next) => choose({ times: next })}
        />
        <Select
          label={say.perDay}
          name="perDayLimit"
          options={[...perDay, ['any', say.perDayAny] as const]}
          value={began.perDayLimit === null ? 'any' : String(began.perDayLimit)}
        />
      </div>
    </>
  );
}

function Due({ began, group: { timeZone, dayStart } }: Given) {
  const say = useTexts('missions').editor;
  const { day, time } = dueFields(began.dueAt, timeZone);
  const now = today(timeZone, new Date(), dayStart);
  return (
    <fieldset className="editor-due">
      <legend className="unseen">{say.due}</legend>
      <div className="two-fields">
        <Field label={say.dueDay} name="dueDay" type="date" value={day} min={day && day < now ? day : now} />
        <Field label={say.dueTime} name="dueTime" type="time" value={time || '23:59'} />
      </div>
      <p className="hint">
        {say.dueHint} {say.zone(zoneName(timeZone, locale.use()))}
      </p>
    </fieldset>
  );
}

/** What most leave as it is. */
function Extra({ began, chosen, choose, leads, hasBegun, implied, group: { timeZone, dayStart } }: Given) {
  const say = useTexts('missions').editor;
  const { groups } = useTexts('common');
  const asksApproval = leads && !implied;
  if (hasBegun && !asksApproval) return null;
  return (
    <Fold title={say.more}>
      {!hasBegun && (
        <Field
          label={say.start}
          name="startDate"
          type="date"
          value={began.startDate ?? ''}
          min={today(timeZone, new Date(), dayStart)}
          hint={say.startHint}
        />
      )}
      {asksApproval && (
        <Choice
          label={groups.approval}
          options={choices(groups.approvals)}
          value={chosen.approval}
          onChoose={(approval) => choose({ approval })}
        />
      )}
    </Fold>
  );
}
