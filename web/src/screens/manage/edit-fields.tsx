import { limits } from '../../../../shared/product/limits.ts';
import type { OwnGroup } from '../../app/data/groups.ts';
import { fullDay, plusDays, shortDay, today } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { zoneName } from '../../app/zones.ts';
import { useTexts } from '../../messages/index.ts';
import { Choice, Switch } from '../../ui/choices.tsx';
import { Asked } from '../../ui/club.tsx';
import { Field, Select } from '../../ui/form.tsx';
import { AudienceField, CategoryFields, choices, FrequencyField, rhythmOf, TagsField } from '../../ui/group-fields.tsx';
import { Section } from '../../ui/page.tsx';
import { Note, Rows } from '../../ui/rows.tsx';
import type { Draft, GroupFile } from './draft.ts';
import { Files } from './files.tsx';

/** What is chosen beside the fields of the form. */
export type Chosen = Pick<
  Draft,
  | ('tags' | 'files' | 'approval' | 'joinPolicy' | 'visibility' | 'allowRejoin' | 'asks')
  | ('membersMayCreate' | 'excusesNeedApproval')
>;

interface Given {
  readonly group: OwnGroup['group'];
  readonly began: Draft;
  readonly chosen: Chosen;
  readonly choose: (more: Partial<Chosen>) => void;
}

const limit = limits.group;
const ways = ['INSTANT', 'APPLY', 'CODE', 'LINK'] as const;

export function About({ began, chosen, choose }: Given) {
  const say = useTexts('manage').edit;
  return (
    <Section title={say.about} className="flush">
      <Field label={say.name} name="title" value={began.title} maxLength={limit.title} autoComplete="off" required />
      <Field
        label={say.notice}
        name="notice"
        rows={3}
        value={began.notice}
        hint={say.noticeHint}
        maxLength={limit.notice}
      />
      <Field
        label={say.description}
        name="description"
        rows={4}
        value={began.description}
        maxLength={limit.description}
      />
      <Field label={say.promise} name="promise" value={began.promise} maxLength={limit.promise} autoComplete="off" />
      <CategoryFields category={began.category} customCategory={began.customCategory} />
      <AudienceField value={began.audience || null} />
      <TagsField value={chosen.tags} onChange={(tags) => choose({ tags })} />
    </Section>
  );
}

interface PostProps extends Given {
  readonly onFiles: (change: (now: readonly GroupFile[]) => readonly GroupFile[]) => void;
}

/** What people read who are not in the group yet. */
export function Post({ group, began, chosen, onFiles }: PostProps) {
  const say = useTexts('manage').edit;
  const { recruit } = limit;
  return (
    <Section title={say.post} className="flush">
      <Field
        label={say.headline}
        name="recruit/title"
        value={began['recruit/title']}
        hint={say.headlineHint}
        maxLength={recruit.title}
        autoComplete="off"
      />
      <Field
        label={say.target}
        name="recruit/target"
        rows={2}
        value={began['recruit/target']}
        maxLength={recruit.target}
      />
      <Field
        label={say.process}
        name="recruit/process"
        rows={3}
        value={began['recruit/process']}
        hint={say.processHint}
        maxLength={recruit.process}
      />
      <Field label={say.info} name="recruit/info" rows={3} value={began['recruit/info']} maxLength={recruit.info} />
      <Files groupId={group.id} value={chosen.files} onChange={onFiles} />
    </Section>
  );
}

