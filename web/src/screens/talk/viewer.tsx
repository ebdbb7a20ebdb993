import { useState } from 'preact/hooks';
import type { ChatEntry } from '../../../../client/room-log.ts';
import { useTexts } from '../../messages/index.ts';
import { Round } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { photosOf } from './files.tsx';

interface ViewerProps {
  readonly of: ChatEntry;
  readonly name: string;
  /** The photo that was pressed. */
  readonly at: number;
  readonly onStale: () => void;
  readonly onClose: () => void;
}

/** The photos of a message, one at a time, as large as the window. Arrow keys go on and back. */
export function Viewer({ of, name, at, onStale, onClose }: ViewerProps) {
  const say = useTexts('talk');
  const photos = photosOf(of);
  const [now, go] = useState(at);
  const place = Math.min(now, photos.length - 1);
  const photo = photos[place];
  if (!photo) return null;
  const move = (by: number) => go(Math.min(photos.length - 1, Math.max(0, place + by)));
  return (
    <Sheet className="viewer" title={say.photoOf(name)} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons below do the same */}
      <div
        className="viewer-photo"
        onKeyDown={({ key }) => (key === 'ArrowRight' ? move(1) : key === 'ArrowLeft' && move(-1))}
      >
        <img
          key={photo.id}
          src={photo.image!}
          alt={say.photo(name, place + 1, photos.length)}
          width={photo.size?.width}
          height={photo.size?.height}
          onError={onStale}
        />
        {photos.length > 1 && (
          <p className="viewer-turn">
            <Round icon="back" label={say.photoBefore} onClick={() => move(-1)} />
            <span role="status">{say.photoAt(place + 1, photos.length)}</span>
            <Round icon="next" label={say.photoNext} onClick={() => move(1)} />
          </p>
        )}
      </div>
    </Sheet>
  );
}
