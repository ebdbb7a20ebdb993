import './find.css';
import './recruit.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer } from '../../app/cache.ts';
import { type Plan, plan } from '../../app/data/finding.ts';
import { today } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { navigate } from '../../app/router.ts';
import { api, session } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Cover } from '../../ui/cover.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page, Section, Title } from '../../ui/page.tsx';
import { Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Unready } from '../../ui/unready.tsx';
import { lengthOf } from './plans.tsx';
import { categoryOf } from './words.ts';

/** One plan: what a group did and how it went, and a group of one's own from it. */
export function Screen({ planId }: { readonly planId: string }) {
  const say = useTexts('find');
  const common = useTexts('common');
  const isMember = session.use().status === 'in';
  const answer = useAnswer(plan(planId));
  const [isOpen, open] = useState(false);
  if (!answer.data) return <Unready back="/plans" of={[answer]} />;
  const about = answer.data;
  return (
    <Page className="find recruit">
      <div className="recruit-cover">
        <Cover category={about.category} />
        <Round className="recruit-back" icon="back" label={common.back} href="/plans" />
      </div>
      <div className="recruit-main">
        <header className="recruit-head">
          <p className="tags">
            <Tag>{say.kinds[about.kind]}</Tag>
            <Tag>{categoryOf(about, common.groups)}</Tag>
            {about.uses > 0 && <Tag>{say.plans.uses(about.uses)}</Tag>}
          </p>
          <Title>{about.title}</Title>
          <p className="lead">{lengthOf(about, say)}</p>
        </header>
        {about.description && (
          <Section title={say.recruit.about}>
            <p className="prose">{about.description}</p>
          </Section>
        )}
        {about.missions.length > 0 && <Missions plan={about} />}
      </div>
      <div className="recruit-side">
        <Results results={about.results} />
        <Dock>
          {isMember ? (
            <Button icon="plus" onClick={() => open(true)}>
              {say.plans.start}
            </Button>
          ) : (
            <Button href={`/sign-in?then=${encodeURIComponent(`/plans/${planId}`)}`}>{say.plans.signIn}</Button>
          )}
        </Dock>
      </div>
      {isOpen && <StartSheet plan={about} onClose={() => open(false)} />}
    </Page>
  );
}

function Results({ results }: Pick<Plan, 'results'>) {
  const say = useTexts('find').plans;
  const { members, certifications, diligent } = results;
  return (
    <Section title={say.results}>
      <ul className="card results">
        <li>{say.made(members)}</li>
        {certifications ? <li>{say.laid(certifications)}</li> : null}
        {diligent ? <li>{say.diligent(diligent)}</li> : null}
      </ul>
    </Section>
  );
}

function Missions({ plan: { missions } }: { readonly plan: Plan }) {
  const say = useTexts('find');
  const { groups } = useTexts('common');
  const often = (times: number) => (times === 7 ? groups.every.DAY : groups.times(times));
  return (
    <Section title={say.plans.list}>
      <Rows>
        {missions.map(({ title, rule, timesPerWeek, approval }, at) => (
          <Row
            key={at}
            lead={<Tile icon="camera" tone="new" />}
            title={rule || title}
            text={`${often(timesPerWeek)} · ${say.recruit.judged[approval]}`}
          />
        ))}
      </Rows>
    </Section>
  );
}

function StartSheet({ plan: about, onClose }: { readonly plan: Plan; readonly onClose: () => void }) {
  const say = useTexts('find');
  const once = useOnce();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const start = today(timeZone);
  const [min, max] = limits.capacity[about.kind];
  return (
    <Sheet title={say.plans.start} onClose={onClose}>
      <p className="soft">{say.plans.startLead}</p>
      <Form
        onSubmit={async ({ title = '', startDate = '', capacity }) => {
          const body = { title, startDate, capacity: Number(capacity), timeZone };
          const { id } = await once(body, (idempotencyKey) =>
            api.plans.startFromPlan({ params: { planId: about.id }, body, idempotencyKey }),
          );
          void changed('today');
          navigate(`/groups/${id}`);
          tell(say.found.opened);
        }}
      >
        <Field
          label={say.found.name}
          name="title"
          required
          maxLength={limits.group.title}
          value={about.title}
          autoComplete="off"
        />
        <Field
          label={say.found.start}
          name="startDate"
          type="date"
          required
          value={start}
          min={start}
          hint={about.days ? say.plans.same : undefined}
        />
        <Field
          label={say.found.seats}
          name="capacity"
          type="number"
          inputMode="numeric"
          required
          min={String(min)}
          max={String(max)}
          value={String(Math.min(10, max))}
          hint={say.found.seatsHint(min, max)}
        />
        <Submit>{say.plans.start}</Submit>
      </Form>
    </Sheet>
  );
}
