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
  asLink,
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

/** Code units that one character may be typed with: three of a Hangul syllable, `\r\n` of a break, some spaces around it. */
const unitsEach = 4;

/**
 * A string of which nothing is read before its length is known, in code units: that costs nothing, while everything that
 * knows Unicode costs the more, the longer the text is. Every field that is made tidy or looked at begins with it, and
 * has its exact length checked afterwards.
 *
 * @param max the most characters that the tidy text may have
 */
export const bounded = (max: number) =>
  z.string().check(({ value, issues }) => {
    if (value.length <= unitsEach * max) return;
    issues.push({ code: 'too_big', origin: 'string', maximum: max, inclusive: true, input: value, continue: false });
  });

/** A text that is too long is not looked at any further. */
const sized = (field: z.ZodString, { min = 0, max }: Size) =>
  (min > 0 ? field.min(min) : field).max(max, { abort: true });

/**
 * One line of text: a title, a name. It is kept as `tidyLine` makes it.
 *
 * @example title: line({ min: 1, max: limits.group.title })
 */
export const line = (size: Size) =>
  sized(bounded(size.max).overwrite(tidyLine), size)
    .refine(isOneLine, because('singleLine'))
    .refine(isSeen, because('plainText'))
    .refine(isNeat, because('marks'));

/** A text of several lines: a description, a reason. It is kept as `tidyText` makes it. */
export const text = (size: Size) =>
  sized(bounded(size.max).overwrite(tidyText), size)
    .refine(isSeenText, because('plainText'))
    .refine(isNeat, because('marks'));

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
export const emailAddress = bounded(254)
  .overwrite(tidyAddress)
  .max(254, { abort: true })
  .check(z.email())
  .toLowerCase();

/**
 * The address of a page that everybody can open. It is kept as browsers understand it (`asLink`), so the host that is
 * shown is the host that is opened.
 *
 * @param max the most characters of the address as it is typed
 */
export const webAddress = (max: number) =>
  bounded(max)
    .trim()
    .max(max, { abort: true })
    .refine(isSeen, { ...because('plainText'), abort: true })
    .check(z.url({ protocol: /^https?$/, abort: true }))
    .refine(isPublicAddress, { ...because('publicAddress'), abort: true })
    .overwrite(asLink)
    .check(({ value, issues }) => {
      if (value.length <= limits.linkStored) return;
      issues.push({ code: 'too_big', origin: 'string', maximum: max, inclusive: true, input: value });
    });

/** The host of a link in an answer (`hostOf`), beside the link. */
export const linkHost = z
  .string()
  .nullable()
  .meta({ description: 'The host that the link opens, in ASCII. Show it beside the link', examples: ['blog.example'] });

/** A code that people copy or type: spaces and hyphens are left out, and letters are capitals. */
export const typedCode = bounded(limits.typedCode)
  .max(limits.typedCode, { abort: true })
  .overwrite((code) => tidyCode(code).toUpperCase());

/** A time zone by its IANA name, given back as it was written. */
export const timeZone = z
  .string()
  .max(64, { abort: true })
  .refine(isTimeZone, because('timeZone'))
  .meta({ description: 'IANA time zone, for example Asia/Seoul' });
