/** Says in people's words why a field is refused. */
import type * as z from 'zod';
import type { FieldReason, Locale } from './catalog.ts';
import { catalogOf, fillIn } from './text.ts';

type Issue = z.core.$ZodIssue;
/** The text, and the value in its braces. */
type Said = readonly [FieldReason, string?];

const types: Readonly<Record<string, FieldReason>> = {
  string: 'text',
  number: 'digits',
  int: 'wholeDigits',
  boolean: 'yesOrNo',
  array: 'list',
  object: 'parts',
  null: 'empty',
  never: 'empty',
};
const formats: Readonly<Record<string, FieldReason>> = {
  email: 'email',
  url: 'webAddress',
  uuid: 'id',
  date: 'date',
  datetime: 'instant',
  time: 'time',
};
/** By what is measured: below the least, above the most, and where the two are one. */
const sizes: Readonly<Record<string, readonly [least: FieldReason, most: FieldReason, exact: FieldReason]>> = {
  string: ['shortest', 'longest', 'length'],
  array: ['fewest', 'most', 'count'],
};
/** Options are listed up to this many characters: what fits on a line of a phone. */
const listed = 60;

const grouped = (count: number | bigint) => count.toLocaleString('en-US');

function sizeOf(issue: Issue & { code: 'too_small' | 'too_big' }): Said {
  const { origin, inclusive = true, exact = false } = issue;
  const tooSmall = issue.code === 'too_small';
  const count = grouped(tooSmall ? issue.minimum : issue.maximum);
  const size = sizes[origin];
  if (!size) {
    if (tooSmall) return [inclusive ? 'lowest' : 'above', count];
    return [inclusive ? 'highest' : 'below', count];
  }
  if (exact) return [size[2], count];
  if (!tooSmall) return [size[1], count];
  return origin === 'string' && count === '1' ? ['required'] : [size[0], count];
}

function choiceOf(values: readonly unknown[]): Said {
  const options = values.map(String).join(', ');
  if (options.length > listed) return ['choice'];
  return [values.length === 1 ? 'only' : 'oneOf', options];
}

/** Whether nothing was given where something is needed. Zod says so in different ways of texts, choices and unions. */
function isMissing({ code, input, ...more }: Issue): boolean {
  if (code === 'invalid_type' || code === 'invalid_value') return input === undefined || input === null;
  if (code !== 'invalid_union' || !('discriminator' in more) || typeof input !== 'object' || input === null)
    return false;
  return (input as Readonly<Record<string, unknown>>)[String(more.discriminator)] === undefined;
}

function saidOf(issue: Issue): Said {
  if (isMissing(issue)) return ['required'];
  switch (issue.code) {
    case 'invalid_type':
      return [types[issue.expected] ?? 'other'];
    case 'invalid_value':
      return choiceOf(issue.values);
    case 'invalid_format':
      return [formats[issue.format] ?? 'format'];
    case 'too_small':
    case 'too_big':
      return sizeOf(issue);
    case 'not_multiple_of':
      return ['multiple', grouped(issue.divisor)];
    case 'unrecognized_keys':
      return ['unknown'];
    case 'invalid_union':
      return ['choice'];
    default:
      return ['other'];
  }
}

/**
 * Says why a field is refused: the reason that the contract names by `because()`, else one that fits what zod found.
 *
 * @param issue as zod reports it with `reportInput: true`, by which a missing value is told from a wrong one
 * @example reasonOf(issue, 'en') // 'Enter at least 2 characters.'
 */
export function reasonOf(issue: Issue, locale: Locale): string {
  const { fields } = catalogOf(locale);
  if (Object.hasOwn(fields, issue.message)) return fields[issue.message as FieldReason];
  const [reason, value = ''] = saidOf(issue);
  return fillIn(fields[reason], { count: value, options: value });
}
