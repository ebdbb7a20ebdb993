/**
 * DynamoDB numbers: exact decimal text of up to 38 digits. The validators have already converted every number to plain
 * notation without an exponent, so these functions read no other form.
 */

import { validationError } from './errors.ts';
import { limits } from './limits.ts';

interface Decimal {
  /** The value is `digits` times ten to the power of `-scale`. */
  digits: bigint;
  scale: number;
}

function parse(text: string): Decimal {
  const point = text.indexOf('.');
  if (point < 0) return { digits: BigInt(text), scale: 0 };
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

function aligned(left: string, right: string): [bigint, bigint, number] {
  const a = parse(left);
  const b = parse(right);
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale), scale];
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = aligned(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The sum, or with `sign` -1 the difference.
 *
 * @throws TableError ValidationException if AWS could not store the result
 */
export function addNumbers(left: string, right: string, sign: 1 | -1 = 1): string {
  const [a, b, scale] = aligned(left, right);
  return format(sign === 1 ? a + b : a - b, scale);
}

function format(value: bigint, scale: number): string {
  if (value === 0n) return '0';
  const negative = value < 0n;
  const text = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  const significant = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
  if (significant.length > limits.numberDigits.most)
    throw validationError('Attempting to store more than 38 significant digits in a Number');
  if (whole.replace(/^0+/, '').length - 1 > limits.numberMagnitude.most) {
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (/^0*$/.test(whole) && -1 - fraction.search(/[1-9]/) < limits.numberMagnitude.least) {
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  return `${negative ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

interface Scientific {
  negative: boolean;
  /** Significant digits without leading and trailing zeros; empty for zero. */
  digits: string;
  /** The power of ten of the first digit. */
  exponent: number;
}

function scientific(text: string): Scientific {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const all = whole + fraction;
  const first = all.search(/[1-9]/);
  if (first < 0) return { negative: false, digits: '', exponent: 0 };
  return { negative, digits: all.slice(first).replace(/0+$/, ''), exponent: whole.length - 1 - first };
}

/** The size of a number in bytes by AWS's rule of thumb: one byte for two significant digits, and one more. */
export function numberSize(text: string): number {
  const { negative, digits, exponent } = scientific(text);
  if (digits === '') return 1;
  // Digits are stored in pairs that begin at an even power of ten.
  const pairs = Math.ceil((digits.length + (Math.abs(exponent) % 2 === 0 ? 1 : 0)) / 2);
  return Math.min(21, 1 + pairs + (negative ? 1 : 0));
}

/** Text in the order of the numbers: sign, power of ten, digits. For negative numbers every part is inverted. */
export function sortableNumber(text: string): string {
  const { negative, digits, exponent } = scientific(text);
  if (digits === '') return '1';
  const power = String(negative ? 500 - exponent : 500 + exponent).padStart(3, '0');
  if (!negative) return `2${power}${digits}`;
  // '~' sorts after every digit: of two negative numbers with the same beginning, the longer one is the smaller.
  return `0${power}${[...digits].map((digit) => 9 - Number(digit)).join('')}~`;
}
