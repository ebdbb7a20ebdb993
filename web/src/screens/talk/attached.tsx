import { useRef } from 'preact/hooks';
import { sizeOf } from '../../app/files.ts';
import { useTexts } from '../../messages/index.ts';
import { cx, Round } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useAddress } from '../../ui/waiting.tsx';
import { type Attached, type Attaching, isPhoto } from './attaching.ts';

/** What goes along with the message, above its field. */
export function AttachedFiles({ of, onGone }: { readonly of: Attaching; readonly onGone: () => void }) {
  const say = useTexts('talk').attach;
  const list = useRef<HTMLUListElement>(null);
  const isResting = of.files.some(({ state }) => state === 'RESTING');
  return (
    <>
      {of.files.length > 0 && (
        <ul className="composer-files" ref={list} aria-label={say.chosen}>
          {of.files.map((each) => (
            <One
              key={each.id}
              of={each}
              onTakeAway={() => {
                of.takeAway(each.id);
                onGone();
              }}
            />
          ))}
        </ul>
      )}
      {of.fault && (
        <p className="composer-fault error" role="alert">
          {of.fault}
        </p>
      )}
      <p className={cx('composer-wait', 'soft', of.isReady && 'unseen')} role="status">
        {isResting ? say.needsNetwork : of.isReady ? '' : say.wait}
        {isResting && (
          <button type="button" onClick={of.retry}>
            {say.again}
          </button>
        )}
      </p>
    </>
  );
}

function One({ of, onTakeAway }: { readonly of: Attached; readonly onTakeAway: () => void }) {
  const say = useTexts('talk').attach;
  const { name, blob, state, part } = of;
  const url = useAddress(isPhoto(of) ? blob : undefined);
  const text =
    state === 'READY' ? sizeOf(blob.size) : state === 'RESTING' ? say.resting : say.uploading(Math.round(part * 100));
  return (
    <li className={cx('composer-file', state === 'RESTING' && 'resting')}>
      <span className="composer-face">{url ? <img src={url} alt="" /> : <Icon name="file" />}</span>
      <span className="composer-about">
        <b>{name}</b>
        <span className="soft">{text}</span>
        {state === 'UPLOADING' && <i className="composer-part" style={{ inlineSize: `${part * 100}%` }} />}
      </span>
      <Round icon="close" label={say.takeAway(name)} onClick={onTakeAway} />
    </li>
  );
}
