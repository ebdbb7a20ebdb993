import './manage.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer } from '../../app/cache.ts';
import { group, type OwnGroup } from '../../app/data/groups.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { type Ask, Asked } from '../../ui/club.tsx';
import { Choice, Field, Form, Submit, Switch, type Values } from '../../ui/form.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

type Group = OwnGroup['group'];
type Change = Parameters<typeof api.groups.editGroup>[0]['body'];
const ways = ['INSTANT', 'APPLY', 'CODE', 'LINK'] as const;
const sights = ['PUBLIC', 'PRIVATE'] as const;

/** What a group says of itself, and who may come in. A change of somebody else in between is not overwritten. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').edit;
  const view = useAnswer(group(groupId));
  const frame = { className: 'manage', title: say.title, back: `/groups/${groupId}/manage` };
  if (!view.data) return <Unready {...frame} of={[view]} />;
  return (
    <Page {...frame} sub={view.data.group.title}>
      <Fields of={view.data} />
    </Page>
  );
}

/** Only what was changed is sent: some fields take no change once the group has begun. */
function changesIn(about: Group, notice: string | null, values: Values): Change {
  const texts = ['title', 'description', 'promise', 'certificationRule'] as const;
  const changedTexts = texts.filter((name) => values[name] !== undefined && values[name] !== about[name]);
  return {
    ...Object.fromEntries(changedTexts.map((name) => [name, values[name]])),
    ...(values.notice !== (notice ?? '') ? { notice: values.notice || null } : {}),
    ...(Number(values.capacity) !== about.capacity ? { capacity: Number(values.capacity) } : {}),
    ...(values.endDate && values.endDate !== about.endDate ? { endDate: values.endDate } : {}),
    ...((values.recruitUntil || null) !== about.recruitUntil ? { recruitUntil: values.recruitUntil || null } : {}),
  };
}

function Fields({ of }: { readonly of: OwnGroup }) {
  const say = useTexts('manage').edit;
  const { group: about, notice } = of;
  // What was there when the person began: an answer that comes meanwhile changes no field under their hands.
  const [began] = useState({ about, notice });
  const [joinPolicy, joinBy] = useState(about.joinPolicy);
  const [visibility, show] = useState(about.visibility);
  const [allowRejoin, rejoin] = useState(about.allowRejoin);
  const [asks, ask] = useState<readonly Ask[]>(about.asks);
  const chosen = (now: Group): Change => ({
    ...(joinPolicy !== now.joinPolicy ? { joinPolicy } : {}),
    ...(visibility !== now.visibility ? { visibility } : {}),
    ...(allowRejoin !== now.allowRejoin ? { allowRejoin } : {}),
    ...(asks.join() !== now.asks.join() ? { asks: [...asks] } : {}),
  });
  const back = `/groups/${about.id}/manage`;
  const save = async (values: Values) => {
    const body = { ...changesIn(began.about, began.notice, values), ...chosen(began.about) };
    if (Object.keys(body).length > 0) {
      await api.groups.editGroup({ params: { groupId: about.id }, body, ifMatch: began.about.version });
      void changed('group', about.id);
      void changed('today');
      tell(say.saved);
    }
    navigate(back);
  };
  return (
    <Form onSubmit={save} className="edit-group">
      <Field label={say.name} name="title" value={about.title} maxLength={limits.group.title} required />
      <Field
        label={say.notice}
        name="notice"
        rows={3}
        value={notice ?? ''}
        hint={say.noticeHint}
        maxLength={limits.group.notice}
      />
      <Field
        label={say.description}
        name="description"
        rows={4}
        value={about.description}
        maxLength={limits.group.description}
      />
      <Field label={say.promise} name="promise" value={about.promise} maxLength={limits.group.promise} />
      <Field label={say.rule} name="certificationRule" value={about.certificationRule} maxLength={limits.group.rule} />
      <Section title={say.entry} className="flush">
        {ways.some((way) => way === about.joinPolicy) && (
          <Choice
            label={say.join}
            options={ways.map((way) => [way, say.ways[way]] as const)}
            value={joinPolicy as (typeof ways)[number]}
            onChoose={joinBy}
          />
        )}
        <Choice
          label={say.sight}
          options={sights.map((sight) => [sight, say.sights[sight]] as const)}
          value={visibility}
          onChoose={show}
        />
        <Rows>
          <Switch label={say.rejoin} hint={say.rejoinHint} on={allowRejoin} onChange={rejoin} />
        </Rows>
      </Section>
      {about.kind === 'CLUB' && <Asked asks={asks} onChange={ask} />}
      <div className="two-fields">
        <Field
          label={say.capacity}
          name="capacity"
          type="number"
          inputMode="numeric"
          value={String(about.capacity)}
          hint={say.capacityHint(about.memberCount)}
          required
        />
        <Field label={say.recruitUntil} name="recruitUntil" type="date" value={about.recruitUntil ?? ''} />
      </div>
      {about.endDate && (
        <Field label={say.endDate} name="endDate" type="date" value={about.endDate} hint={say.endDateHint} required />
      )}
      <Dock>
        <Submit>{say.save}</Submit>
      </Dock>
    </Form>
  );
}
