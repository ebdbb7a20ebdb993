/**
 * Keys as text whose order (by UTF-16 code units, JavaScript's own) is DynamoDB's order. A key contains its whole value
 * and not only a digest, so two items can never share an entry of an index.
 */

import { sortableNumber } from './numbers.ts';
import type { AttributeValue, Item } from './types.ts';

const TERMINATOR = '\0\0';

/** The names of the key attributes of a table or an index. */
export interface KeyNames {
  hash: string;
  range?: string;
}

/** A range of encoded keys, with `from` and without `to`. */
export interface KeyRange {
  from: string;
  to: string;
}

// DynamoDB orders text by UTF-8 bytes, JavaScript by UTF-16 units. The orders differ only for characters outside the
// basic plane. Moving surrogates above all other units makes them equal.
function byteOrdered(text: string): string {
  if (!/[\ud800-\uffff]/.test(text)) return text;
  return text.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code <= 0xdfff ? code + 0x2000 : code - 0x0800);
  });
}

/** Text in the order of the scalars: text and binary values by bytes, numbers by value. */
export function sortable(value: AttributeValue): string {
  if (value.S !== undefined) return byteOrdered(value.S);
  if (value.N !== undefined) return sortableNumber(value.N);
  return Buffer.from(value.B ?? '', 'base64').toString('latin1');
}

function piece(value: AttributeValue): string {
  const text = sortable(value);
  return text.includes('\0') ? text.replaceAll('\0', '\0\x01') : text;
}

/** A well-mixed 32-bit digest (FNV-1a with a final avalanche) as 8 hex digits. Scans run in its order, as in AWS. */
function partitionDigest(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

/** The prefix of every key of one partition. */
function partitionPrefix(hash: AttributeValue): string {
  const text = piece(hash);
  return `${partitionDigest(text)}${text}${TERMINATOR}`;
}

/**
 * The key of an item that has all key attributes. `suffix` (the key in the table) distinguishes the entries of an
 * index.
 */
export function encodeKey(item: Item, names: KeyNames, suffix = ''): string {
  const range = names.range === undefined ? '' : `${piece(item[names.range]!)}${TERMINATOR}`;
  return `${partitionPrefix(item[names.hash]!)}${range}${suffix}`;
}

/** The first text after all texts that begin with `prefix`. */
function afterPrefix(prefix: string): string {
  let end = prefix.length;
  while (end > 0 && prefix.charCodeAt(end - 1) === 0xffff) end--;
  return prefix.slice(0, end - 1) + String.fromCharCode(prefix.charCodeAt(end - 1) + 1);
}

export interface RangeCondition {
  operator: 'EQ' | 'LT' | 'LE' | 'GT' | 'GE' | 'BETWEEN' | 'BEGINS_WITH';
  values: readonly AttributeValue[];
}

/** The keys of a partition whose range key meets the condition. */
export function keyRange(hash: AttributeValue, condition?: RangeCondition): KeyRange {
  const prefix = partitionPrefix(hash);
  const all = { from: prefix, to: afterPrefix(prefix) };
  if (!condition) return all;
  const start = prefix + piece(condition.values[0]!);
  const exact = start + TERMINATOR;
  switch (condition.operator) {
    case 'EQ':
      return { from: exact, to: afterPrefix(exact) };
    case 'LT':
      return { from: all.from, to: exact };
    case 'LE':
      return { from: all.from, to: afterPrefix(exact) };
    case 'GT':
      return { from: afterPrefix(exact), to: all.to };
    case 'GE':
      return { from: exact, to: all.to };
    case 'BETWEEN':
      return { from: exact, to: afterPrefix(prefix + piece(condition.values[1]!) + TERMINATOR) };
    case 'BEGINS_WITH':
      return { from: start, to: afterPrefix(start) };
  }
}
