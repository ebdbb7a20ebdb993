import { useState } from 'preact/hooks';
import { online } from '../../app/live.ts';
import { discard, isOver, progress, sendAgain, type Waiting } from '../../app/outbox.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, cx } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page, Title } from '../../ui/page.tsx';
import { useAddress } from '../../ui/waiting.tsx';

/** What became of a certification that this device has taken in. */
export function Outcome({ entry }: { readonly entry: Waiting }) {
  const back = `/groups/${entry.groupId}`;
  if (entry.state === 'SENT') return <Done status={entry.status ?? 'WAITING'} back={back} />;
  return entry.state === 'REFUSED' ? <Refused entry={entry} back={back} /> : <Sending entry={entry} back={back} />;
}

interface PartProps {
  readonly entry: Waiting;
  readonly back: string;
}

function Sending({ entry, back }: PartProps) {
  const say = useTexts('group').certify;
  const isOnline = online.use();
  const now = progress.use();
  const part = now?.id === entry.id ? now.part : 0;
  return (
    <Page className="brick-laid">
      <Shots entry={entry} />
      <Title key={String(isOnline)}>{isOnline ? say.onItsWay : say.waitsTitle}</Title>
      {isOnline && entry.shots.length > 0 && <progress aria-label={say.onItsWay} value={part} max={1} />}
      <p className="lead">{isOnline ? say.onItsWayLead : say.waitsLead}</p>
      <Button href={back}>{say.back}</Button>
    </Page>
  );
}

/** The photos as they are on this device. */
const Shots = ({ entry }: { readonly entry: Waiting }) => (
  <div className={cx('laid-shots', entry.shots.length > 1 && 'many')}>
    {entry.shots.map(({ blob }, at) => (
      <Shot key={at} blob={blob} at={at} />
    ))}
  </div>
);
function Shot({ blob, at }: { readonly blob: Blob; readonly at: number }) {
  const say = useTexts('group').certify;
  const url = useAddress(blob);
  return url ? <img src={url} alt={say.alt(at + 1)} /> : null;
}

/** What to do next, for refusals of which moim's own sentence does not say it. */
const advised = [
  'LATE',
  'NOT_FOUND',
  'CERTIFICATION_LIMIT',
  'NOT_IN_PERIOD',
  'NOT_ON_WEEKDAY',
  'UPLOAD_INVALID',
  'MAKE_UP_LIMIT',
  'MAKE_UP_OVER',
  'LATE_LIMIT',
] as const;

function Refused({ entry, back }: PartProps) {
  const say = useTexts('group').certify;
  const [isAtWork, work] = useState(false);
  const [isSure, ask] = useState(false);
  const { code = '', text } = entry.refusal ?? {};
  const known = advised.find((each) => each === code);
  const isForToday = isOver(entry) && code !== 'NOT_FOUND' && code !== 'UPLOAD_INVALID';
  // The same again helps nothing for now: the photos first.
  const isHopeless = known !== undefined && !isForToday;
  const saving = entry.shots.map(({ blob }, at) => (
    <Save
      key={at}
      blob={blob}
      isMain={isHopeless && at === 0}
      text={say.save(at + 1, entry.shots.length)}
      name={`moim-${entry.occurredAt.slice(0, 10)}-${at + 1}.jpg`}
    />
  ));
  return (
    <Page className="brick-laid refused">
      <Shots entry={entry} />
      <Title>{say.refusedTitle}</Title>
      {text && code !== 'NOT_FOUND' && (
        <p className="error" role="alert">
          <Icon name="warn" size={20} /> {text}
        </p>
      )}
      <p className="lead">{isForToday ? say.next.LATE : known ? say.next[known] : say.nextOther}</p>
      {entry.text && <p className="card refused-text">{entry.text}</p>}
      {isHopeless && saving}
      <Button
        kind={isHopeless ? 'quiet' : 'main'}
        busy={isAtWork}
        onClick={() => {
          work(true);
          void sendAgain(entry).finally(() => work(false));
        }}
      >
        {isForToday ? say.asToday : say.retry}
      </Button>
      {!isHopeless && saving}
      <div className="refused-end">
        <Button kind="plain" href={back}>
          {say.back}
        </Button>
        <Button kind="plain" onClick={() => ask(true)}>
          {say.discard}
        </Button>
      </div>
      {isSure && (
        <Confirm
          title={say.discardTitle}
          lead={say.discardLead}
          action={say.discard}
          danger
          onClose={() => ask(false)}
          onConfirm={() => discard(entry.id)}
        />
      )}
    </Page>
  );
}

interface SaveProps {
  readonly blob: Blob;
  readonly text: string;
  readonly name: string;
  readonly isMain: boolean;
}

/** Puts a photo among those of the device. */
function Save({ blob, text, name, isMain }: SaveProps) {
  const url = useAddress(blob);
  if (!url) return null;
  return (
    <a className={cx('button', !isMain && 'quiet')} href={url} download={name}>
      <Icon name="download" /> {text}
    </a>
  );
}

function Done({ status, back }: { readonly status: 'WAITING' | 'APPROVED'; readonly back: string }) {
  const say = useTexts('group').certify;
  return (
    <Page className="brick-laid">
      <span className="laid-bricks" aria-hidden="true">
        <i className="brick hue-0 falling" />
        <i className="brick hue-1" />
        <i className="brick hue-3" />
        <i className="brick hue-2" />
        <i className="brick hue-5" />
        <i className="brick hue-4" />
      </span>
      <Title>{say.doneTitle}</Title>
      <p className="lead">{status === 'WAITING' ? say.doneWaiting : say.doneApproved}</p>
      <Button href={back}>{say.back}</Button>
    </Page>
  );
}
