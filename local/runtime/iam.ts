/**
 * Evaluates IAM policies: an explicit denial wins; otherwise a statement must allow the access. Only the operators and
 * keys of moim's stacks are supported. Any other throws, so that nothing is allowed by mistake.
 */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Access {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys. A missing key was not part of the request. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

const list = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value);

/** Compiled patterns of policies. There are few patterns, and each is used at every call of an engine. */
const expressions = new Map<string, RegExp>();

/** IAM's patterns: `*` is any text, `?` one character. Actions ignore case, everything else is exact. */
export function matches(pattern: string, text: string, ignoreCase = false): boolean {
  const key = ignoreCase ? `i${pattern}` : `c${pattern}`;
  let expression = expressions.get(key);
  if (!expression) {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^]*')
      .replaceAll('?', '[^]');
    expression = new RegExp(`^${escaped}$`, ignoreCase ? 'i' : '');
    expressions.set(key, expression);
  }
  return expression.test(text);
}

const operators: Readonly<
  Record<string, (expected: readonly string[], given: readonly string[] | undefined) => boolean>
> = {
  StringEquals: (expected, given) => given?.some((value) => expected.includes(value)) ?? false,
  StringLike: (expected, given) => given?.some((value) => expected.some((each) => matches(each, value))) ?? false,
  'ForAllValues:StringEquals': (expected, given) => given?.every((value) => expected.includes(value)) ?? true,
  'ForAllValues:StringLike': (expected, given) =>
    given?.every((value) => expected.some((each) => matches(each, value))) ?? true,
  Null: ([expected], given) => (given === undefined || given.length === 0) === (expected === 'true'),
  Bool: (expected, given) => given?.some((value) => expected.includes(value)) ?? false,
};

function holds(condition: Statement['Condition'], context: Access['context']): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) => {
    const judge = operators[operator];
    if (!judge)
      throw new Error(
        `the local cloud does not know the IAM condition operator ${operator}: add it to local/runtime/iam.ts`,
      );
    return Object.entries(keys).every(([key, expected]) => judge(list(expected), context[key]));
  });
}

/** Whether the statements of a role allow an access. */
export function isAllowed(statements: readonly Statement[], { action, resource, context }: Access): boolean {
  const relevant = statements.filter(
    (statement) =>
      list(statement.Action).some((pattern) => matches(pattern, action, true)) &&
      list(statement.Resource).some((pattern) => matches(pattern, resource)) &&
      holds(statement.Condition, context),
  );
  return relevant.some(({ Effect }) => Effect === 'Allow') && !relevant.some(({ Effect }) => Effect === 'Deny');
}
