import './find.css';
import './recruit.css';
import { useAnswer } from '../../app/cache.ts';
import { type Recruit, recruit, type Viewer, viewer } from '../../app/data/finding.ts';
import { shortDay } from '../../app/days.ts';
import { sizeOf } from '../../app/files.ts';
import { faultOf } from '../../app/problem.ts';
import { api, session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { textsOf, useTexts } from '../../messages/index.ts';
import { Avatar, hue } from '../../ui/bricks.tsx';
import { Round } from '../../ui/button.tsx';
import { Cover } from '../../ui/cover.tsx';
import { tagName } from '../../ui/group-fields.tsx';
import { Page, Section, Title } from '../../ui/page.tsx';
import { Note, Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Seats } from './card.tsx';
import { Entrance } from './entrance.tsx';
import { categoryOf, periodOf, rhythmOf } from './words.ts';

/** A group as somebody sees it who is not in it: what it is, who leads it, what is asked, and the way in. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const common = useTexts('common');
  const isMember = session.use().status === 'in';
  const post = useAnswer(recruit(groupId));
  const view = useAnswer(viewer(groupId), isMember);
  if (!post.data || (isMember && !view.data)) return <Unready back="/find" of={isMember ? [post, view] : [post]} />;
  const group = post.data;
  const leader = view.data?.leader;
  return (
    <Page className="find recruit">
      <div className="recruit-cover">
        <Cover category={group.category} />
        <Round
          className="recruit-back"
          icon="back"
          label={common.back}
          href={view.data?.role ? `/groups/${groupId}` : '/find'}
        />
      </div>
      <div className="recruit-main">
        <Head group={group} />
        <Texts group={group} />
        {leader && <Leader leader={leader} />}
        {group.files.length > 0 && <Files group={group} isMember={isMember} />}
        <HowIn group={group} />
      </div>
      <div className="recruit-side">
        <Facts group={group} />
        <Entrance group={group} viewer={view.data} />
      </div>
    </Page>
  );
}

function Head({ group }: { readonly group: Recruit }) {
  const say = useTexts('find');
  const { groups } = useTexts('common');
  const { title, recruit: post } = group;
  const isOpen = group.status === 'RECRUITING';
  return (
    <header className="recruit-head">
      <p className="tags">
        <Tag {...(isOpen ? { icon: 'door', tone: 'good' } : {})}>{say.statuses[group.status]}</Tag>
        <Tag>{say.kinds[group.kind]}</Tag>
        <Tag>{categoryOf(group, groups)}</Tag>
      </p>
      <Title>{post.title || title}</Title>
      {post.title && post.title !== title && <p className="lead">{title}</p>}
      {group.tags.length > 0 && (
        <p className="soft">{group.tags.map((tag) => `#${tagName(tag, groups).replaceAll(' ', '')}`).join(' ')}</p>
      )}
      <p className="find-seats">
        <Seats taken={group.memberCount} of={group.capacity} />
        <span>{say.seats(group.capacity - group.memberCount)}</span>
      </p>
    </header>
  );
}

function Facts({ group }: { readonly group: Recruit }) {
  const say = useTexts('find');
  const { groups } = useTexts('common');
  const language = locale.use();
  const r = say.recruit;
  const facts = [
    [groups.often, rhythmOf(group, groups)],
    [r.period, periodOf(group, say, language)],
    [r.policy, r.policies[group.joinPolicy]],
    [r.until, group.recruitUntil && r.untilDay(shortDay(group.recruitUntil, language))],
    [r.audience, group.audience && groups.audiences[group.audience]],
  ].filter(([, text]) => text);
  return (
    <dl className="card facts">
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const askIcons = { REAL_NAME: 'person', LEVEL: 'flag', HOME_GYM: 'pin' } as const;

function Texts({ group }: { readonly group: Recruit }) {
  const r = useTexts('find').recruit;
  const { description, certificationRule, promise, recruit: post, approval, asks } = group;
  return (
    <>
      {description && (
        <Section title={r.about}>
          <p className="prose">{description}</p>
        </Section>
      )}
      {group.kind === 'CHALLENGE' && (
        <Section title={r.doing}>
          <Rows>
            <Row
              lead={<Tile icon="camera" tone="new" />}
              title={certificationRule || r.photo}
              text={r.judged[approval]}
            />
          </Rows>
        </Section>
      )}
      {asks.length > 0 && (
        <Section title={r.asked}>
          <Rows>
            {asks.map((ask) => (
              <Row key={ask} lead={<Tile icon={askIcons[ask]} tone="new" />} title={r.asks[ask]} />
            ))}
          </Rows>
        </Section>
      )}
      {promise && (
        <Section title={r.promise}>
          <p className="prose">{promise}</p>
        </Section>
      )}
      {post.target && (
        <Section title={r.who}>
          <p className="prose">{post.target}</p>
        </Section>
      )}
      {post.info && (
        <Section title={r.info}>
          <p className="prose">{post.info}</p>
        </Section>
      )}
    </>
  );
}

const Leader = ({ leader }: { readonly leader: Viewer['leader'] }) => {
  const r = useTexts('find').recruit;
  return (
    <Section title={r.leader}>
      <Rows>
        <Row
          lead={<Avatar name={leader.nickname} picture={leader.picture} at={0} size={42} />}
          title={leader.nickname}
          end={<Tag icon="crown">{r.leader}</Tag>}
        />
      </Rows>
    </Section>
  );
};

/** Files have an address for a minute: it is asked for when one wants the file. */
function Files({ group, isMember }: { readonly group: Recruit; readonly isMember: boolean }) {
  const r = useTexts('find').recruit;
  const load = async (fileId: string) => {
    try {
      const { url } = await api.groups.downloadFile({ params: { groupId: group.id, fileId } });
      location.assign(url);
    } catch (error) {
      tell(faultOf(error).text ?? textsOf('common').silent);
    }
  };
  return (
    <Section title={r.files}>
      <Rows>
        {group.files.map(({ id, name, bytes }) => (
          <Row
            key={id}
            lead={<Tile icon="file" tone="new" />}
            title={name}
            text={sizeOf(bytes)}
            end={isMember && <Round icon="download" label={r.download(name)} onClick={() => void load(id)} />}
          />
        ))}
      </Rows>
    </Section>
  );
}

/** The way in as the group tells it, else as it is for all groups of its kind. */
function HowIn({ group }: { readonly group: Recruit }) {
  const r = useTexts('find').recruit;
  return (
    <Section title={r.how}>
      {group.recruit.process ? (
        <p className="prose">{group.recruit.process}</p>
      ) : (
        <ol className="recruit-steps">
          {r.steps[group.joinPolicy].map((text, at) => (
            <li key={text}>
              <span className={`brick ${hue(at)}`} aria-hidden="true">
                {at + 1}
              </span>
              {text}
            </li>
          ))}
        </ol>
      )}
      <Note icon="lock">{r.inside}</Note>
    </Section>
  );
}
