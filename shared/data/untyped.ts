import type { AnyItem } from './kind.ts';
import type { EntityName, PatternName } from './registry.ts';
import type { Page, QueryOptions, Table } from './table.ts';

/** Reads of kinds that are known only at run time. */
export interface UntypedReads {
  get(entity: EntityName, key: AnyItem): Promise<AnyItem | undefined>;
  query(pattern: PatternName, partition: AnyItem, options: QueryOptions): Promise<Page<AnyItem>>;
}

/**
 * The reads of a table, for code that takes kinds and patterns from the rows, such as an erasure. A row declares the kind
 * together with the parts of its keys, so they fit; types cannot know that.
 *
 * @example await untyped(table).get(entity, { [own]: id })
 */
export const untyped = (table: Table): UntypedReads => table as unknown as UntypedReads;
