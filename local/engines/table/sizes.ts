/** Sizes in bytes as AWS counts them: names and text in UTF-8; lists and maps take 3 bytes and one for each element. */

import { numberSize } from './numbers.ts';
import type { AttributeValue, Item } from './types.ts';

export const textSize = (text: string) => Buffer.byteLength(text, 'utf8');
const binarySize = (base64: string) => Buffer.byteLength(base64, 'base64');
const sum = <T>(values: readonly T[], size: (value: T) => number) =>
  values.reduce((total, value) => total + size(value), 0);

export function itemSize(item: Item): number {
  let size = 0;
  for (const name in item) size += textSize(name) + valueSize(item[name]!);
  return size;
}

export function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return textSize(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return binarySize(value.B);
  if (value.SS) return sum(value.SS, textSize);
  if (value.NS) return sum(value.NS, numberSize);
  if (value.BS) return sum(value.BS, binarySize);
  if (value.L) return 3 + sum(value.L, (element) => 1 + valueSize(element));
  if (value.M) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return 1;
}
