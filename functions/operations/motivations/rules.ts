import { fingerprint, namedId } from '../../../shared/core/ids.ts';
import type { MotivationsItem, MotivationText } from './items.ts';
import { shipped, type Variant } from './values.ts';

export interface Motivation extends MotivationText {
  readonly id: string;
}

const shippedById: ReadonlyMap<string, MotivationText> = new Map(
  shipped.map((text) => [namedId('motivation', text.en), text]),
);
export const isShipped = (id: string) => shippedById.has(id);

export const nameOf = (id: string) => `text ${id}` as const;

/** The texts as they are now: the shipped ones, as far as nobody has changed or deleted them, and those of administrators. */
export function motivationsIn(item: MotivationsItem | undefined): Motivation[] {
  const changes = Object.entries(item ?? {}).flatMap(([name, text]): [string, MotivationText | null][] =>
    name.startsWith('text ') ? [[name.slice(5), text as MotivationText | null]] : [],
  );
  return [...new Map<string, MotivationText | null>([...shippedById, ...changes])].flatMap(([id, text]) =>
    text ? [{ id, ko: text.ko, en: text.en, variant: text.variant }] : [],
  );
}

/**
 * The text for an account on a day: of those for that day of the week, or else of those for any day, the one whose hash with both is
 * the highest. So a retry finds the same text, and adding or deleting another one seldom changes it.
 */
export function chosen(
  all: readonly Motivation[],
  variant: Variant,
  accountId: string,
  day: string,
): Motivation | undefined {
  const fitting = all.filter((text) => text.variant === variant);
  const texts = fitting.length > 0 ? fitting : all.filter((text) => text.variant === 'ANY_DAY');
  let best: { readonly text: Motivation; readonly weight: string } | undefined;
  for (const text of texts) {
    const weight = fingerprint(accountId, day, text.id);
    if (!best || weight > best.weight) best = { text, weight };
  }
  return best?.text;
}
