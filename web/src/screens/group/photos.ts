import { useEffect, useRef, useState } from 'preact/hooks';
import { type Photo, shrink } from '../../app/photo.ts';
import { most } from './picker.tsx';

/** The chosen photos, made small on the device, and what is wrong with the last choice. */
export function usePhotos() {
  const [photos, set] = useState<readonly Photo[]>([]);
  const [fault, say] = useState<'unreadable' | 'many'>();
  const latest = useRef(photos);
  latest.current = photos;
  useEffect(
    () => () => {
      for (const { url } of latest.current) URL.revokeObjectURL(url);
    },
    [],
  );
  const change = (next: readonly Photo[]) => {
    for (const each of latest.current) if (!next.includes(each)) URL.revokeObjectURL(each.url);
    say(undefined);
    set(next);
  };
  const add = async (files: readonly File[]) => {
    // With a finger, nobody wants the letters of the phone over the photo that has just come.
    const isByKey = document.activeElement?.matches('[type=file]:focus-visible');
    say(undefined);
    const room = most - latest.current.length;
    const made = await Promise.allSettled(files.slice(0, room).map(shrink));
    const fit = made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    // What opened the choice goes with the first photo: the words are next.
    if (isByKey && latest.current.length === 0 && fit.length > 0)
      document.querySelector<HTMLElement>('.certify textarea')?.focus();
    set([...latest.current, ...fit].slice(0, most));
    if (fit.length < made.length) say('unreadable');
    else if (files.length > room) say('many');
  };
  return { photos, fault, add, change };
}
