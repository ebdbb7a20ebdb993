/** Checks of keys and items against the schema of their table. All checks throw ValidationExceptions. */

import { invalidParameter, validationError } from './errors.ts';
import { limits } from './limits.ts';
import { textSize } from './sizes.ts';
import { namesOf, type Table } from './table.ts';
import type { AttributeValue, Item, ParsedUpdate } from './types.ts';
import { typeOf } from './values.ts';

const kindOfEmpty = (value: AttributeValue) => (value.S === '' ? 'string' : value.B === '' ? 'binary' : undefined);

function checkKeySize(value: AttributeValue, isHash: boolean): void {
  if (value.N !== undefined) return;
  const size = value.S === undefined ? Buffer.byteLength(value.B!, 'base64') : Buffer.byteLength(value.S);
  if (isHash && size > limits.hashKeyBytes.most) {
    throw invalidParameter('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  }
  if (!isHash && size > limits.rangeKeyBytes.most) {
    throw invalidParameter('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
  }
}

/** A key on its own: exactly the key attributes, of the right types, not empty. */
export function checkKey(table: Table, key: Item): void {
  const names = namesOf(table.keys);
  const fits = names.every((name) => Object.hasOwn(key, name) && typeOf(key[name]!) === table.keyTypes.get(name));
  if (!fits || Object.keys(key).length !== names.length) {
    throw validationError('The provided key element does not match the schema');
  }
  for (const name of names) {
    const empty = kindOfEmpty(key[name]!);
    if (empty) {
      throw invalidParameter(
        `The AttributeValue for a key attribute cannot contain an empty ${empty} value. Key: ${name}`,
      );
    }
    checkKeySize(key[name]!, name === table.keys.hash);
  }
}

/** A whole item before it is stored: its keys, its index keys, and its size in bytes. */
export function checkItem(table: Table, item: Item, size: number): void {
  for (const name of namesOf(table.keys)) {
    if (!Object.hasOwn(item, name)) throw invalidParameter(`Missing the key ${name} in the item`);
    const value = item[name]!;
    const expected = table.keyTypes.get(name)!;
    if (typeOf(value) !== expected) {
      throw invalidParameter(`Type mismatch for key ${name} expected: ${expected} actual: ${typeOf(value)}`);
    }
    const empty = kindOfEmpty(value);
    if (empty) {
      throw validationError(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${empty} value. Key: ${name}`,
      );
    }
    checkKeySize(value, name === table.keys.hash);
  }
  checkIndexKeys(table, item);
  checkDepth(item);
  checkNames(item);
  if (size > limits.itemBytes.most) throw validationError('Item size has exceeded the maximum allowed size');
}

function checkIndexKeys(table: Table, item: Item): void {
  for (const index of table.indexes.values()) {
    for (const name of namesOf(index.keys)) {
      if (!Object.hasOwn(item, name)) continue;
      const value = item[name]!;
      const expected = table.keyTypes.get(name)!;
      if (typeOf(value) !== expected) {
        throw invalidParameter(
          `Type mismatch for Index Key ${name} Expected: ${expected} Actual: ${typeOf(value)} IndexName: ${index.name}`,
        );
      }
      const empty = kindOfEmpty(value);
      if (empty) {
        throw validationError(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${empty} value. IndexName: ${index.name}, IndexKey: ${name}`,
        );
      }
      checkKeySize(value, name === index.keys.hash);
    }
  }
}

/** Lists and maps may not nest too deep, neither in an item nor in a value of an expression. */
export function checkDepth(values: Readonly<Record<string, AttributeValue>> | undefined): void {
  const tooDeep = (value: AttributeValue, levels: number): boolean => {
    if (levels === 0) return true;
    return value.L?.some((child) => tooDeep(child, levels - 1)) ?? anyTooDeep(value.M, levels - 1);
  };
  const anyTooDeep = (map: Item | undefined, levels: number) => {
    for (const name in map) if (tooDeep(map[name]!, levels)) return true;
    return false;
  };
  if (anyTooDeep(values, limits.nestingLevels.most)) {
    throw validationError(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  }
}

function checkNames(map: Item): void {
  for (const name in map) {
    if (name === '') throw validationError('Empty attribute name');
    if (name.length * 3 > limits.attributeNameBytes.most && textSize(name) > limits.attributeNameBytes.most) {
      throw validationError(
        `Attribute name is too large, must be less than ${limits.attributeNameBytes.most + 1} bytes`,
      );
    }
    checkNamesIn(map[name]!);
  }
}

function checkNamesIn(value: AttributeValue): void {
  if (value.M) checkNames(value.M);
  else if (value.L) value.L.forEach(checkNamesIn);
}

/** An update must not change the table's own key. */
export function checkUpdatePaths(table: Table, update: ParsedUpdate | undefined): void {
  if (!update) return;
  for (const name of namesOf(table.keys)) {
    if (update.sections.some((section) => section.path[0] === name)) {
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
    }
  }
  checkNestedPaths(table, update.nestedPaths);
}

/** Key attributes are scalars, so an expression that looks inside one is an error. */
export function checkNestedPaths(table: Table, nested: Record<string, true> | undefined): void {
  if (!nested) return;
  const complain = (kind: string, name: string) =>
    validationError(
      `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${name}`,
    );
  for (const name of namesOf(table.keys)) if (nested[name]) throw complain('Key', name);
  for (const index of table.indexes.values()) {
    for (const name of namesOf(index.keys)) if (nested[name]) throw complain('IndexKey', name);
  }
}
