import './missions.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { group, type OwnGroup, own } from '../../app/data/groups.ts';
import { type Mission, mission, missionStatus } from '../../app/data/missions.ts';
import { shortDay, today } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { api, session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button, Round } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Note, Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { More, Unanswered } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { isLive, oftenOf, State, whenOf } from './words.tsx';

const ownId = () => {
  const now = session.get();
  return now.status === 'in' ? now.accountId : undefined;
};

/** One mission: what it asks for, what is left to do, and who has done it. */
export function Screen({ groupId, missionId }: { readonly groupId: string; readonly missionId: string }) {
  const say = useTexts('missions');
  const language = locale.use();
  const view = useAnswer(group(groupId));
  const found = useAnswer(mission(groupId, missionId));
  const frame = { className: 'missions', back: `/groups/${groupId}/missions` };
  if (!view.data || !found.data) return <Unready {...frame} title={say.title} of={[view, found]} />;
  const { group: about, role } = view.data;
  const it = found.data;
  const mayEdit = isLive(it) && (role === 'LEADER' || (it.makerId === ownId() && it.kind === 'ONCE'));
  const canCertify = isLive(it) && it.status !== 'WAIT' && it.mine === 'TODO';
  return (
    <Page
      {...frame}
      title={it.title}
      sub={[say.kinds[it.kind], say.ways[it.way], whenOf(it, about.timeZone, say, language)]
        .filter((each, at, all) => all.indexOf(each) === at)
        .join(' · ')}
      end={mayEdit && <Round icon="edit" label={say.edit} href={`/groups/${groupId}/missions/${missionId}/edit`} />}
    >
      {it.excused && <Note icon="moon">{say.excusedToday}</Note>}
      <About of={it} />
      {it.quota !== null && <OwnQuota of={it} quota={it.quota} />}
      <Skipping of={it} about={about} />
      {isLive(it) && (
        <Rows>
          <Row
            href={`/groups/${groupId}/missions/${missionId}/reminder`}
            lead={<Tile icon="bell" />}
            title={say.reminder.open}
            text={say.reminder.openLead}
          />
        </Rows>
      )}
      <Everybody groupId={groupId} missionId={missionId} kind={it.kind} />
      {canCertify && (
        <Dock>
          <Button href={`/groups/${groupId}/certify?mission=${missionId}`} icon="camera">
            {say.certify}
          </Button>
        </Dock>
      )}
    </Page>
  );
}

function About({ of }: { readonly of: Mission }) {
  const say = useTexts('missions');
  const language = locale.use();
  const { status, mine, done, total, content, rule, checklist, next } = of;
  return (
    <section className="card mission-head" aria-label={say.about}>
      <div className="line">
        {isLive(of) && status !== 'WAIT' ? (
          <State of={mine} say={say} />
        ) : (
          <Tag icon={status === 'SUCCESS' ? 'check' : 'clock'} {...(status === 'SUCCESS' ? { tone: 'good' } : {})}>
            {say.status[status]}
          </Tag>
        )}
        {done !== null && <span className="soft">{say.doneOf(done, total)}</span>}
      </div>
      {done !== null && (
        <span className="mission-bar" aria-hidden="true">
          <i style={{ inlineSize: `${(100 * done) / Math.max(1, total)}%` }} />
        </span>
      )}
      {content && <p>{content}</p>}
      {checklist.length > 0 && (
        <ol className="mission-items" aria-label={say.checklist}>
          {checklist.map(({ text, photo }, at) => (
            <li key={at}>
              <Icon name="check" size={18} />
              <span>{text}</span>
              {photo && <Tag icon="camera">{say.withPhoto}</Tag>}
            </li>
          ))}
        </ol>
      )}
      {rule && (
        <p>
          <b>{say.rule}</b> {rule}
        </p>
      )}
      {next && <p className="hint">{say.next(shortDay(next.from, language), oftenOf(next, say))}</p>}
    </section>
  );
}

