import './returning.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnew } from '../../app/cache.ts';
import { type TodayInGroup, today } from '../../app/data/account.ts';
import { plusDays, shortDay } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Switch, Tiles } from '../../ui/choices.tsx';
import { Field, Form, Select, Submit, type Values } from '../../ui/form.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note, Rows } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

type Back = NonNullable<TodayInGroup['back']>;
type Choice = 'GO_ON' | 'EXCUSE' | 'FEWER' | 'REST' | 'LEAVE';
type Body = Parameters<typeof api.returning.comeBack>[0]['body'];

/** How to go on in a group after time away: each choice says what it changes. Nothing is asked, nothing is counted up. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('returning');
  const list = useAnew(today());
  const frame = { className: 'returning', title: say.title };
  if (!list.data) return <Unready {...frame} of={[list]} rows={2} />;
  const item = list.data.items.find(({ group }) => group.id === groupId);
  if (!item?.back)
    return (
      <Page {...frame}>
        <Empty title={say.nothing} lead={say.nothingLead}>
          <Button kind="quiet" href={`/groups/${groupId}`}>
            {say.toGroup}
          </Button>
        </Empty>
      </Page>
    );
  return (
    <Page {...frame} sub={item.group.title}>
      <p className="lead">{say.lead}</p>
      {item.streak && item.streak.best > 0 && (
        <Note icon="flame">{say.best(say.counted[item.streak.unit](item.streak.best))}</Note>
      )}
      <Choosing of={item} back={item.back} />
    </Page>
  );
}

const icons = { GO_ON: 'check', EXCUSE: 'undo', FEWER: 'down', REST: 'moon', LEAVE: 'leave' } as const satisfies Record<
  Choice,
  IconName
>;

function Choosing({ of, back }: { readonly of: TodayInGroup; readonly back: Back }) {
  const say = useTexts('returning');
  const language = locale.use();
  const [choice, choose] = useState<Choice>('GO_ON');
  const [greet, setGreet] = useState(false);
  const once = useOnce();
  const { group, day, missions } = of;
  const groupId = group.id;
  const { gap, fewer, restUntil, asksLeader, mayLeave } = back;
  const gapDays = gap ? [...new Set([gap.from, gap.until])].map((each) => shortDay(each, language)).join('~') : '';
  const texts: Readonly<Record<Choice, string>> = {
    GO_ON: say.goOn,
    EXCUSE: asksLeader ? say.excuseAsks(gapDays) : say.excuse(gapDays),
    FEWER: say.fewer,
    REST: say.rest(shortDay(restUntil, language)),
    LEAVE: say.leave,
  };
  const offered = (['GO_ON', 'FEWER', 'EXCUSE', 'REST', 'LEAVE'] as const).filter(
    (each) => (each !== 'EXCUSE' || gap) && (each !== 'FEWER' || fewer.length > 0) && (each !== 'LEAVE' || mayLeave),
  );
  const send = async (values: Values) => {
    const body = bodyOf(choice, { greet, fewer: fewer[0]?.missionId ?? '', ...values });
    const answer = await once(body, (idempotencyKey) =>
      api.returning.comeBack({ params: { groupId }, body, idempotencyKey }),
    );
    const isAsked = choice === 'EXCUSE' && answer.excuse?.state === 'PENDING';
    tell(choice === 'FEWER' ? say.done.FEWER(answer.quota?.timesPerWeek ?? 1) : say.done[isAsked ? 'ASKED' : choice]);
    void changed('group', groupId);
    void changed('today');
    navigate(choice === 'LEAVE' || choice === 'REST' ? '/' : `/groups/${groupId}`, { replace: true });
  };
  const most = (missionId: string) => fewer.find((each) => each.missionId === missionId)?.most ?? 1;
  const [reduced, reduce] = useState(fewer[0]?.missionId ?? '');
  return (
    <Form onSubmit={send}>
      <Tiles
        label={say.how}
        options={offered.map((value) => ({
          value,
          icon: icons[value],
          title: say.choices[value],
          text: texts[value],
        }))}
        value={choice}
        onChoose={choose}
      />
      {choice === 'EXCUSE' && (
        <Field label={say.reason} name="reason" rows={2} maxLength={limits.excuse.reason} hint={say.reasonHint} />
      )}
      {choice === 'FEWER' && (
        <>
          {fewer.length > 1 && (
            <Select
              label={say.mission}
              name="fewer"
              options={fewer.map(({ missionId }) => [
                missionId,
                missions.find(({ id }) => id === missionId)?.title ?? '',
              ])}
              value={reduced}
              onChange={reduce}
            />
          )}
          <Select
            key={reduced}
            label={say.times}
            name="timesPerWeek"
            options={Array.from({ length: most(reduced) }, (_, at) => [String(at + 1), say.timesN(at + 1)] as const)}
            value={String(Math.ceil(most(reduced) / 2))}
          />
        </>
      )}
      {choice === 'REST' && (
        <Field
          label={say.until}
          name="until"
          type="date"
          value={plusDays(day, 6) < restUntil ? plusDays(day, 6) : restUntil}
          min={day}
          max={restUntil}
          required
        />
      )}
      {choice === 'LEAVE' ? (
        <Field label={say.word} name="word" rows={3} maxLength={limits.returning.word} hint={say.wordHint} />
      ) : (
        <Rows>
          <Switch label={say.greet} hint={say.greetHint} on={greet} onChange={setGreet} />
        </Rows>
      )}
      <Dock>
        <Submit kind={choice === 'LEAVE' ? 'danger' : 'main'}>{say.send[choice]}</Submit>
      </Dock>
    </Form>
  );
}

/** A choice as the API takes it. */
function bodyOf(
  choice: Choice,
  {
    greet,
    fewer,
    reason = '',
    timesPerWeek = '1',
    until = '',
    word = '',
  }: { greet: boolean; fewer: string } & Partial<Record<'reason' | 'timesPerWeek' | 'until' | 'word', string>>,
): Body {
  switch (choice) {
    case 'EXCUSE':
      return { choice, reason, greet };
    case 'FEWER':
      return { choice, missionId: fewer, timesPerWeek: Number(timesPerWeek), greet };
    case 'REST':
      return { choice, until, greet };
    case 'LEAVE':
      return { choice, ...(word ? { word } : {}) };
    default:
      return { choice, greet };
  }
}
