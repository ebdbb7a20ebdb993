import './leagues.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { useAnswer, useList } from '../../app/cache.ts';
import {
  type League,
  type LeagueName,
  type LeagueRow,
  league,
  leagueMembership,
  type Membership,
} from '../../app/data/leagues.ts';
import { plusDays, shortDay, today, weekOf } from '../../app/days.ts';
import { navigate } from '../../app/router.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, type Children, Round } from '../../ui/button.tsx';
import { Fold, Select } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { OwnCard } from '../../ui/own-card.tsx';
import { Dock, Page, Section, Segments } from '../../ui/page.tsx';
import { following, standing } from '../../ui/podium.tsx';
import { Row, Rows, Tag } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Animal } from './animal.tsx';
import { How } from './how.tsx';
import { Face, First, People } from './people.tsx';

const { zone, dayStart, shown } = limits.league;

/** The Monday of the week that is going on. */
const thisWeek = () => weekOf(today(zone, new Date(), dayStart))[0]!;

interface BoardProps {
  readonly name: LeagueName;
  readonly isLast?: boolean;
}

/** A league of everybody: where one is, who is beside, and who walks in front. */
export function Board({ name, isLast = false }: BoardProps) {
  const say = useTexts('leagues');
  const language = locale.use();
  const week = isLast ? plusDays(thisWeek(), -7) : thisWeek();
  const list = useList(league(name, week));
  const own = useAnswer(leagueMembership());
  const [asks, ask] = useState(false);
  const frame = { title: say.title, back: '/me', className: 'leagues', split: true, places: <Kinds name={name} /> };
  if (!list.first || !list.items || !own.data) return <Unready {...frame} of={[list, own]} />;
  const { first, items } = list;
  const { takesPart } = own.data;
  const join = <Button onClick={() => ask(true)}>{say.join.action}</Button>;
  return (
    <Page
      {...frame}
      sub={say.week(shortDay(week, language), shortDay(plusDays(week, 7), language))}
      end={takesPart && <Round icon="eye" label={say.how.title} onClick={() => ask(true)} />}
    >
      <div className="split-side">
        <Which name={name} isLast={isLast} />
        {takesPart || first.me.rank !== null ? (
          <Mine of={first} isLast={isLast} member={own.data} />
        ) : (
          <Join of={own.data}>{!isLast && join}</Join>
        )}
        {first.beside.length > 0 && (
          <Section title={say.near}>
            <People rows={first.beside} label={say.near} from={first.me.points} />
          </Section>
        )}
        <Rows>
          <Row
            href={`/leagues/${name}${isLast ? '' : '/last'}`}
            lead={<Icon name={isLast ? 'trophy' : 'clock'} />}
            title={isLast ? say.toNow : say.toLast}
          />
        </Rows>
        <Fold title={say.rules}>
          <ul className="league-rules soft">
            {say.rule.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Fold>
      </div>
      <div className="split-main">
        {items.length > 0 ? (
          <Section title={say.front}>
            <Front rows={items} beside={first.beside} />
            <More of={list} />
          </Section>
        ) : (
          <Empty title={isLast ? say.emptyLast : say.empty} lead={isLast ? say.emptyLastLead : say.emptyLead} />
        )}
      </div>
      {!takesPart && !isLast && <Dock>{join}</Dock>}
      {asks && <How of={own.data} onClose={() => ask(false)} />}
    </Page>
  );
}

interface FrontProps {
  readonly rows: readonly LeagueRow[];
  readonly beside: readonly LeagueRow[];
}

/** The first ones on a podium, and those who follow. */
function Front({ rows, beside }: FrontProps) {
  const say = useTexts('leagues');
  const n = standing(rows.map(({ rank }) => rank));
  const first = rows.slice(0, n);
  const rest = rows.slice(n);
  // Until the list has come to it, it stands at the end.
  const ahead = rows.some(({ isMe }) => isMe) ? [] : beside.filter(({ isMe }) => isMe);
  return (
    <>
      <First rows={first} />
      {rest.length + ahead.length > 0 && (
        <People rows={[...following(first, rest, ({ isMe }) => isMe), ...ahead]} label={say.front} />
      )}
    </>
  );
}

/** Leagues of everybody, of a category, of an audience: each kind begins with its first one. */
function Kinds({ name }: { readonly name: LeagueName }) {
  const say = useTexts('leagues').kinds;
  const { categories, audiences } = useTexts('common').groups;
  const kinds = [
    ['ALL', ['ALL']],
    ['category', Object.keys(categories)],
    ['audience', Object.keys(audiences)],
  ] as const;
  const items = kinds.map(([kind, names]) => ({
    text: say[kind],
    href: `/leagues/${names.includes(name as never) ? name : names[0]}`,
  }));
  return <Segments label={say.label} items={items} now={`/leagues/${name}`} />;
}

/** Which category or audience. */
function Which({ name, isLast }: { readonly name: LeagueName; readonly isLast: boolean }) {
  const say = useTexts('leagues').which;
  const { categories, audiences } = useTexts('common').groups;
  if (name === 'ALL') return null;
  const kind = name in categories ? 'category' : 'audience';
  const options = Object.entries(kind === 'category' ? categories : audiences);
  return (
    <div className="league-which">
      <Select
        label={say[kind]}
        name="league"
        options={options}
        value={name}
        onChange={(next) => navigate(`/leagues/${next}${isLast ? '/last' : ''}`, { replace: true, still: true })}
      />
    </div>
  );
}

interface MineProps {
  readonly of: League;
  readonly isLast: boolean;
  readonly member: Membership;
}

const line = 20;

/** Where one is. Half-way down and further nobody is shown how far. */
function Mine({ of: { me, members, endsAt, state, items, beside }, isLast, member }: MineProps) {
  const say = useTexts('leagues');
  const { rank, points } = me;
  const row = [...items, ...beside].find(({ isMe }) => isMe);
  const isNamed = member.shownAs === 'NICKNAME';
  const meant = { name: member.nickname, animal: isNamed ? null : member.animal, picture: null };
  const top = rank === null ? 100 : Math.max(1, Math.ceil((rank / members) * 100));
  const hours = Math.max(0, Math.floor((Date.parse(endsAt) - Date.now()) / 3_600_000));
  const isUpper = rank !== null && members >= 10 && top <= 50;
  const at = isUpper ? Math.round((1 - (rank - 1) / members) * (line - 1)) : -1;
  return (
    <OwnCard className="league-me" labelledBy="mine">
      <div className="line">
        <h2 id="mine">{isLast ? say.mineLast : say.mine}</h2>
        {state === 'OPEN' ? (
          <Tag icon="clock" tone="wait">
            {say.left(Math.floor(hours / 24), hours % 24)}
          </Tag>
        ) : (
          <Tag icon={state === 'FINAL' ? 'check' : 'clock'}>{state === 'FINAL' ? say.final : say.counting}</Tag>
        )}
      </div>
      <div className="league-place">
        <Face of={row ?? meant} size={72} />
        {rank === null ? (
          <p>{isLast ? say.noPointsLast : say.noPoints}</p>
        ) : (
          <p>
            <b>{say.place(rank)}</b>
            <span className="soft">
              {say.of(members)}
              {isUpper && ` · ${say.top(top)}`}
            </span>
            <span className="soft">{say.laid(points)}</span>
          </p>
        )}
      </div>
      {isUpper && (
        <div className="league-line" aria-hidden="true">
          {Array.from({ length: line }, (_, place) => (
            <i key={place} className={place === at ? 'brick hue-0' : 'hole'} />
          ))}
        </div>
      )}
      {rank !== null && rank > shown && (
        <p className="soft league-only">
          <Icon name="lock" size={16} /> {say.only(shown)}
        </p>
      )}
    </OwnCard>
  );
}

/** To somebody who does not take part: what it is, with what one would be. */
function Join({ of, children }: Children & { readonly of: Membership }) {
  const say = useTexts('leagues');
  return (
    <section className="card league-join" aria-labelledby="join">
      <span className="league-herd" aria-hidden="true">
        <Animal of="RABBIT" size={46} />
        <Animal of={of.animal} size={64} />
        <Animal of="OWL" size={46} />
      </span>
      <h2 id="join">{say.join.title}</h2>
      <p className="soft">{say.join.lead}</p>
      {/* In a wide window, which has no dock. */}
      {children && <div className="side-do">{children}</div>}
    </section>
  );
}
