/**
 * Event filters of stream sources and EventBridge. A pattern names fields, each with a list of rules of which one must
 * match: a value, `{prefix}`, `{exists}`, or `{"anything-but"}`. If the event has a list in a field, one of its values
 * must match.
 */
export type Pattern = { readonly [field: string]: Pattern | readonly unknown[] };

function oneMatches(expected: unknown, value: unknown): boolean {
  if (expected === null || typeof expected !== 'object') return expected === value;
  const rule = expected as Record<string, unknown>;
  if ('prefix' in rule) return typeof value === 'string' && value.startsWith(String(rule.prefix));
  if ('exists' in rule) return (value !== undefined) === rule.exists;
  if ('anything-but' in rule) return value !== undefined && ![rule['anything-but']].flat().includes(value);
  throw new Error(
    `the local cloud does not know the filter ${JSON.stringify(expected)}: add it to local/runtime/filter.ts`,
  );
}

/**
 * Checks that all rules of a pattern are supported.
 *
 * @throws Error for a rule that is not supported
 */
export function checkPattern(pattern: Pattern): void {
  for (const expected of Object.values(pattern))
    if (Array.isArray(expected)) for (const each of expected) oneMatches(each, undefined);
    else checkPattern(expected as Pattern);
}

/**
 * Whether an event matches a pattern.
 *
 * @throws Error for a rule that is not supported
 */
export function fits(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, expected]) => {
    const value = (event as Record<string, unknown> | undefined)?.[field];
    return Array.isArray(expected)
      ? expected.some((each) =>
          Array.isArray(value) ? value.some((one) => oneMatches(each, one)) : oneMatches(each, value),
        )
      : fits(expected as Pattern, value);
  });
}
