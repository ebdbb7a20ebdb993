/**
 * Kinds of items. Each kind is one entry, next to the type of its items, and the entry describes the kind completely.
 * The entries of a feature are in its `items.ts`, those of the kernel in `shared/data/items.ts`. `registry.ts` reads
 * them all.
 */

/** The names in the braces of a template: `'MEMBERS#{groupId}'` gives `'groupId'`. */
export type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

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
 * How to find the items that belong to a group or an account:
 *
 * - `pattern`: all items of one of the kind's patterns, whose partition is the owner's id
 * - `key`: the one item whose key consists of the owner's id
 * - `with`: through each item of another kind, whose values give the partition or the key. These items are deleted
 *   before the items of that other kind.
 */
export interface Way {
  readonly pattern?: string;
  readonly key?: true;
  readonly with?: string;
}

/**
 * The end of an item when its owner is deleted: `dropped` by the job, `goes` in another way that the text names, or
 * `stays` for the reason that the text gives.
 */
export type Fate = { readonly dropped: Way } | { readonly goes: string } | { readonly stays: string };

/**
 * How an item gets into the archive of a person's own data: `found` by a way, `told` by the code that the text names,
 * or `not`, with the reason.
 */
export type InArchive =
  | { readonly as: string; readonly found: Way }
  | { readonly as: string; readonly told: string }
  | { readonly not: string };

/** A counter: a number that an item stores about other items. A job compares it with them (row 129). */
export interface Counter {
  /** The pattern whose items are counted. Its partition consists of the key of the counting item. */
  readonly counts: string;
  /** Attributes that the counted items must have. Dots lead into maps. */
  readonly where?: Readonly<Record<string, string>>;
  /** The attribute that is added up, if the counter is a sum. */
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
  /** The attributes that name the owner of an item. A kind without an owner holds no personal data. */
  readonly of?: { readonly group?: string; readonly account?: string };
  /**
   * What happens to an item when its group is purged and when its account is erased. Required for each owner that `of`
   * names.
   */
  readonly fate?: { readonly group?: Fate; readonly account?: Fate };
  /** Whether its owner gets it with their own data. Required if `of` names an account. */
  readonly archive?: InArchive;
  /** Attributes that nobody is shown, not even the owner: hashes, keys, tokens. */
  readonly secret?: readonly string[];
  /** Counters that its items keep, by attribute. */
  readonly counters?: Readonly<Record<string, Counter>>;
  /** All queries for items of the kind, by name. */
  readonly patterns?: Readonly<Record<string, AccessPattern>>;
}

/** An entry whose items have the type `T`. `shape` exists only for the compiler, never at run time. */
export type Kind<T, D extends KindDefinition = KindDefinition> = D & { readonly shape?: T };

type KeysOf<D extends KindDefinition> =
  | D['pk' | 'sk']
  | (D extends { readonly gsi1: { readonly pk: infer P extends string; readonly sk: infer S extends string } }
      ? P | S
      : never)
  | (D extends { readonly gsi2: { readonly pk: infer P extends string; readonly sk: infer S extends string } }
      ? P | S
      : never);

/** Key parts that are no attributes of the items of a kind. */
type Unknown<T, D extends KindDefinition> = Exclude<Placeholders<KeysOf<D>>, keyof T>;

/**
 * Declares a kind of item. Every part of its keys must be an attribute of the item; otherwise the build fails.
 *
 * @example
 * export const items = {
 *   Like: kind<LikeItem>()({
 *     about: 'somebody likes a group',
 *     pk: 'LIKES#{groupId}',
 *     sk: 'LIKE#{accountId}',
 *     patterns: { likesOfGroup: { serves: 'who likes a group' } },
 *   }),
 * };
 */
export const kind =
  <T extends object>() =>
  <const D extends KindDefinition>(
    definition: D & ([Unknown<T, D>] extends [never] ? unknown : { readonly 'not an attribute': Unknown<T, D> }),
  ): Kind<T, D> =>
    definition;
