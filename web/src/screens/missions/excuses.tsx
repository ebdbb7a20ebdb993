import './missions.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { group, type OwnGroup } from '../../app/data/groups.ts';
import { type Excuse, excuses } from '../../app/data/missions.ts';
import { plusDays, shortDay, today } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Tag } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

const limit = limits.excuse;

/** `3월 4일~3월 6일`, or one day. */
const daysOf = ({ from, until }: Pick<Excuse, 'from' | 'until'>, language: string) =>
  [...new Set([from, until])].map((day) => shortDay(day, language)).join('~');

/** The person's days off in a group: asking for some, and taking them back. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('missions').rest;
  const view = useAnswer(group(groupId));
  const list = useList(excuses(groupId));
  const [isAsking, ask] = useState(false);
  const [back, takeBack] = useState<Excuse>();
  const frame = { className: 'missions', title: say.title, back: `/groups/${groupId}/missions` };
  if (!view.data || !list.items) return <Unready {...frame} of={[view, list]} rows={2} />;
  const { group: about } = view.data;
  const now = today(about.timeZone, new Date(), about.dayStart);
  const told = () => {
    void changed('group', groupId);
    void changed('today');
  };
  return (
    <Page {...frame} sub={about.title}>
      <p className="lead">{say.lead}</p>
      <Section title={say.own}>
        {list.items.length === 0 ? (
          <Empty title={say.none} lead={say.noneLead} />
        ) : (
          <div className="rest-list">
            {list.items.toReversed().map((each) => (
              <Line key={each.id} of={each} now={now} onBack={() => takeBack(each)} />
            ))}
          </div>
        )}
        <More of={list} />
      </Section>
      <Dock>
        <Button icon="moon" onClick={() => ask(true)}>
          {say.ask}
        </Button>
      </Dock>
      {isAsking && <Asking about={about} now={now} onClose={() => ask(false)} onDone={told} />}
      {back && (
        <Confirm
          title={say.backTitle}
          lead={say.backLead}
          action={say.backDo}
          onClose={() => takeBack(undefined)}
          onConfirm={async () => {
            await api.excuses.withdrawExcuse({ params: { groupId, excuseId: back.id } });
            told();
            tell(say.backDone);
          }}
        />
      )}
    </Page>
  );
}

const looks = {
  PENDING: ['clock', 'wait'],
  GRANTED: ['moon', 'good'],
  REFUSED: ['undo', 'bad'],
  WITHDRAWN: ['off', undefined],
} as const;

function Line({ of, now, onBack }: { readonly of: Excuse; readonly now: string; readonly onBack: () => void }) {
  const say = useTexts('missions').rest;
  const language = locale.use();
  const { state, from, reason, refusal } = of;
  const [icon, tone] = looks[state];
  const days = daysOf(of, language);
  return (
    <article className="card rest-line">
      <header>
        <b>{days}</b>
        <Tag icon={icon} {...(tone ? { tone } : {})}>
          {say.states[state]}
        </Tag>
      </header>
      <p className="soft">{reason}</p>
      {refusal && <p>{say.refusal(refusal)}</p>}
      {(state === 'PENDING' || (state === 'GRANTED' && from > now)) && (
        <Button small kind="quiet" icon="undo" onClick={onBack}>
          {say.back(days)}
        </Button>
      )}
    </article>
  );
}

interface AskingProps {
  readonly about: OwnGroup['group'];
  readonly now: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Asking({ about, now, onClose, onDone }: AskingProps) {
  const say = useTexts('missions').rest;
  const once = useOnce();
  const [from, begin] = useState(now);
  return (
    <Confirm
      title={say.ask}
      lead={about.excusesNeedApproval ? say.needsGrant(limit.mostDays) : say.rules(limit.freeDays, limit.mostDays)}
      action={say.send}
      onClose={onClose}
      onConfirm={async ({ from: first = now, until = '', reason = '' }) => {
        const params = { groupId: about.id };
        const body = { from: first, until: until || first, reason };
        const { state } = await once(body, (idempotencyKey) =>
          api.excuses.requestExcuse({ params, body, idempotencyKey }),
        );
        onDone();
        tell(state === 'GRANTED' ? say.granted : say.pending);
      }}
    >
      <div className="two-fields">
        <Field
          label={say.from}
          name="from"
          type="date"
          value={now}
          min={plusDays(now, -limit.daysBack)}
          max={plusDays(now, limit.daysAhead)}
          hint={say.fromHint(limit.daysBack)}
          onInput={begin}
          required
        />
        <Field
          label={say.until}
          name="until"
          type="date"
          value={now}
          min={from}
          max={from ? plusDays(from, limit.mostDays - 1) : plusDays(now, limit.mostDays - 1)}
          required
        />
      </div>
      <Field label={say.reason} name="reason" rows={3} placeholder={say.reasonHint} maxLength={limit.reason} required />
    </Confirm>
  );
}
