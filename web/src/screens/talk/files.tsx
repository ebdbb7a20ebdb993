import type { ChatEntry } from '../../../../client/room-log.ts';
import { sizeOf } from '../../app/files.ts';
import { api } from '../../app/session.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { cx } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useAddress } from '../../ui/waiting.tsx';
import { isPhoto, sentFile } from './attaching.ts';

export type MessageFile = ChatEntry['files'][number];

/** The photos of a message that can be looked at. */
export const photosOf = ({ files }: ChatEntry): MessageFile[] => files.filter(({ image }) => image !== null);

interface FilesProps {
  readonly of: ChatEntry;
  readonly groupId: string;
  readonly name: string;
  /** Looks at the photo of that place, in full. */
  readonly onLook: (at: number) => void;
  /** An address was refused: it is too old. */
  readonly onStale: () => void;
}

/** Photos in a grid whose places are kept before they come, then documents. */
export function Files({ of, groupId, name, onLook, onStale }: FilesProps) {
  const photos = of.files.filter(isPhoto);
  const shown = photosOf(of);
  return (
    <>
      {photos.length > 0 && (
        <div className={cx('chat-photos', photos.length === 1 && 'single')}>
          {photos.map((each, at) => (
            <Photo
              key={each.id}
              {...{ of: each, name, at, count: photos.length, onStale }}
              onLook={() => onLook(shown.indexOf(each))}
            />
          ))}
        </div>
      )}
      {of.files
        .filter((each) => !isPhoto(each))
        .map((each) => (
          <Document key={each.id} of={each} message={of} groupId={groupId} />
        ))}
    </>
  );
}

interface PhotoProps {
  readonly of: MessageFile;
  readonly name: string;
  readonly at: number;
  readonly count: number;
  readonly onLook: () => void;
  readonly onStale: () => void;
}

/** Sides of a single photo: very long ones are cut, and whole when they are pressed. */
const shape = ({ size }: MessageFile) =>
  size && size.height > 0 ? Math.min(1.9, Math.max(0.8, size.width / size.height)) : 1;

function Photo({ of, name, at, count, onLook, onStale }: PhotoProps) {
  const say = useTexts('talk');
  const style = count === 1 ? { aspectRatio: String(shape(of)) } : undefined;
  if (!of.image)
    return (
      <p className="chat-broken" style={style}>
        <Icon name="image" />
        {say.broken}
      </p>
    );
  return (
    <button type="button" className="chat-photo" style={style} onClick={onLook}>
      <img
        src={of.thumbnail ?? of.image}
        alt={say.photo(name, at + 1, count)}
        width={of.size?.width}
        height={of.size?.height}
        loading="lazy"
        decoding="async"
        onError={onStale}
      />
      {of.state === 'DECODING' && <span className="chat-decoding">{say.decoding}</span>}
    </button>
  );
}

/** Documents have an address for a minute: it is asked for when one wants the file. */
function Document({
  of,
  message,
  groupId,
}: {
  readonly of: MessageFile;
  readonly message: ChatEntry;
  readonly groupId: string;
}) {
  const say = useTexts('talk');
  const load = async () => {
    const params = { groupId, roomId: message.roomId, messageId: message.id, fileId: of.id };
    try {
      const { url } = await api.chat.downloadChatFile({ params });
      location.assign(url);
    } catch (error) {
      complain(error);
    }
  };
  return (
    <button type="button" className="chat-file" onClick={load}>
      <Icon name="file" />
      <span>
        <b>{of.name}</b>
        <span>{sizeOf(of.bytes)}</span>
      </span>
      <Icon name="download" size={20} />
      <span className="unseen">{say.download}</span>
    </button>
  );
}

/** Files of a message on its way: as they were chosen, or after a new start in words. */
export function WaitingFiles({ of }: { readonly of: readonly string[] }) {
  const say = useTexts('talk');
  const known = of.flatMap((each) => sentFile(each) ?? []);
  if (known.length < of.length) return <p>{say.files(of.length)}</p>;
  const photos = known.filter(isPhoto);
  return (
    <>
      {photos.length > 0 && (
        <div className={cx('chat-photos', photos.length === 1 && 'single')}>
          {photos.map(({ id, name, blob }) => (
            <WaitingPhoto key={id} name={name} blob={blob} />
          ))}
        </div>
      )}
      {known
        .filter((each) => !isPhoto(each))
        .map(({ id, name, blob }) => (
          <p key={id} className="chat-file">
            <Icon name="file" />
            <span>
              <b>{name}</b>
              <span>{sizeOf(blob.size)}</span>
            </span>
          </p>
        ))}
    </>
  );
}

function WaitingPhoto({ name, blob }: { readonly name: string; readonly blob: Blob }) {
  const url = useAddress(blob);
  return <span className="chat-photo">{url && <img src={url} alt={name} />}</span>;
}
