import './attendance.css';
import './code.css';
import { useEffect, useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { linkOf, stayAwake } from '../../app/check-in.ts';
import { attendanceDay } from '../../app/data/attendance.ts';
import { checkInCodes, codeAt, type ShownCodes } from '../../app/data/checkins.ts';
import { group } from '../../app/data/groups.ts';
import { dayAndTime, timeAt } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { hue } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { QrCode } from '../../ui/qr.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** Seconds of a code, as the ring has them. */
const whole = 30;

/** Moim's clock, as often as a ring of seconds needs it. */
function useNow(ahead: number): number {
  const [now, move] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => move(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now + ahead;
}

/**
 * The code of a meeting, for a phone that is passed round or a projector: each of 30 seconds. One answer has those of ten minutes,
 * so a network that fails for a while does not matter, and moim is asked a handful of times a meeting.
 */
export function Screen({ groupId }: { readonly groupId: string }) {
  const view = useAnswer(group(groupId));
  const codes = useAnswer(checkInCodes(groupId));
  const say = useTexts('attendance').code;
  const frame = { className: 'attendance on-wall', title: say.title, back: `/groups/${groupId}/attendance` };
  useEffect(stayAwake, []);
  if (!view.data || !codes.data) return <Unready {...frame} of={[view, codes]} rows={1} />;
  const { group: about } = view.data;
  return (
    <Page {...frame} sub={about.title}>
      <Shown
        groupId={groupId}
        of={codes.data}
        timeZone={about.timeZone}
        hasFailed={Boolean(codes.error)}
        ask={codes.refetch}
      />
    </Page>
  );
}

interface ShownProps {
  readonly groupId: string;
  readonly of: ShownCodes;
  readonly timeZone: string;
  readonly hasFailed: boolean;
  readonly ask: () => unknown;
}

function Shown({ groupId, of, timeZone, hasFailed, ask }: ShownProps) {
  const say = useTexts('attendance').code;
  const language = locale.use();
  const now = useNow(of.ahead);
  const { state, code, until, asks } = codeAt(of, now);
  const { meeting } = of;
  const isBare = state === 'OPEN' && !code;
  // Once when it has to be, and again every half minute while no answer comes.
  const turn = Math.floor(now / 30_000);
  useEffect(() => void ((asks || isBare) && ask()), [asks, isBare, asks || isBare ? turn : 0]);
  const plan = (
    <Button kind="quiet" href={`/groups/${groupId}/attendance`}>
      {say.back}
    </Button>
  );
  if (!meeting)
    return (
      <Empty title={say.none} lead={say.noneLead}>
        {plan}
      </Empty>
    );
  const { place, startsAt, opensAt, closesAt } = meeting;
  if (state === 'EARLY')
    return <Empty title={say.early(dayAndTime(opensAt, timeZone, language))} lead={say.earlyLead} />;
  if (state === 'OVER')
    return (
      <Empty title={say.over} lead={say.overLead}>
        {plan}
      </Empty>
    );
  return (
    <>
      <section className="card check-in" aria-label={say.label}>
        <p className="check-in-lead">{say.lead}</p>
        {code && until ? (
          <div className="check-in-both">
            <div className="check-in-code">
              <Digits code={code} />
              <Ring left={Math.max(0, Math.ceil((until - now) / 1000))} />
            </div>
            <QrCode text={linkOf(groupId, code)} label={say.qr} />
          </div>
        ) : (
          <p className="check-in-lead" role="alert">
            {say.lost}
          </p>
        )}
      </section>
      <Here groupId={groupId} />
      <p className="check-in-when soft">
        {[place, say.from(timeAt(startsAt, timeZone, language)), say.until(timeAt(closesAt, timeZone, language))]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {hasFailed && code && (
        <Note icon="warn" tone="wait">
          {say.offline}
        </Note>
      )}
    </>
  );
}

/** How many have come, and what still waits: asked again when somebody checks in, not by the clock. */
function Here({ groupId }: { readonly groupId: string }) {
  const say = useTexts('attendance').code;
  const { data } = useAnswer(attendanceDay(groupId));
  const here = data?.here?.of ? data.here : undefined;
  const waiting = data?.waiting ?? 0;
  return (
    <p className="check-in-here" role="status">
      {here && <b>{here.came >= here.of ? say.allHere(here.of) : say.here(here.came, here.of)}</b>}
      {here && waiting > 0 && <a href={`/groups/${groupId}/attendance/waiting`}>{say.waits(waiting)}</a>}
    </p>
  );
}

/** Six bricks with a digit each, in two threes as one says them. */
function Digits({ code }: { readonly code: string }) {
  const say = useTexts('attendance').code;
  const spoken = `${code.slice(0, 3)} ${code.slice(3)}`;
  return (
    <p className="check-in-digits" role="img" aria-label={say.codeIs(spoken)}>
      {[...code].map((digit, at) => (
        <span key={at} className={`brick ${hue(at)}`} aria-hidden="true">
          {digit}
        </span>
      ))}
    </p>
  );
}

/** How long the code is good for: a ring that gets smaller, with its seconds in it. */
function Ring({ left }: { readonly left: number }) {
  const say = useTexts('attendance').code;
  const side = 72;
  const radius = 30;
  const around = 2 * Math.PI * radius;
  return (
    <p className="check-in-left" role="timer" aria-label={say.newIn(left)}>
      <svg width={side} height={side} viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
        <circle className="left-whole" cx={side / 2} cy={side / 2} r={radius} />
        <circle
          className="left-now"
          cx={side / 2}
          cy={side / 2}
          r={radius}
          stroke-dasharray={around}
          stroke-dashoffset={around * (1 - Math.min(1, left / whole))}
          transform={`rotate(-90 ${side / 2} ${side / 2})`}
        />
        <text x={side / 2} y={side / 2 + 7} text-anchor="middle">
          {left}
        </text>
      </svg>
      <span aria-hidden="true">{say.newIn(left)}</span>
    </p>
  );
}
