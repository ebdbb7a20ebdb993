import type { Platform } from '../../../shared/core/platform.ts';
import type { Table } from '../../../shared/data/table.ts';
import { limits } from '../../../shared/product/limits.ts';
import { type Motivation, motivationsIn } from './rules.ts';
import { listRef } from './service.ts';

export interface Motivations {
  /** The texts as they were ten minutes ago or later. */
  current(table: Table): Promise<readonly Motivation[]>;
}

/** Remembers the texts, so that a hundred thousand reminders read them once. A reading that fails is not remembered. */
export function motivationsOf(platform: Platform): Motivations {
  let known: { readonly texts: Promise<readonly Motivation[]>; readonly until: number } | undefined;
  return {
    current(table) {
      const now = platform.now();
      if (known && now < known.until) return known.texts;
      const texts = table.getAll({ list: listRef }, { eventual: true }).then(({ list }) => motivationsIn(list));
      known = { texts, until: now + limits.motivation.keptSeconds * 1000 };
      texts.catch(() => {
        known = undefined;
      });
      return texts;
    },
  };
}
