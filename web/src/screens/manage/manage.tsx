import './manage.css';
import { useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { today } from '../../app/data/account.ts';
import { group } from '../../app/data/groups.ts';
import { fullDay } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { cx } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Note, Row, Rows, Tile } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';
import { StatusSheet } from './status.tsx';

/** What waits for those who lead, and all that they set; for members, the way out. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage');
  const language = locale.use();
  const view = useAnswer(group(groupId));
  const agenda = useAnswer(today());
  const [isChanging, change] = useState(false);
  const path = `/groups/${groupId}`;
  if (!view.data || !agenda.data) return <Unready title={say.title} back={path} of={[view, agenda]} />;
  const { group: about, role, warnings } = view.data;
  const waiting = agenda.data.items.find((each) => each.group.id === groupId)?.waiting;
  const leads = role === 'LEADER';
  const judges = leads || role === 'MANAGER';
  const frame = { title: judges ? say.title : say.member, sub: about.title, back: path, className: 'manage' };
  return (
    <Page {...frame}>
      {about.disbandsAt && (
        <Note icon="clock" tone="wait">
          {say.endsOn(fullDay(about.disbandsAt, language))}
        </Note>
      )}
      {!judges && warnings > 0 && (
        <Note icon="warn" tone="wait">
          {say.yourWarnings(warnings)}
        </Note>
      )}
      {judges && (
        <Section title={say.waits}>
          <div className="wait-grid">
            <Waits
              icon="check"
              href={`${path}/review`}
              text={say.certifications}
              count={waiting?.certifications ?? 0}
            />
            <Waits
              icon="door"
              href={`${path}/applications`}
              text={say.applications.title}
              count={waiting?.applications ?? 0}
            />
            <Waits icon="moon" href={`${path}/excused`} text={say.excused.title} count={waiting?.excuses ?? 0} />
            {leads && (
              <Waits icon="flag" href={`${path}/reports`} text={say.reports.title} count={waiting?.reports ?? 0} />
            )}
          </div>
        </Section>
      )}
      {leads && !about.disbandsAt && (
        <Rows>
          <Row
            lead={<Tile icon="clock" />}
            title={say.status.title}
            text={say.status.names[about.status]}
            onClick={() => change(true)}
          />
        </Rows>
      )}
      {leads && (
        <Section title={say.group} className="in-list">
          <Rows>
            <Row href={`${path}/edit`} lead={<Icon name="edit" />} title={say.edit.title} text={say.edit.lead} />
            <Row href={`${path}/invites`} lead={<Icon name="chain" />} title={say.invites.title} />
          </Rows>
        </Section>
      )}
      {judges && (
        <Section title={say.company} className="in-list">
          <Rows>
            {leads && (
              <Row
                href={`${path}/people`}
                lead={<Icon name="people" />}
                title={say.people.title}
                text={say.people.lead}
              />
            )}
            {about.kind === 'CLUB' && (
              <Row
                href={`${path}/seasons`}
                lead={<Icon name="calendar" />}
                title={say.seasons.title}
                text={say.seasons.rowLead}
              />
            )}
            <Row href={`${path}/decisions`} lead={<Icon name="clock" />} title={say.decisions.title} />
          </Rows>
        </Section>
      )}
      <Section title={say.inside}>
        <Rows>
          <Row href={`${path}/missions`} lead={<Icon name="check" />} title={say.missions} />
          <Row href={`${path}/excuses`} lead={<Icon name="moon" />} title={say.rest} />
          <Row href={`/recruits/${groupId}`} lead={<Icon name="book" />} title={say.about} text={say.aboutLead} />
        </Rows>
      </Section>
      <div className={cx('flush', judges && 'in-list')}>
        <Rows>
          <Row
            href={`${path}/end`}
            tone="bad"
            lead={<Icon name="leave" />}
            title={leads ? say.end.title : say.end.leave}
            text={leads ? say.end.lead : undefined}
          />
        </Rows>
      </div>
      {isChanging && <StatusSheet group={about} onClose={() => change(false)} />}
    </Page>
  );
}

interface WaitsProps {
  readonly icon: IconName;
  readonly href: string;
  readonly text: string;
  readonly count: number;
}

const Waits = ({ icon, href, text, count }: WaitsProps) => {
  const say = useTexts('manage');
  return (
    <a className="card wait-tile" href={href}>
      <Tile icon={icon} tone={count > 0 ? 'new' : 'good'} />
      <span>{text}</span>
      <b>{count > 0 ? say.count(count) : say.nothing}</b>
    </a>
  );
};
