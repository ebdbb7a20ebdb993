import './manage.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { cache, changed, useAnswer } from '../../app/cache.ts';
import { members } from '../../app/data/groups.ts';
import { type Excuse, excusesWaiting } from '../../app/data/missions.ts';
import { shortDay } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** Who asks for days off, one after the other. A decided one leaves at once. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').excused;
  const language = locale.use();
  const queue = useAnswer(excusesWaiting(groupId));
  const people = useAnswer(members(groupId));
  const [refused, refuse] = useState<Excuse>();
  const [isBusy, work] = useState(false);
  const frame = { className: 'manage', title: say.title, back: `/groups/${groupId}/manage` };
  if (!queue.data || !people.data) return <Unready {...frame} of={[queue, people]} rows={1} />;
  const { items } = queue.data;
  const [first] = items;
  if (!first)
    return (
      <Page {...frame}>
        <Empty title={say.none} lead={say.noneLead} />
      </Page>
    );
  const at = people.data.items.findIndex(({ accountId }) => accountId === first.accountId);
  const member = people.data.items[at];
  const name = member?.nickname ?? say.somebody;
  const one = ({ id }: Excuse) => ({ params: { groupId, excuseId: id } });
  const decided = ({ id }: Excuse, text: string) => {
    cache.setQueryData(excusesWaiting(groupId).key, { ...queue.data!, items: items.filter((each) => each.id !== id) });
    tell(text);
    void changed('group', groupId);
    void changed('today');
  };
  const grant = async () => {
    work(true);
    await api.excuses.grantExcuse(one(first)).then(
      () => decided(first, say.granted(name)),
      (error) => {
        complain(error);
        return changed('group', groupId, 'excuses');
      },
    );
    work(false);
  };
  return (
    <Page {...frame} end={<span className="chip">{say.left(items.length)}</span>}>
      <article className="card application" key={first.id}>
        <header>
          <Avatar name={name} picture={member?.picture} at={at} size={56} />
          <div>
            <h2>{name}</h2>
            <span className="soft">
              {[...new Set([first.from, first.until])].map((day) => shortDay(day, language)).join('~')}
            </span>
          </div>
        </header>
        <blockquote>{first.reason}</blockquote>
      </article>
      <Dock two>
        <Button kind="quiet" disabled={isBusy} onClick={() => refuse(first)}>
          {say.refuse}
        </Button>
        <Button icon="check" busy={isBusy} onClick={grant}>
          {say.grant}
        </Button>
      </Dock>
      {refused && (
        <Confirm
          title={say.refuseTitle(name)}
          lead={say.refuseLead}
          action={say.refuseDo}
          onClose={() => refuse(undefined)}
          onConfirm={async ({ reason = '' }) => {
            await api.excuses.refuseExcuse({ ...one(refused), body: { reason } });
            decided(refused, say.refusedTo(name));
          }}
        >
          <Field label={say.reason} name="reason" rows={3} maxLength={limits.decisionReason} required />
        </Confirm>
      )}
    </Page>
  );
}
