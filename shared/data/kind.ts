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

export interface KindDefinition extends Keys {
  /** What an item of the kind is. */
  readonly about: string;
  readonly gsi1?: IndexKeys;
  readonly gsi2?: IndexKeys;
  /** How long an item lives: its `expiresAt` is set at creation. DynamoDB may be days late, so readers compare too. */
  readonly life?: string;
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
