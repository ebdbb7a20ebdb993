import { useState } from 'preact/hooks';
import { useList } from '../../app/cache.ts';
import type { Certification } from '../../app/data/groups.ts';
import {
  type CheerKind,
  type Cheers as Counts,
  changeCheers,
  cheerKinds,
  whoCheers,
  withCheer,
} from '../../app/data/missions.ts';
import { api } from '../../app/session.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { cx } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Empty, More, Unanswered } from '../../ui/states.tsx';

/** Six signs, drawn for moim: each has a shape of its own, so that no colour is needed to tell them apart. */
const signs: Readonly<Record<CheerKind, string>> = {
  HEART:
    'M12 20S3.500 15.200 3.500 9.400A4.600 4.600 0 0 1 12 6.900a4.600 4.600 0 0 1 8.500 2.500C20.500 15.200 12 20 12 20Z',
  CLAP: 'M9 20.500 4.700 15.600a2 2 0 0 1 .2-2.800L11 7.400a1.600 1.600 0 0 1 2.200 2.400l4-3.500a1.600 1.600 0 0 1 2.100 2.400l.3 4.300a6 6 0 0 1-2 4.600l-2.600 2.300a4 4 0 0 1-6 .6ZM9.500 4.500V2.500M13.500 4 15 2.500M5.500 6.500 4 5.500',
  FIRE: 'M12 21a6.500 6.500 0 0 0 6.500-6.600c0-3.400-2.300-5-3.600-7.200-.7-1.200-.9-2.700-.9-4.200-3.500 1.500-5 4.600-4.600 7.600C8.200 10 7.700 8.900 7.600 7.800 6.300 9.600 5.500 12 5.500 14.400A6.500 6.500 0 0 0 12 21Z',
  SMILE:
    'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM8 13.500c.8 2 2.300 3 4 3s3.200-1 4-3M9 9.500h.01M15 9.500h.01',
  CRY: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM9 16c.8-1 1.800-1.500 3-1.500s2.200.5 3 1.500M8 10.500h2M14 10.500h2M15.500 12.500v2.500',
  STAR: 'm12 3.500 2.600 5.400 5.900.8-4.300 4.100 1.100 5.900-5.300-2.900-5.300 2.900 1.100-5.900-4.300-4.100 5.900-.8Z',
};
const hues: Readonly<Record<CheerKind, string>> = {
  ...{ HEART: 'hue-4', CLAP: 'hue-1', FIRE: 'hue-0', SMILE: 'hue-2', CRY: 'hue-3', STAR: 'hue-5' },
};

const Sign = ({ kind, size = 22 }: { readonly kind: CheerKind; readonly size?: number }) => (
  <svg className={cx('icon sign', hues[kind])} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    <path d={signs[kind]} />
  </svg>
);

interface CheersProps {
  readonly of: Certification;
  /** The person's own: one reads who cheers, and does not cheer oneself. */
  readonly isOwn: boolean;
}

/** How many people cheer, by sign; and the person's own signs, which can be given and taken back. */
export function Cheers({ of: { groupId, id: certificationId, cheers }, isOwn }: CheersProps) {
  const say = useTexts('group').cheers;
  const [isOpen, open] = useState(false);
  const [isAsking, ask] = useState(false);
  const [given, give] = useState<CheerKind>();
  if (!cheers) return null;
  const now: Counts = cheers;
  const set = (kind: CheerKind, mine: boolean) =>
    changeCheers(groupId, certificationId, (there) => withCheer(there, kind, mine));
  const toggle = async (kind: CheerKind) => {
    const mine = !now.some((each) => each.kind === kind && each.mine);
    give(mine ? kind : undefined);
    set(kind, mine);
    const params = { groupId, certificationId };
    try {
      // Both may be repeated: moim counts a sign of a person once.
      if (mine) await api.cheers.cheer({ params, body: { kind } });
      else await api.cheers.takeBackCheer({ params, query: { kind } });
    } catch (error) {
      set(kind, !mine);
      complain(error);
    }
  };
  const countOf = (kind: CheerKind) => now.find((each) => each.kind === kind);
  const shown = isOpen ? cheerKinds : now.map(({ kind }) => kind);
  return (
    <fieldset className="cheers">
      <legend className="unseen">{say.label}</legend>
      {shown.map((kind) => {
        const { count = 0, mine = false } = countOf(kind) ?? {};
        const inner = (
          <>
            <Sign kind={kind} />
            <span className="unseen">{say.names[kind]}</span>
            {count > 0 && <span>{count}</span>}
          </>
        );
        return isOwn ? (
          <span key={kind} className="chip cheer">
            {inner}
          </span>
        ) : (
          <button
            key={kind}
            type="button"
            className={cx('chip cheer', mine && kind === given && 'given')}
            aria-pressed={mine}
            onClick={() => toggle(kind)}
          >
            {inner}
          </button>
        );
      })}
      {!isOwn && (
        <button type="button" className="chip cheer more" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          <Icon name={isOpen ? 'off' : 'plus'} size={18} />
          <span>{isOpen ? say.close : say.add}</span>
        </button>
      )}
      {now.length > 0 && (
        <button type="button" className="cheers-who" onClick={() => ask(true)}>
          {say.who}
        </button>
      )}
      {isAsking && <Who groupId={groupId} certificationId={certificationId} onClose={() => ask(false)} />}
    </fieldset>
  );
}

interface WhoProps {
  readonly groupId: string;
  readonly certificationId: string;
  readonly onClose: () => void;
}

function Who({ groupId, certificationId, onClose }: WhoProps) {
  const say = useTexts('group').cheers;
  const list = useList(whoCheers(groupId, certificationId));
  return (
    <Sheet title={say.who} onClose={onClose}>
      {!list.items ? (
        <Unanswered of={[list]} rows={1} />
      ) : list.items.length === 0 ? (
        <Empty title={say.nobody} />
      ) : (
        <Rows>
          {list.items.map(({ account, kinds }, at) => (
            <Row
              key={account.id}
              lead={<Avatar name={account.nickname} picture={account.picture} at={at} />}
              title={account.nickname}
              end={kinds.map((kind) => (
                <span key={kind} role="img" aria-label={say.names[kind]}>
                  <Sign kind={kind} />
                </span>
              ))}
            />
          ))}
        </Rows>
      )}
      <More of={list} />
    </Sheet>
  );
}
