/** What waits on the device until moim has it. */
import { useEffect, useState } from 'preact/hooks';
import { useTexts } from '../messages/index.ts';
import type { IconName } from './icon.tsx';
import { Row, Tag, Tile } from './rows.tsx';

/** An address for `<img>` of something on the device, for as long as it is shown. */
export function useAddress(blob: Blob | undefined): string | undefined {
  const [url, set] = useState<string>();
  useEffect(() => {
    if (!blob) return set(undefined);
    const made = URL.createObjectURL(blob);
    set(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

type State = 'SENDING' | 'SENT' | 'REFUSED';
const looks = {
  SENDING: ['clock', 'wait'],
  offline: ['clock', 'wait'],
  SENT: ['check', 'good'],
  REFUSED: ['warn', 'bad'],
} as const satisfies Record<string, readonly [IconName, string]>;

interface WaitingRowProps {
  readonly state: State;
  readonly isOnline: boolean;
  readonly title: string;
  readonly photo?: Blob | undefined;
  /** Where it can be looked at, and what was refused be decided. */
  readonly href?: string;
}

/** A certification on its way, in a line. A change of its state is spoken. */
export function WaitingRow({ state, isOnline, title, photo, href }: WaitingRowProps) {
  const say = useTexts('common');
  const url = useAddress(photo);
  const look = state === 'SENDING' && !isOnline ? 'offline' : state;
  const [icon, tone] = looks[look];
  return (
    <Row
      {...(href ? { href } : {})}
      lead={url ? <img className="thumb" src={url} alt={say.waiting.photo} /> : <Tile icon="camera" tone={tone} />}
      title={title}
      text={
        <span role="status">
          <Tag icon={icon} tone={tone}>
            {say.waiting[look]}
          </Tag>
        </span>
      }
    />
  );
}