/** Its days, and how often: what members rely on is fixed once it has begun. */
export function Dates({ group, began, chosen, choose }: Given) {
  const say = useTexts('manage').edit;
  const { groups } = useTexts('common');
  const language = locale.use();
  const now = today(group.timeZone);
  const hasBegun = now >= group.startDate || group.status === 'FINISHED' || group.status === 'COMPLETED';
  const tomorrow = plusDays(now, 1);
  const lastDay = (
    <Field
      label={say.endDate}
      name="endDate"
      type="date"
      value={began.endDate}
      min={began.endDate > tomorrow ? began.endDate : tomorrow}
      hint={began.endDate ? say.endDateHint : say.endDateNone}
      required={began.endDate !== ''}
    />
  );
  return (
    <Section title={say.dates} className="flush">
      {hasBegun ? (
        <>
          <Note icon="lock">
            {say.fixed(
              fullDay(`${group.startDate}T12:00Z`, language),
              group.frequency ? rhythmOf(group.frequency, groups) : undefined,
              group.kind === 'CHALLENGE' ? groups.approvals[group.approval] : undefined,
            )}
          </Note>
          {lastDay}
        </>
      ) : (
        <div className="two-fields">
          <Field label={say.startDate} name="startDate" type="date" value={began.startDate} min={now} required />
          {lastDay}
        </div>
      )}
      {group.frequency && !hasBegun && <FrequencyField value={group.frequency} />}
      <Field
        label={say.rule}
        name="certificationRule"
        value={began.certificationRule}
        maxLength={limit.rule}
        autoComplete="off"
      />
      {!hasBegun && (
        <Choice
          label={groups.approval}
          options={choices(groups.approvals)}
          value={chosen.approval}
          onChoose={(approval) => choose({ approval })}
        />
      )}
      <p className="hint">{say.zone(zoneName(group.timeZone, language))}</p>
    </Section>
  );
}

export function Entry({ group, began, chosen, choose }: Given) {
  const say = useTexts('manage').edit;
  const [least, most] = limits.capacity[group.kind];
  return (
    <Section title={say.entry} className="flush">
      {ways.some((way) => way === began.joinPolicy) && (
        <Choice
          label={say.join}
          options={ways.map((way) => [way, say.ways[way]] as const)}
          value={chosen.joinPolicy as (typeof ways)[number]}
          onChoose={(joinPolicy) => choose({ joinPolicy })}
        />
      )}
      <Choice
        label={say.sight}
        options={choices(say.sights)}
        value={chosen.visibility}
        onChoose={(visibility) => choose({ visibility })}
      />
      <Rows>
        <Switch
          label={say.rejoin}
          hint={say.rejoinHint}
          on={chosen.allowRejoin}
          onChange={(allowRejoin) => choose({ allowRejoin })}
        />
      </Rows>
      {group.kind === 'CLUB' && <Asked asks={chosen.asks} onChange={(asks) => choose({ asks })} />}
      <div className="two-fields">
        <Field
          label={say.capacity}
          name="capacity"
          type="number"
          inputMode="numeric"
          value={String(began.capacity)}
          min={String(Math.max(least!, group.memberCount))}
          max={String(Math.max(most!, began.capacity))}
          hint={say.capacityHint(group.memberCount)}
          required
        />
        <Field
          label={say.recruitUntil}
          name="recruitUntil"
          type="date"
          value={began.recruitUntil}
          hint={say.recruitUntilHint}
        />
      </div>
    </Section>
  );
}

/** What a group decides on its missions. */
export function MissionOptions({ group, began, chosen, choose }: Given) {
  const say = useTexts('manage').edit;
  const language = locale.use();
  const makeUps = Array.from({ length: limits.makeUps.most + 1 }, (_, n) => [String(n), say.makeUpsOf(n)] as const);
  return (
    <Section title={say.missions} className="flush">
      <div className="two-fields">
        <Field
          label={say.dayStart}
          name="dayStart"
          type="time"
          value={began.dayStart}
          min="00:00"
          max="06:00"
          hint={
            group.nextDayStart
              ? say.dayStartNext(shortDay(group.nextDayStart.from, language), group.nextDayStart.at)
              : say.dayStartHint
          }
          required
        />
        <div className="field">
          <Select label={say.makeUps} name="makeUps" options={makeUps} value={String(began.makeUps)} />
          <p className="hint">{say.makeUpsHint}</p>
        </div>
      </div>
      <Rows>
        <Switch
          label={say.membersMayCreate}
          hint={say.membersMayCreateHint}
          on={chosen.membersMayCreate}
          onChange={(membersMayCreate) => choose({ membersMayCreate })}
        />
        <Switch
          label={say.excusesNeedApproval}
          hint={say.excusesNeedApprovalHint}
          on={chosen.excusesNeedApproval}
          onChange={(excusesNeedApproval) => choose({ excusesNeedApproval })}
        />
      </Rows>
    </Section>
  );
}
