import './admin.css';
import { useAnswer } from '../../app/cache.ts';
import { waiting } from '../../app/data/admin.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { AdminUnready } from './unready.tsx';

const queues = [
  ['groups', 'people'],
  ['accounts', 'person'],
  ['reports', 'flag'],
] as const satisfies readonly (readonly [string, IconName])[];

/** The id of a group in what a person has pasted: its address, or the id alone. */
const groupIdIn = (text: string) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)?.[0].toLowerCase();

/** What waits for administrators, and the ways to one person or one group. */
export function Screen() {
  const say = useTexts('admin');
  const counts = useAnswer(waiting());
  if (!counts.data) return <AdminUnready of={[counts]} />;
  const of = counts.data;
  return (
    <Page className="admin" title={say.title} back="/me">
      <Section title={say.waits}>
        <Rows>
          {queues.map(([place, icon]) => (
            <Row
              key={place}
              href={`/admin/${place}`}
              lead={<Tile icon={icon} tone={of[place] > 0 ? 'new' : 'good'} />}
              title={say[place].title}
              text={of[place] > 0 ? say.count(of[place]) : say.nothing}
            />
          ))}
        </Rows>
      </Section>
      <Section title={say.search}>
        <div className="card admin-search">
          <Form
            onSubmit={async ({ nickname = '' }) => {
              const { accountId } = await api.admin.findAccount({ query: { nickname } });
              navigate(`/admin/accounts/${accountId}`);
            }}
          >
            <Field label={say.nickname} name="nickname" required hint={say.nicknameHint} autoComplete="off" />
            <Submit>{say.find}</Submit>
          </Form>
        </div>
        <div className="card admin-search">
          <Form
            onSubmit={async ({ group = '' }) => {
              const groupId = groupIdIn(group) ?? group;
              await api.admin.inspectGroup({ params: { groupId } });
              navigate(`/admin/groups/${groupId}`);
            }}
          >
            <Field label={say.address} name="group" required hint={say.addressHint} autoComplete="off" />
            <Submit kind="quiet">{say.open}</Submit>
          </Form>
        </div>
      </Section>
      <Rows>
        <Row href="/admin/plans" lead={<Icon name="grid" />} title={say.plans.title} text={say.plans.lead} />
        <Row
          href="/admin/motivations"
          lead={<Icon name="heart" />}
          title={say.motivations.title}
          text={say.motivations.lead}
        />
      </Rows>
    </Page>
  );
}
