/**
 * Conditions that an item must meet for a write to happen. They are plain values; `expression.ts` translates them for
 * DynamoDB.
 */
import type { AnyItem } from './kind.ts';

export type Scalar = string | number | boolean;

/** A condition on the attributes `P`. A path is an attribute name, or names joined by dots that lead into a map. */
export type Condition<P extends string = string> =
  | {
      readonly kind: 'compare';
      readonly path: P;
      readonly with: Operator;
      readonly value: Scalar | AttributeReference<P>;
    }
  | { readonly kind: 'exists' | 'absent'; readonly path: P }
  | { readonly kind: 'any' | 'all'; readonly of: readonly Condition<P>[] };

type Operator = '=' | '<' | '<=' | '>' | '>=';

/** Another attribute of the same item to compare with. */
export interface AttributeReference<P extends string = string> {
  readonly attribute: P;
}
/**
 * Names another attribute of the same item to compare with, instead of a value.
 *
 * @example below('memberCount', attribute('capacity'))
 */
export const attribute = <const P extends string>(path: P): AttributeReference<P> => ({ attribute: path });

const compare =
  (operator: Operator) =>
  <const P extends string>(path: P, value: Scalar | AttributeReference<P>): Condition<P> => ({
    kind: 'compare',
    path,
    with: operator,
    value,
  });
/**
 * The attribute at a path equals a value, or another attribute. A missing attribute equals nothing.
 *
 * @example is('state', 'ACTIVE')
 */
export const is = compare('=');
export const below = compare('<');
export const atMost = compare('<=');
export const above = compare('>');
export const atLeast = compare('>=');
export const exists = <const P extends string>(path: P): Condition<P> => ({ kind: 'exists', path });
export const absent = <const P extends string>(path: P): Condition<P> => ({ kind: 'absent', path });
export const anyOf = <P extends string>(...of: readonly Condition<P>[]): Condition<P> => ({ kind: 'any', of });
export const allOf = <P extends string>(...of: readonly Condition<P>[]): Condition<P> => ({ kind: 'all', of });

/** The value of an attribute, or of what lies in a map: `'group.kind'`. */
export const valueAt = (item: AnyItem | undefined, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as AnyItem | undefined)?.[name], item);

/** The order of two values of one type. Texts are compared by their bytes in UTF-8, as DynamoDB does. */
const order = (a: Scalar, b: Scalar): number =>
  typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(b as string)) : Number(a) - Number(b);

const compared: Readonly<Record<Operator, (order: number) => boolean>> = {
  '=': (difference) => difference === 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

/**
 * Whether a condition holds for an item, judged as DynamoDB judges it: a missing attribute compares with nothing, and
 * values of different types have no order.
 *
 * @param item undefined stands for no item
 * @example holds(below('tries', 5), { tries: 4 }) // true
 */
export function holds(condition: Condition, item: AnyItem | undefined): boolean {
  switch (condition.kind) {
    case 'exists':
      return valueAt(item, condition.path) !== undefined;
    case 'absent':
      return valueAt(item, condition.path) === undefined;
    case 'any':
      return condition.of.some((part) => holds(part, item));
    case 'all':
      return condition.of.every((part) => holds(part, item));
    default: {
      const left = valueAt(item, condition.path);
      const right = typeof condition.value === 'object' ? valueAt(item, condition.value.attribute) : condition.value;
      if (left === undefined || typeof left !== typeof right) return false;
      if (typeof left === 'boolean' && condition.with !== '=') return false;
      return compared[condition.with](order(left as Scalar, right as Scalar));
    }
  }
}
