import { limits } from '../../../../shared/product/limits.ts';
import type { Photo } from '../../app/photo.ts';
import { useTexts } from '../../messages/index.ts';
import { Round } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

/** Photos of one certification. */
export const most = limits.certification.images;

interface PickerProps {
  readonly photos: readonly Photo[];
  readonly onAdd: (files: readonly File[]) => void;
  readonly onChange: (photos: readonly Photo[]) => void;
}

/** The photos in their order, or the ways to the first one: the camera first. */
export function Picker({ photos, onAdd, onChange }: PickerProps) {
  const say = useTexts('group').certify;
  const input = (text: string, fromCamera: boolean, className: string) => (
    <label className={className}>
      <Icon name={fromCamera ? 'camera' : 'image'} /> {text}
      {/* These types alone: iOS then hands over a JPEG instead of HEIC. */}
      <input
        type="file"
        accept="image/jpeg,image/png,image/webp"
        {...(fromCamera ? { capture: 'environment' as const } : { multiple: true })}
        onChange={({ currentTarget }) => {
          onAdd([...(currentTarget.files ?? [])]);
          // The same photo may be chosen again after it was taken out.
          currentTarget.value = '';
        }}
      />
    </label>
  );
  if (photos.length === 0)
    return (
      <div className="photo pick">
        <Icon name="camera" size={48} />
        {input(say.camera, true, 'button camera')}
        {input(say.album, false, 'button quiet')}
      </div>
    );
  const move = (from: number, to: number) => {
    const moved = photos.toSpliced(from, 1);
    onChange(moved.toSpliced(to, 0, photos[from]!));
  };
  return (
    <div className="shots-box">
      <ol className={photos.length === 1 ? 'shots one' : 'shots'} aria-label={say.photos(photos.length, most)}>
        {photos.map((photo, at) => (
          <li key={photo.url} className="photo">
            <img src={photo.url} alt={say.alt(at + 1)} />
            <Round
              icon="close"
              label={say.remove(at + 1)}
              className="over"
              onClick={() => onChange(photos.toSpliced(at, 1))}
            />
            {photos.length > 1 && (
              <span className="shots-order">
                <b aria-hidden="true">{at + 1}</b>
                {at > 0 && <Round icon="back" label={say.earlier(at + 1)} onClick={() => move(at, at - 1)} />}
                {at < photos.length - 1 && (
                  <Round icon="next" label={say.later(at + 1)} onClick={() => move(at, at + 1)} />
                )}
              </span>
            )}
          </li>
        ))}
      </ol>
      {photos.length < most && (
        <div className="shots-more">
          {input(say.cameraMore, true, 'button quiet small camera')}
          {input(say.more, false, 'button quiet small')}
          <span className="soft">{say.photos(photos.length, most)}</span>
        </div>
      )}
    </div>
  );
}
