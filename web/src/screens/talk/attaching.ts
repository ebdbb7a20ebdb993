/** Files that go along with a message: uploaded as soon as they are chosen, and kept by room until they are sent. */
import { useEffect, useState } from 'preact/hooks';
import type { FileTypeName } from '../../../../shared/product/file-types.ts';
import { limits } from '../../../../shared/product/limits.ts';
import { isTooLarge, sizeOf, typeNamed } from '../../app/files.ts';
import { online } from '../../app/live.ts';
import { shrink, upload } from '../../app/photo.ts';
import { faultOf, isOpen } from '../../app/problem.ts';
import { api, session } from '../../app/session.ts';
import { type Store, store } from '../../app/store.ts';
import { textsOf } from '../../messages/index.ts';

export interface Attached {
  readonly id: string;
  readonly name: string;
  readonly type: FileTypeName;
  readonly blob: Blob;
  /** `RESTING`: there was no answer. It goes on when the network is back. */
  readonly state: 'UPLOADING' | 'RESTING' | 'READY';
  /** What was uploaded, from 0 to 1. */
  readonly part: number;
  readonly uploadId?: string;
}

/** Milliseconds between two tries of an upload. */
const rest = 15_000;

/** By person and room: for who looks something up and comes back. */
const begun = new Map<string, Store<readonly Attached[]>>();
/** What was sent from this page, by upload: shown until the room has it. */
const sent = new Map<string, Attached>();

export const sentFile = (uploadId: string): Attached | undefined => sent.get(uploadId);

export function forgetSent(uploadIds: readonly string[]): void {
  for (const each of uploadIds) sent.delete(each);
}

function begunIn(roomId: string): Store<readonly Attached[]> {
  const state = session.get();
  const key = `${state.status === 'in' ? state.accountId : ''} ${roomId}`;
  const files = begun.get(key) ?? store<readonly Attached[]>([]);
  begun.set(key, files);
  return files;
}

export const isPhoto = ({ type }: { readonly type: string }): boolean => type.startsWith('image/');

/** A name of at most so many characters, with its ending. */
function shortened(name: string): string {
  const ending = name.slice(name.lastIndexOf('.'));
  return name.length <= limits.file.name ? name : name.slice(0, limits.file.name - ending.length) + ending;
}

type Made = Pick<Attached, 'name' | 'type' | 'blob'>;

/** A file as it is sent: photos are made small and lose their place on the device. A text says why it cannot be sent. */
async function madeOf(file: File): Promise<Made | string> {
  const say = textsOf('talk').attach;
  if (file.type.startsWith('image/')) {
    const photo = await shrink(file).catch(() => undefined);
    if (!photo) return say.unreadable(file.name);
    URL.revokeObjectURL(photo.url);
    const name = shortened(`${file.name.replace(/\.\w+$/, '')}.jpg`);
    return { name, type: 'image/jpeg', blob: photo.blob };
  }
  const type = typeNamed(file.name);
  if (!type) return say.unknown(file.name);
  if (isTooLarge(file)) return say.tooLarge(file.name, sizeOf(limits.file.bytes));
  if (file.size === 0) return say.empty(file.name);
  return { name: shortened(file.name), type, blob: file };
}

export interface Attaching {
  readonly files: readonly Attached[];
  /** Why the last choice was not taken whole. */
  readonly fault: string | undefined;
  readonly isReady: boolean;
  readonly add: (chosen: readonly File[]) => Promise<void>;
  readonly retry: () => void;
  readonly takeAway: (id: string) => void;
  /** Gives the uploads for a message, and begins anew. */
  readonly take: () => string[];
}

export function useAttaching(groupId: string, roomId: string): Attaching {
  const all = begunIn(roomId);
  const files = all.use();
  const [fault, refuse] = useState<string>();

  const put = (id: string, change: Partial<Attached>) =>
    all.set(all.get().map((each) => (each.id === id ? { ...each, ...change } : each)));
  const takeAway = (id: string) => {
    refuse(undefined);
    all.set(all.get().filter((each) => each.id !== id));
  };
  const send = async ({ id, name, type, blob }: Attached) => {
    put(id, { state: 'UPLOADING', part: 0 });
    try {
      const body = { name, type, bytes: blob.size };
      const allowed = await api.chat.allowChatUpload({ params: { groupId, roomId }, body });
      await upload(allowed, blob, (part) => put(id, { part }));
      put(id, { state: 'READY', part: 1, uploadId: allowed.uploadId });
    } catch (error) {
      if (isOpen(error)) {
        put(id, { state: 'RESTING' });
        // With a network it goes on by itself; without one, when it is back.
        setTimeout(() => online.get() && retry(), rest);
        return;
      }
      const { fields, text } = faultOf(error);
      takeAway(id);
      refuse(Object.values(fields)[0] ?? text);
    }
  };
  const retry = () => {
    for (const each of all.get()) if (each.state === 'RESTING') void send(each);
  };
  useEffect(() => online.subscribe(() => online.get() && retry()), [roomId]);

  const add = async (chosen: readonly File[]) => {
    refuse(undefined);
    for (const file of chosen) {
      if (all.get().length >= limits.chat.files) return refuse(textsOf('talk').attach.most(limits.chat.files));
      const made = await madeOf(file);
      if (typeof made === 'string') refuse(made);
      else {
        const each: Attached = { id: crypto.randomUUID(), ...made, state: 'UPLOADING', part: 0 };
        all.set([...all.get(), each]);
        void send(each);
      }
    }
  };
  const take = () => {
    const ready = all.get();
    for (const each of ready) sent.set(each.uploadId!, each);
    all.set([]);
    refuse(undefined);
    return ready.map(({ uploadId }) => uploadId!);
  };
  return { files, fault, isReady: files.every(({ state }) => state === 'READY'), add, retry, takeAway, take };
}
