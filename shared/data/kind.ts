/**
 * Kinds of items: each is one row, beside the type of its items, that says everything about the kind. The rows of a
 * feature stand in its `items.ts`, those of the kernel in `shared/data/items.ts`; `registry.ts` reads them all.
 */

/** The names in a template's braces: `'MEMBERS#{groupId}'` gives `'groupId'`. */
export type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

interface Keys {
  readonly pk: string;
  readonly sk: string;
}

interface IndexKeys extends Keys {
  /** The item is in this index only while it has every value that the keys are made of. */
  readonly sparse?: true;
}

/** A way of asking for items of the kind: all that lie in one partition of the table or of an index, in its order. */
export interface AccessPattern {
  readonly serves: string;
  /** The table itself unless said. */
  readonly index?: 'gsi1' | 'gsi2';
}

/**
 * How items are found that belong to a group or an account:
 *
 * - `pattern`: all of one of the kind's patterns, whose partition is the owner's
 * - `key`: the one item whose key is made of the owner's id
 * - `with`: by way of each item of another kind, whose values make the partition or the key; they go before it
 */
export interface Way {
  readonly pattern?: string;
  readonly key?: true;
  readonly with?: string;
}

/** What becomes of items when their owner goes: taken out by the job, gone in another way that is told, or kept for a reason. */
export type Fate = { readonly dropped: Way } | { readonly goes: string } | { readonly stays: string };

/** How items come into the archive of own data: found as said, told by code that is named, or not, for a reason. */
export type InArchive =
  | { readonly as: string; readonly found: Way }
  | { readonly as: string; readonly told: string }
  | { readonly not: string };

/** A number that an item keeps of others, which is compared with them (row 129). */
export interface Counter {
  /** What is counted: all of this pattern, whose partition is made of the counting item's key. */
  readonly counts: string;
  /** Attributes that what counts must have; dots lead into maps. */
  readonly where?: Readonly<Record<string, string>>;
  /** The attribute that is summed up, where it is a sum. */
  readonly sums?: string;
}

export interface KindDefinition extends Keys {
  /** What an item of the kind is. */
  readonly about: string;
  readonly gsi1?: IndexKeys;
  readonly gsi2?: IndexKeys;
  /** How long an item lives: its `expiresAt` is set at creation. DynamoDB may be days late, so readers compare too. */
  readonly life?: string;
  /** The attributes that name whom an item belongs to. Kinds that belong to neither hold nothing of anybody. */
  readonly of?: { readonly group?: string; readonly account?: string };
  /** What becomes of it when its group is purged and its account erased. Needed for each that `of` names. */
  readonly fate?: { readonly group?: Fate; readonly account?: Fate };
  /** Whether its owner gets it with their own data. Needed where `of` names an account. */
  readonly archive?: InArchive;
  /** Attributes that nobody is shown, not even the owner: hashes, keys, tokens. */
  readonly secret?: readonly string[];
  /** Counters that its items keep, by attribute. */
  readonly counters?: Readonly<Record<string, Counter>>;
  /** Every way in which items of the kind are asked for, by name. */
  readonly patterns?: Readonly<Record<string, AccessPattern>>;
}

/** A row whose items look like `T`. `shape` is a type only and never there at run time. */
export type Kind<T, D extends KindDefinition = KindDefinition> = D & { readonly shape?: T };

type KeysOf<D extends KindDefinition> =
  | D['pk' | 'sk']
  | (D extends { readonly gsi1: { readonly pk: infer P extends string; readonly sk: infer S extends string } }
      ? P | S
      : never)
  | (D extends { readonly gsi2: { readonly pk: infer P extends string; readonly sk: infer S extends string } }
      ? P | S
      : never);

/** Key parts that the items of a kind do not have. */
type Unknown<T, D extends KindDefinition> = Exclude<Placeholders<KeysOf<D>>, keyof T>;

/**
 * Declares a kind of item. Every part of its keys must be an attribute of the item.
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