/** How often the person has chosen to do it, and the way back to as often as it asks. */
function OwnQuota({ of, quota }: { readonly of: Mission; readonly quota: number }) {
  const say = useTexts('missions').quota;
  const [isDone, finish] = useState(false);
  const [isBusy, work] = useState(false);
  const clear = async () => {
    work(true);
    await api.returning.clearQuota({ params: { groupId: of.groupId, missionId: of.id } }).then(() => {
      finish(true);
      tell(say.cleared);
    }, complain);
    work(false);
    void changed('group', of.groupId);
    void changed('today');
  };
  return (
    <div className="mission-acts">
      <Note icon="heart">{isDone ? say.cleared : say.own(quota)}</Note>
      {!isDone && (
        <Button kind="quiet" busy={isBusy} icon="undo" onClick={clear}>
          {say.clear}
        </Button>
      )}
    </div>
  );
}

/** Leaving it out with a reason, and doing it after all. */
function Skipping({ of, about }: { readonly of: Mission; readonly about: OwnGroup['group'] }) {
  const say = useTexts('missions').skip;
  const [isAsking, ask] = useState(false);
  const [isBusy, work] = useState(false);
  const { groupId, id: missionId, kind, mine, weekdays, status } = of;
  const once = useOnce();
  // Monday is the first day of moim, and the second of JavaScript.
  const weekday = new Date(`${today(about.timeZone, new Date(), about.dayStart)}T12:00Z`).getUTCDay() || 7;
  const isAskedToday = kind === 'ONCE' || weekdays.includes(weekday);
  if (status !== 'ONGOING') return null;
  const told = () => Promise.all([changed('group', groupId), changed('today')]);
  const takeBack = async () => {
    work(true);
    try {
      const { items } = await own(groupId).ask();
      const day = today(about.timeZone, new Date(), about.dayStart);
      const skip = items.find(
        (each) => each.missionId === missionId && each.status === 'SKIPPED' && (kind === 'ONCE' || each.day === day),
      );
      if (skip)
        await api.certifications.deleteCertification({
          params: { groupId, certificationId: skip.id },
          idempotencyKey: crypto.randomUUID(),
        });
      tell(say.backDone);
    } catch (error) {
      complain(error);
    }
    await told();
    work(false);
  };
  if (mine === 'SKIPPED')
    return (
      <div className="mission-acts">
        <Note icon="moon">{say.isSkipped}</Note>
        <Button kind="quiet" busy={isBusy} icon="undo" onClick={takeBack}>
          {say.back}
        </Button>
      </div>
    );
  if (mine !== 'TODO' || !isAskedToday) return null;
  return (
    <div className="mission-acts">
      <Button kind="quiet" icon="moon" onClick={() => ask(true)}>
        {kind === 'ONCE' ? say.actionOnce : say.action}
      </Button>
      {isAsking && (
        <Confirm
          title={say.title}
          lead={say.lead}
          action={say.send}
          onClose={() => ask(false)}
          onConfirm={async ({ reason = '' }) => {
            const params = { groupId, missionId };
            await once({ reason, missionId }, (idempotencyKey) =>
              api.certifications.skipMission({ params, body: { reason }, idempotencyKey }),
            );
            tell(say.done);
            await told();
          }}
        >
          <Field label={say.reason} name="reason" rows={3} maxLength={limits.certification.text} required />
        </Confirm>
      )}
    </div>
  );
}

interface EverybodyProps {
  readonly groupId: string;
  readonly missionId: string;
  readonly kind: Mission['kind'];
}

/** Who has done it, oneself first. It stands at the end and comes after the rest: nothing above it moves. */
function Everybody({ groupId, missionId, kind }: EverybodyProps) {
  const say = useTexts('missions');
  const list = useList(missionStatus(groupId, missionId));
  const [done, total] = [list.first?.done, list.first?.total];
  const me = ownId();
  return (
    <Section
      title={kind === 'ONCE' ? say.people : say.peopleToday}
      end={typeof done === 'number' && <span className="soft">{say.peopleCount(done, total ?? 0)}</span>}
    >
      {list.items ? (
        <Rows>
          {list.items.map(({ account, state, excused }, at) => (
            <Row
              key={account.id}
              lead={<Avatar name={account.nickname} picture={account.picture} at={at} />}
              title={account.id === me ? `${account.nickname} (${say.me})` : account.nickname}
              href={`/groups/${groupId}/progress/${account.id}`}
              end={
                <>
                  {excused && <Tag icon="moon">{say.resting}</Tag>}
                  {!(excused && state === 'TODO') && <State of={state} say={say} />}
                </>
              }
            />
          ))}
        </Rows>
      ) : (
        <Unanswered of={[list]} rows={1} />
      )}
      <More of={list} />
    </Section>
  );
}
