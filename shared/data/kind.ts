/**
 * Kinds of items. Each kind is one entry, next to the type of its items, and the entry describes the kind completely.
 * The entries of a feature are in its `items.ts`, those of the kernel in `shared/data/items.ts`. `registry.ts` reads
 * them all.
 */

/** The names in the braces of a key or a path: `'MEMBERS#{groupId}'` and `'/v1/groups/{groupId}'` give `'groupId'`. */
export type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** An item whose kind the compiler does not know. */
export type AnyItem = Readonly<Record<string, unknown>>;

interface Keys {
  readonly pk: string;
  readonly sk: string;
}

interface IndexKeys extends Keys {
  /** The item is in this index only while it has all values that the keys consist of. */
  readonly sparse?: true;
}

/**
 * A way to query items of the kind: all items of one partition of the table or of an index, in the order of their sort
 * keys.
 */
export interface AccessPattern {
  readonly serves: string;
  /** The table itself unless given. */
  readonly index?: 'gsi1' | 'gsi2';
}

/**
 * How a group's or an account's items of the kind are found:
 *
 * - `pattern`: all items of one of the kind's patterns, whose partition contains the owner's id
 * - `key`: the one item whose key contains the owner's id
 * - `with`: through each item of another kind, whose values fill the partition or the key; deleted before that item
 */
export type Way = { readonly pattern: string; readonly with?: string } | { readonly key: true; readonly with?: string };

/**
 * The fate of items when their group is purged or their account is erased:
 *
 * - `dropped`: the job that purges or erases finds them this way and deletes them
 * - `goes`: they are deleted in another way, which is named; `by`: code of a feature that the job calls
 * - `expires`: DynamoDB deletes them at the end of their `life`
 * - `stays`: they are kept, for a reason; `by`: code of a feature that the job calls to change them
 */
export type Fate =
  | { readonly dropped: Way }
  | { readonly goes: string; readonly by?: string }
  | { readonly expires: true }
  | { readonly stays: string; readonly by?: string };

/**
 * The part of a kind in the archive of own data: an entry under the name `as`, which is found in the table or made by
 * code of a feature; or the reason for leaving it out (`not`).
 */
export type InArchive =
  | { readonly as: string; readonly found: Way }
  | { readonly as: string; readonly by: string }
  | { readonly not: string };

/** A number that an item keeps of other items. Reconciliation compares it with them (row 129). */
export interface Counter {
  /** The pattern whose items are counted. Its partition contains the key of the item that keeps the counter. */
  readonly counts: string;
  /** Attributes that an item must have to count; dots lead into maps. */
  readonly where?: Readonly<Record<string, string>>;
  /** The attribute that is summed up, if the number is a sum. */
  readonly sums?: string;
}

export interface KindDefinition extends Keys {
  /** One phrase that says what an item of the kind is. */
  readonly about: string;
  readonly gsi1?: IndexKeys;
  readonly gsi2?: IndexKeys;
  /**
   * How long an item lives. Its `expiresAt` is set at creation. DynamoDB may delete days late, so readers compare it
   * too.
   */
  readonly life?: string;
  /**
   * The attributes that link an item to its group or to a person: an id, an address, or the id of another item of
   * theirs. A kind without it holds no data of a group or a person.
   */
  readonly of?: { readonly group?: string; readonly account?: string };
  /**
   * What happens to an item when its group is purged and when its account is erased. Required for each owner that `of`
   * names.
   */
  readonly fate?: { readonly group?: Fate; readonly account?: Fate };
  /** Whether the archive of own data holds the items. Required if `of` names an account. */
  readonly archive?: InArchive;
  /** Attributes that are never shown, not even to the owner: hashes, keys, tokens. */
  readonly secret?: readonly string[];
  /** Counters that its items keep, by attribute. All of them move together with the attribute `moves`. */
  readonly counters?: Readonly<Record<string, Counter>>;
  /** The attribute that marks an item as ended. The counters of an ended item are not kept. */
  readonly countsUntil?: string;
  /** Every way in which items of the kind are asked for, by name. */
  readonly patterns?: Readonly<Record<string, AccessPattern>>;
}

type KeysOf<D extends KindDefinition> =
  | D['pk' | 'sk']
  | (D extends { readonly gsi1: { readonly pk: infer P extends string; readonly sk: infer S extends string } }
      ? P | S
      : never)
  | (D extends { readonly gsi2: { readonly pk: infer P extends string; readonly sk: infer S extends string } }
      ? P | S
      : never);

/** The names of attributes that a row uses besides its keys. */
type Named<D extends KindDefinition> =
  | (D extends { readonly of: infer O } ? O[keyof O] : never)
  | (D extends { readonly secret: readonly (infer S)[] } ? S : never)
  | (D extends { readonly counters: infer C } ? keyof C : never);

/** The attributes of an item. For a union of shapes: the attributes of all of them. */
type AttributeOf<T> = T extends unknown ? keyof T : never;

/** Names in a row that are no attributes of its items. The parts of a key must be attributes of every shape. */
type Unknown<T, D extends KindDefinition> =
  | Exclude<Placeholders<KeysOf<D>>, keyof T>
  | Exclude<Named<D>, AttributeOf<T>>;

/** The fates that a row must declare: one for each owner that `of` names. */
type Owed<D extends KindDefinition> = (D extends { readonly of: { readonly group: string } }
  ? { readonly fate: { readonly group: Fate } }
  : unknown) &
  (D extends { readonly of: { readonly account: string } }
    ? { readonly fate: { readonly account: Fate }; readonly archive: InArchive }
    : unknown);

/** A row whose items look like `T`. `shape` is a type only and never there at run time. */
export type Kind<T, D extends KindDefinition = KindDefinition> = D & { readonly shape?: T };

/**
 * Declares a kind of item. Every part of its keys must be an attribute of the item. Each owner of the items needs a
 * fate.
 *
 * @example
 * export const items = {
 *   Like: kind<LikeItem>()({
 *     about: 'somebody likes a group',
 *     pk: 'LIKES#{groupId}',
 *     sk: 'LIKE#{accountId}',
 *     of: { group: 'groupId', account: 'accountId' },
 *     fate: { group: { dropped: { pattern: 'likesOfGroup' } }, account: { goes: 'with its count', by: 'forgetLikes' } },
 *     archive: { as: 'likes', found: { pattern: 'likesOfAccount' } },
 *     patterns: { likesOfGroup: { serves: 'who likes a group' }, ... },
 *   }),
 * };
 */
export const kind =
  <T extends object>() =>
  <const D extends KindDefinition>(
    definition: D &
      Owed<D> &
      ([Unknown<T, D>] extends [never] ? unknown : { readonly 'not an attribute': Unknown<T, D> }),
  ): Kind<T, D> =>
    definition;
