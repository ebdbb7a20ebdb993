import './manage.css';
import { useList } from '../../app/cache.ts';
import { type Decision, decisions } from '../../app/data/manage.ts';
import { ago } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

type Kind = Decision['subject']['kind'];
/** A decision on a person has their name in the place of a word for its kind. */
type ThingKind = Exclude<Kind, 'member' | 'application' | 'attendance'>;

const icons: Readonly<Record<Kind, IconName>> = {
  member: 'person',
  application: 'door',
  certification: 'check',
  attendance: 'calendar',
  excuse: 'moon',
  record: 'trophy',
  group: 'people',
  plan: 'flag',
  post: 'flag',
  comment: 'flag',
  poll: 'flag',
  message: 'flag',
};

/** A check says that something was granted. */
const refused = ['REJECTED', 'DENIED', 'WARNED', 'KICKED', 'HIDDEN', 'REFUSED', 'STRUCK'];

/** Who decided what, the last first. Nothing can be taken out of it. A page that is open may be older than a kind or a state. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').decisions;
  const language = locale.use();
  const list = useList(decisions(groupId));
  const frame = { className: 'manage list', title: say.title, back: `/groups/${groupId}/manage` };
  if (!list.items) return <Unready {...frame} of={[list]} />;
  const states: Readonly<Record<string, string>> = say.states;
  const what = ({ subject, author, after }: Decision) => {
    const [state = '', count] = after.split(':');
    const words = states[`${subject.kind}:${state}`] ?? states[state] ?? state;
    const kind = say.kinds[subject.kind as ThingKind] ?? subject.kind;
    const thing = author ? say.whose(author.nickname, kind) : kind;
    const about = subject.nickname ? say.of(subject.nickname) : thing;
    return `${about} · ${words}${count ? ` ${count}` : ''}`;
  };
  return (
    <Page {...frame}>
      {list.items.length === 0 ? (
        <Empty title={say.none} lead={say.noneLead} />
      ) : (
        <Rows>
          {list.items.map((each) => (
            <Row
              key={each.id}
              lead={
                refused.includes(each.after.split(':')[0]!) ? (
                  <Tile icon="undo" tone="bad" />
                ) : (
                  <Tile icon={icons[each.subject.kind] ?? 'flag'} />
                )
              }
              title={what(each)}
              text={
                <>
                  {say.by(each.by.nickname)} · {ago(each.decidedAt, language)}
                  {each.reason && <span className="why">{each.reason}</span>}
                </>
              }
            />
          ))}
        </Rows>
      )}
      <More of={list} />
    </Page>
  );
}
