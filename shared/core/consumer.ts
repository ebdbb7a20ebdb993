import type { EntityName, ItemOf } from '../data/registry.ts';
import type { Rights } from './rights.ts';

/** `live`: people wait for it. `background`: nobody does. Each is one reader of the table's stream, and DynamoDB serves two well. */
export type Lane = 'live' | 'background';

/** Work on changes of the items of one entity, as the stream delivers them: at least once, and in any order. */
interface ConsumerOf<E extends EntityName> {
  readonly summary: string;
  readonly entity: E;
  readonly on: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  readonly lane: Lane;
  /** Its own rights. The role of the function that runs it has those of all its consumers. */
  readonly rights: Rights;
  /** Milliseconds after which it is parked, where its lane's limit does not fit. */
  readonly within?: number;
  /**
   * Attributes of the item as it was that a parked change brings along; of objects in a list, `files.key`. Ids and numbers:
   * no text, address or name of a person may wait in a queue.
   */
  readonly keeps?: readonly ((keyof ItemOf<E> & string) | `${keyof ItemOf<E> & string}.${string}`)[];
  /** It reads what is now, so of several changes of one item that come together it gets the last alone. */
  readonly onlyLast?: true;
}
export type Consumer = { readonly [E in EntityName]: ConsumerOf<E> }[EntityName];
