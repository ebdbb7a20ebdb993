import './find.css';
import './found.css';
import { useRef, useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer } from '../../app/cache.ts';
import { person } from '../../app/data/account.ts';
import { plusDays, today } from '../../app/days.ts';
import { type Draft, draftOf, dropDraft, keepDraft } from '../../app/drafts.ts';
import { useOnce } from '../../app/once.ts';
import { faultOf } from '../../app/problem.ts';
import { navigate, usePath } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { Round } from '../../ui/button.tsx';
import { Tiles } from '../../ui/choices.tsx';
import { type Ask, Asked } from '../../ui/club.tsx';
import { Form, Submit, type Values } from '../../ui/form.tsx';
import { type Audience, frequencyOf, type TagName } from '../../ui/group-fields.tsx';
import { Dock, Page, Title } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { GroupCard, type Shown } from './card.tsx';
import { type Approval, fieldsOf, NameFields, RhythmFields } from './found-fields.tsx';

type Kind = keyof Texts<'find'>['found']['kinds'];
type Policy = keyof Texts<'find'>['found']['policies'];
type Body = Parameters<typeof api.groups.createGroup>[0]['body'];

/** What a kind begins with: moim's defaults for it, and whether it must end. */
const kinds = {
  CHALLENGE: { icon: 'camera', policy: 'INSTANT', ends: true, seats: 10 },
  STUDY: { icon: 'book', policy: 'APPLY', ends: true, seats: 10 },
  TEAM: { icon: 'people', policy: 'LINK', ends: false, seats: 10 },
  PRIVATE_GROUP: { icon: 'lock', policy: 'LINK', ends: false, seats: 10 },
  OPEN_ROOM: { icon: 'video', policy: 'INSTANT', ends: false, seats: 10 },
  CLUB: { icon: 'flag', policy: 'APPLY', ends: false, seats: 100 },
} as const satisfies Record<Kind, object>;
const policies = { INSTANT: 'door', APPLY: 'mail', LINK: 'link' } as const satisfies Record<Policy, string>;
const last = 4;
/** What was written until now, for a page that is loaded anew in the middle. */
const draft = 'group';
const nothing: Draft = {};

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What is chosen beside the fields. */
interface Chosen {
  readonly kind: Kind;
  readonly policy: Policy;
  readonly tags: readonly TagName[];
  readonly approval: Approval;
  /** What a club asks its applicants for. */
  readonly asks: readonly Ask[];
}

function bodyOf({ kind, policy, tags, approval, asks }: Chosen, values: Values): Body {
  return {
    kind,
    title: values.title ?? '',
    category: values.category as Body['category'],
    ...(values.category === 'ETC' && values.customCategory ? { customCategory: values.customCategory } : {}),
    description: values.description ?? '',
    audience: (values.audience || null) as Audience | null,
    tags: [...tags],
    certificationRule: values.certificationRule ?? '',
    ...(kind === 'CHALLENGE' ? { frequency: frequencyOf(values.frequency ?? 'DAY'), approval } : {}),
    ...(kind === 'CLUB' ? { asks: [...asks] } : {}),
    startDate: values.startDate ?? '',
    ...(values.endDate ? { endDate: values.endDate } : {}),
    capacity: Number(values.capacity),
    joinPolicy: policy,
    visibility: policy === 'LINK' ? 'PRIVATE' : 'PUBLIC',
    timeZone: zone(),
  };
}

/**
 * Founds a group in four steps. All of them are one form, so that nothing is lost on the way back, and a refusal leads to the
 * step of its field. The steps are in the address: the phone's own "back" is the step before.
 */
