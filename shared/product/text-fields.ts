/**
 * The fields that people fill in with words. Every text field of a contract is one of these;
 * `test/contracts/text-fields.test.ts` tries them all. The most characters are counted as JSON Schema counts them, in
 * code points, so that documents and clients made of them say the same.
 */
import * as z from 'zod';
import { because } from '../core/contract.ts';
import { isTimeZone } from '../core/time.ts';
import { limits } from './limits.ts';
import {
  isNeat,
  isOneLine,
  isPublicAddress,
  isSeen,
  isSeenText,
  seenLength,
  tidyAddress,
  tidyCode,
  tidyLine,
  tidyText,
} from './text.ts';

interface Size {
  /** The fewest characters; 0 if the field may be empty. */
  readonly min?: number;
  /** The most characters. */
  readonly max: number;
}

/** A text that is too long is not looked at any further. */
const sized = (field: z.ZodString, { min = 0, max }: Size) =>
  (min > 0 ? field.min(min) : field).max(max, { abort: true });

/**
 * One line of text: a title, a name. It is kept as `tidyLine` makes it.
 *
 * @example title: line({ min: 1, max: limits.group.title })
 */
export const line = (size: Size) =>
  sized(z.string().overwrite(tidyLine), size)
    .refine(isOneLine, because('singleLine'))
    .refine(isSeen, because('plainText'))
    .refine(isNeat, because('marks'));

/** A text of several lines: a description, a reason. It is kept as `tidyText` makes it. */
export const text = (size: Size) =>
  sized(z.string().overwrite(tidyText), size).refine(isSeenText, because('plainText')).refine(isNeat, because('marks'));

/** What the person concerned reads about a decision. */
export const decisionReason = text({ min: 1, max: limits.decisionReason });

/** Refuses a text of which people see fewer characters: an emoji made of many code points is one. */
export const seenAtLeast = (minimum: number) =>
  z.check<string>(({ value, issues }) => {
    if (seenLength(value) >= minimum) return;
    issues.push({ code: 'too_small', origin: 'string', minimum, inclusive: true, input: value });
  });

/** The name of a file as macOS and Windows would both write it: a line without a path. */
export const fileName = (max: number) => line({ min: 1, max }).regex(/^[^/\\:*?"<>|]+$/, because('fileName'));

/** An e-mail address, lower-cased: addresses compare without case. */
export const emailAddress = z.string().overwrite(tidyAddress).max(254).check(z.email()).toLowerCase();

/** The address of a page that everybody can open. */
export const webAddress = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .check(z.url({ protocol: /^https?$/ }))
    .refine(isSeen, because('plainText'))
    .refine((address) => !URL.canParse(address) || isPublicAddress(address), because('publicAddress'));

/** A code that people copy or type: spaces and hyphens are left out, and letters are capitals. */
export const typedCode = z
  .string()
  .max(64)
  .overwrite((code) => tidyCode(code).toUpperCase());

/** A time zone by its IANA name, given back as it was written. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, because('timeZone'))
  .meta({ description: 'IANA time zone, for example Asia/Seoul' });
