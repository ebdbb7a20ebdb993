import { useEffect, useRef, useState } from 'preact/hooks';
import type { Mission } from '../../app/data/missions.ts';
import { type Photo, shrink } from '../../app/photo.ts';
import { useTexts } from '../../messages/index.ts';
import { Icon } from '../../ui/icon.tsx';

type Items = Mission['checklist'];

/** With it, or without it where it was in. */
export function toggled<T>(all: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const next = new Set(all);
  if (!next.delete(one)) next.add(one);
  return next;
}

/** What is ticked off, by its place, and the photo of each item that asks for one. */
export function useTicks(items: Items) {
  const [ticked, tick] = useState<ReadonlySet<number>>(new Set());
  const [shots, set] = useState<ReadonlyMap<number, Photo>>(new Map());
  const [broken, say] = useState<number>();
  const latest = useRef(shots);
  latest.current = shots;
  useEffect(
    () => () => {
      for (const { url } of latest.current.values()) URL.revokeObjectURL(url);
    },
    [],
  );
  const isDone = (at: number) => ticked.has(at) && (!items[at]?.photo || shots.has(at));
  // From what is ticked at that moment: two quick taps come before the next drawing.
  const toggle = (at: number) => tick((now) => toggled(now, at));
  /** A photo of it is a tick, too. */
  const show = async (at: number, file: File) => {
    say(undefined);
    try {
      const made = await shrink(file);
      const before = latest.current.get(at);
      if (before) URL.revokeObjectURL(before.url);
      set((now) => new Map(now).set(at, made));
      tick((now) => new Set(now).add(at));
    } catch {
      say(at);
    }
  };
  const count = items.filter((_, at) => isDone(at)).length;
  return {
    ...{ ticked, shots, broken, toggle, show, count },
    isComplete: items.length > 0 && count === items.length,
    /** In the order of their items. */
    photos: items.flatMap((_, at) => shots.get(at) ?? []),
  };
}

/** The items to tick off, each with the photo that it asks for. */
export function Checklist({ items, ticks }: { readonly items: Items; readonly ticks: ReturnType<typeof useTicks> }) {
  const say = useTexts('group').certify;
  return (
    <fieldset className="checklist">
      <legend className="line">
        <b>{say.checklist}</b>
        <span className="soft" role="status">
          {say.checked(ticks.count, items.length)}
        </span>
      </legend>
      <ul className="card rows">
        {items.map(({ text, photo }, at) => {
          const shot = ticks.shots.get(at);
          return (
            <li key={at}>
              <label className="check-line">
                <input type="checkbox" checked={ticks.ticked.has(at)} onChange={() => ticks.toggle(at)} />
                <i className="tick" aria-hidden="true">
                  <Icon name="check" size={18} />
                </i>
                <span>{text}</span>
              </label>
              {photo && (
                <label className={shot ? 'check-shot has' : 'check-shot'}>
                  {shot ? <img src={shot.url} alt={say.alt(at + 1)} /> : <Icon name="camera" />}
                  <span className="unseen">{shot ? say.itemShotAgain(text) : say.itemShot(text)}</span>
                  <input
                    type="file"
                    accept="image/jpeg,image/png,image/webp"
                    onChange={({ currentTarget }) => {
                      const [file] = currentTarget.files ?? [];
                      if (file) void ticks.show(at, file);
                      currentTarget.value = '';
                    }}
                  />
                </label>
              )}
              {ticks.broken === at && (
                <p className="error" role="alert">
                  {say.unreadable}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
