import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed } from '../../app/cache.ts';
import type { Certification } from '../../app/data/groups.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, cx } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock } from '../../ui/page.tsx';
import { Tag } from '../../ui/rows.tsx';
import { toggled } from './checklist.tsx';
import { Signs } from './proof.tsx';
import { Why } from './why.tsx';

type Decision = 'APPROVED' | 'DENIED';

/** What moim said to one of them. */
type Told = { readonly decision: Decision; readonly problem: { readonly title: string } | null };

interface SeveralProps {
  readonly groupId: string;
  readonly items: readonly Certification[];
  readonly onClose: () => void;
}

/**
 * Approving many at once, or sending them back with one reason. Each is decided for itself, and what became of it stands beside
 * it until one leaves.
 */
export function Several({ groupId, items, onClose }: SeveralProps) {
  const say = useTexts('group').review;
  // What is decided stays on the screen, though the queue has let it go.
  const [shown] = useState(items);
  const [picked, pick] = useState<ReadonlySet<string>>(new Set());
  const [told, hear] = useState<ReadonlyMap<string, Told>>(new Map());
  const [isBusy, work] = useState(false);
  const [isAsking, askWhy] = useState(false);
  const once = useOnce();
  const most = limits.certification.decisions;
  const now = (id: string) => items.find((each) => each.id === id);
  const isReady = ({ id, imagesState }: Certification) =>
    (now(id)?.imagesState ?? imagesState) === 'READY' && !told.has(id);
  const open = shown.filter(isReady);
  const chosen = open.filter(({ id }) => picked.has(id));
  const isAll = chosen.length === Math.min(open.length, most) && chosen.length > 0;
  // From what is picked at that moment: two quick taps come before the next drawing.
  const toggle = (id: string) => pick((now) => toggled(now, id));
  const decide = async (decision: Decision, reason?: string) => {
    work(true);
    const ids = chosen.map(({ id }) => id);
    const body = { ids, decision, ...(reason === undefined ? {} : { reason }) };
    const words = say.many[decision];
    try {
      const { results } = await once(body, (idempotencyKey) =>
        api.certifications.decideCertifications({ params: { groupId }, body, idempotencyKey }),
      );
      hear(new Map([...told, ...results.map(({ id, problem }) => [id, { decision, problem }] as const)]));
      pick(new Set());
      const left = results.filter(({ problem }) => problem).length;
      tell(left > 0 ? words.left(left) : words.done(results.length));
    } catch (error) {
      complain(error);
    }
    work(false);
    void changed('group', groupId);
    void changed('today');
  };
  return (
    <>
      <div className="review-bar">
        <Button small kind="quiet" icon="back" onClick={onClose}>
          {say.oneByOne}
        </Button>
        {open.length > 0 && (
          <Button
            small
            kind="quiet"
            onClick={() => pick(isAll ? new Set() : new Set(open.slice(0, most).map(({ id }) => id)))}
          >
            {isAll ? say.selectNone : say.all}
          </Button>
        )}
      </div>
      <ul className="review-many">
        {shown.map((each) => (
          <Line
            key={each.id}
            of={each}
            told={told.get(each.id)}
            isReady={isReady(each)}
            isOn={picked.has(each.id)}
            isFull={chosen.length >= most}
            onToggle={() => toggle(each.id)}
          />
        ))}
      </ul>
      <Dock two>
        <Button kind="quiet" disabled={isBusy || chosen.length === 0} onClick={() => askWhy(true)}>
          {say.deny}
        </Button>
        <Button icon="check" busy={isBusy} disabled={chosen.length === 0} onClick={() => decide('APPROVED')}>
          {chosen.length > 0 ? say.approveMany(chosen.length) : say.approve}
        </Button>
      </Dock>
      {isAsking && (
        <Why
          title={say.many.DENIED.title(chosen.length)}
          lead={say.many.DENIED.lead}
          onClose={() => askWhy(false)}
          onSend={(reason) => {
            askWhy(false);
            return decide('DENIED', reason);
          }}
        />
      )}
    </>
  );
}

interface LineProps {
  readonly of: Certification;
  readonly told: Told | undefined;
  readonly isReady: boolean;
  readonly isOn: boolean;
  readonly isFull: boolean;
  readonly onToggle: () => void;
}

function Line({ of, told, isReady, isOn, isFull, onToggle }: LineProps) {
  const say = useTexts('group').review;
  const { id, author, missionTitle, text, thumbnails, images } = of;
  const shot = thumbnails?.[0] ?? images[0];
  return (
    <li className={cx('card review-pick', told && 'told')}>
      <input
        id={`pick-${id}`}
        type="checkbox"
        checked={isOn}
        disabled={!isReady || (isFull && !isOn)}
        onChange={onToggle}
      />
      <i className="tick" aria-hidden="true">
        <Icon name="check" size={18} />
      </i>
      {shot ? <img className="thumb" src={shot} alt="" /> : <span />}
      <div className="text">
        <label htmlFor={`pick-${id}`}>
          <b>{say.pick(author.nickname, missionTitle ?? '')}</b>
        </label>
        {text && <p className="clamp">{text}</p>}
        <Signs of={of} />
        <span role="status">
          {told &&
            (told.problem ? (
              <Tag icon="warn" tone="bad">
                {told.problem.title}
              </Tag>
            ) : (
              <Tag {...(told.decision === 'APPROVED' ? { icon: 'check', tone: 'good' } : { icon: 'undo' })}>
                {say.many[told.decision].result}
              </Tag>
            ))}
          {!told && !isReady && <Tag icon="clock">{say.notReady}</Tag>}
        </span>
      </div>
    </li>
  );
}
