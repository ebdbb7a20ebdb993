/** Comparing attribute values. */

import { sortable } from './keys.ts';
import { compareNumbers } from './numbers.ts';
import type { AttributeType, AttributeValue, Item } from './types.ts';

/** The only type that a value has. */
export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new TypeError('an attribute value without a type');
}

/** Equality in DynamoDB's sense: numbers by value, sets without regard to order, lists and maps deeply. */
export function valuesEqual(left: AttributeValue, right: AttributeValue): boolean {
  if (left === right) return true;
  const type = typeOf(left);
  if (type !== typeOf(right)) return false;
  switch (type) {
    case 'S':
    case 'B':
    case 'BOOL':
    case 'NULL':
      return left[type] === right[type];
    case 'N':
      return compareNumbers(left.N!, right.N!) === 0;
    case 'SS':
    case 'BS': {
      const members = new Set(right[type]);
      return left[type]!.length === members.size && left[type]!.every((member) => members.has(member));
    }
    case 'NS':
      return left.NS!.length === right.NS!.length && left.NS!.every((member) => hasNumber(right.NS!, member));
    case 'L':
      return left.L!.length === right.L!.length && left.L!.every((value, at) => valuesEqual(value, right.L![at]!));
    case 'M':
      return itemsEqual(left.M!, right.M!);
  }
}

export function hasNumber(set: readonly string[], number: string): boolean {
  return set.some((member) => compareNumbers(member, number) === 0);
}

export function itemsEqual(left: Item, right: Item): boolean {
  if (left === right) return true;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => right[name] !== undefined && valuesEqual(left[name]!, right[name]));
}

/** The order of two scalars of the same type; undefined if the types differ, or if the type has no order. */
export function compareScalars(left: AttributeValue, right: AttributeValue): number | undefined {
  const type = typeOf(left);
  if (type !== typeOf(right)) return undefined;
  if (type === 'N') return compareNumbers(left.N!, right.N!);
  if (type !== 'S' && type !== 'B') return undefined;
  const a = sortable(left);
  const b = sortable(right);
  return a < b ? -1 : a > b ? 1 : 0;
}
