import type { EntityName, ItemOf } from '../data/registry.ts';
import type { Rights } from './rights.ts';

/**
 * `live`: people wait for the work. `background`: nobody waits. Each of the two is one reader of the table's stream, and
 * DynamoDB serves two readers well. `heavy`: the work takes seconds or hundreds of MB. The background reader hands its changes
 * over, by a queue, to a function of its own with a whole processor.
 */
export type Lane = 'live' | 'background' | 'heavy';

/** Work on changed items of one entity. Changes are delivered at least once and in any order. */
interface ConsumerOf<E extends EntityName> {
  readonly summary: string;
  readonly entity: E;
  readonly on: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  readonly lane: Lane;
  /** The rights of this consumer alone. The role of a function has the rights of all its consumers. */
  readonly rights: Rights;
  /** Milliseconds after which it is parked, if the limit of its lane does not fit. */
  readonly within?: number;
  /**
   * Attributes of the item before and after the change that a parked change keeps; `files.key` is the `key` of each object in the
   * list `files`. Only ids and numbers: no text, address or name of a person may wait in a queue.
   */
  readonly keeps?: readonly ((keyof ItemOf<E> & string) | `${keyof ItemOf<E> & string}.${string}`)[];
  /** It gets only changes that leave the item with this attribute. */
  readonly having?: keyof ItemOf<E> & string;
  /**
   * It reads the current state, so it only gets the last of several changes of one item in a batch, as one that comes `again`:
   * the item before this change does not tell what the others changed.
   */
  readonly onlyLast?: true;
}
export type Consumer = { readonly [E in EntityName]: ConsumerOf<E> }[EntityName];