export function Screen() {
  const say = useTexts('find').found;
  const common = useTexts('common');
  const once = useOnce(draft);
  const asked = Number(new URLSearchParams(usePath().split('?')[1]).get('step') ?? 1);
  const [begun] = useState(() => (asked > 1 ? draftOf(draft) : nothing));
  const [reached, reach] = useState(Number(begun.step ?? 1));
  const step = Math.min(Math.max(1, asked || 1), reached);
  const [kind, chooseKind] = useState((begun.kind ?? 'CHALLENGE') as Kind);
  const [chosen, choosePolicy] = useState(begun.policy as Policy | undefined);
  const [asks, ask] = useState((begun.asks?.split(' ').filter(Boolean) ?? []) as readonly Ask[]);
  const [values, keep] = useState<Values>(begun);
  const [tags, tag] = useState((begun.tags?.split(' ').filter(Boolean) ?? []) as readonly TagName[]);
  const [approval, judge] = useState((begun.approval ?? 'LEADER') as Approval);
  // Only administrators found clubs (row 20).
  const isAdmin = useAnswer(person()).data?.role === 'ADMIN';
  const start = useRef(today(zone())).current;
  const policy = chosen ?? kinds[kind].policy;
  const choice = { kind, policy, tags, approval, asks };
  const go = (to: number) => {
    reach(Math.max(reached, to));
    navigate(`/new?step=${to}`);
  };
  const submit = async (given: Values) => {
    keep(given);
    keepDraft(draft, {
      ...given,
      ...(chosen && { policy: chosen }),
      ...{ kind, approval, tags: tags.join(' '), asks: asks.join(' ') },
      step: String(Math.min(step + 1, last)),
    });
    if (step < last) return go(step + 1);
    const body = bodyOf(choice, given);
    try {
      const { id } = await once(body, (idempotencyKey) => api.groups.createGroup({ body, idempotencyKey }));
      dropDraft(draft);
      void changed('today');
      navigate(`/groups/${id}`, { replace: true });
      if (policy === 'LINK') tell(say.openedInvite, `/groups/${id}/invites`);
      else tell(say.opened);
    } catch (error) {
      const wrong = Object.keys(faultOf(error).fields);
      const place = [2, 3].find((each) => wrong.some((name) => fieldsOf[each as 2 | 3].includes(name)));
      if (place) go(place);
      throw error;
    }
  };
  return (
    <Page className="find found">
      <div className="bar">
        <Round icon="back" label={common.back} href={step > 1 ? `/new?step=${step - 1}` : '/find'} />
        <span className="bar-text" />
        <Steps now={step} of={last} />
      </div>
      <div className="steps-head">
        <Title key={step}>
          {
            [say.kindTitle, say.nameTitle, kind === 'CHALLENGE' ? say.rhythmTitle : say.datesTitle, say.joinTitle][
              step - 1
            ]
          }
        </Title>
      </div>
      <Form className="steps-form" onSubmit={submit}>
        <Step at={1} now={step}>
          <KindStep kind={kind} isAdmin={isAdmin} onChoose={chooseKind} />
        </Step>
        <Step at={2} now={step}>
          <NameFields given={begun} tags={tags} tag={tag} />
        </Step>
        <Step at={3} now={step}>
          <RhythmFields
            key={kind}
            given={kind === begun.kind ? begun : nothing}
            isChallenge={kind === 'CHALLENGE'}
            ends={kinds[kind].ends}
            seats={limits.capacity[kind]}
            usual={kinds[kind].seats}
            start={start}
            end={kinds[kind].ends ? plusDays(start, 27) : undefined}
            approval={approval}
            judge={judge}
          />
        </Step>
        <Step at={4} now={step}>
          <Tiles
            label={say.joinTitle}
            options={(Object.keys(policies) as Policy[]).map((value) => ({
              value,
              icon: policies[value],
              title: say.policies[value][0]!,
              text: say.policies[value][1]!,
            }))}
            value={policy}
            onChoose={choosePolicy}
          />
          {kind === 'CLUB' && <Asked asks={asks} onChange={ask} />}
          {step === last && <Preview body={bodyOf(choice, values)} hidden={policy === 'LINK'} />}
        </Step>
        <Dock>
          <Submit>{step < last ? say.next : say.open}</Submit>
        </Dock>
      </Form>
    </Page>
  );
}

/** One step. Steps to come are off, so that the browser checks only what one has seen. */
const Step = ({ at, now, children }: { at: number; now: number; children: preact.ComponentChildren }) => (
  <fieldset className="step" hidden={at !== now} disabled={at > now}>
    {children}
  </fieldset>
);

/** How far one is, in bricks. */
const Steps = ({ now, of }: { readonly now: number; readonly of: number }) => {
  const say = useTexts('find').found;
  return (
    <span className="seats step-bricks" role="img" aria-label={say.step(now, of)}>
      {Array.from({ length: of }, (_, at) => (
        <i key={at} className={at < now ? 'brick hue-0' : 'hole'} />
      ))}
    </span>
  );
};

interface KindStepProps {
  readonly kind: Kind;
  readonly isAdmin: boolean;
  readonly onChoose: (kind: Kind) => void;
}

function KindStep({ kind, isAdmin, onChoose }: KindStepProps) {
  const say = useTexts('find');
  return (
    <>
      <Tiles
        label={say.found.kindTitle}
        options={(Object.keys(kinds) as Kind[])
          .filter((value) => value !== 'CLUB' || isAdmin)
          .map((value) => ({
            value,
            icon: kinds[value].icon,
            title: say.kinds[value],
            text: say.found.kinds[value],
          }))}
        value={kind}
        onChoose={onChoose}
      />
      <Rows>
        <Row href="/plans" lead={<Tile icon="grid" tone="new" />} title={say.found.fromPlan} />
      </Rows>
    </>
  );
}

/** The card of the group as others will see it. */
function Preview({ body, hidden }: { readonly body: Body; readonly hidden: boolean }) {
  const say = useTexts('find').found;
  const group: Shown = {
    title: body.title,
    kind: body.kind,
    category: body.category,
    customCategory: body.customCategory ?? null,
    frequency: body.frequency ?? null,
    startDate: body.startDate!,
    endDate: body.endDate ?? null,
    recruitUntil: null,
    timeZone: body.timeZone!,
    capacity: body.capacity!,
    memberCount: 1,
  };
  return (
    <div className="preview">
      <p className="soft">{hidden ? say.previewHidden : say.preview}</p>
      <GroupCard group={group} />
    </div>
  );
}
