/**
 * Evaluates IAM policies: an explicit denial wins; otherwise a statement must allow the access. Only the operators and
 * keys of moim's stacks are supported. Any other throws, so that nothing is allowed by mistake.
 */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Access {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys. A missing key was not part of the request. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

const list = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value);

/** What the local cloud does not know must neither allow nor deny something by mistake. */
const unknown = (what: string) => new Error(`the local cloud does not know ${what}: add it to local/runtime/iam.ts`);

/** Compiled patterns of policies. There are few patterns, and each is used at every call of an engine. */
const expressions = new Map<string, RegExp>();

/** `${*}`, `${?}` and `${$}` are the characters themselves. */
const pieces = /\$\{[^}]*\}|[*?]|[^*?$]+|\$/g;

/** The regular expression of a pattern whose wildcards stand for any `one` character. */
function expressionOf(pattern: string, one: string): string {
  const translated = (pattern.match(pieces) ?? []).map((piece) => {
    if (piece === '*') return `${one}*`;
    if (piece === '?') return one;
    const variable = /^\$\{(.*)\}$/.exec(piece)?.[1];
    if (variable !== undefined && !['*', '?', '$'].includes(variable)) throw unknown(`the policy variable ${piece}`);
    return (variable ?? piece).replace(/[.+*?^${}()|[\]\\]/g, '\\$&');
  });
  return translated.join('');
}

function compiled(key: string, make: () => RegExp): RegExp {
  let expression = expressions.get(key);
  if (!expression) {
    expression = make();
    expressions.set(key, expression);
  }
  return expression;
}

/** IAM's patterns: `*` is any text, `?` one character. Actions ignore case, everything else is exact. */
export function matches(pattern: string, text: string, ignoreCase = false): boolean {
  const key = `${ignoreCase ? 'i' : 'c'}${pattern}`;
  return compiled(key, () => new RegExp(`^${expressionOf(pattern, '[^]')}$`, ignoreCase ? 'i' : '')).test(text);
}

/** Whether an ARN fits a pattern, which is compared part by part: only in the last part may a wildcard stand for colons. */
function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const parts = (text: string) => {
    const all = text.split(':');
    return [...all.slice(0, 5), all.slice(5).join(':')];
  };
  const make = () =>
    new RegExp(
      `^${parts(pattern)
        .map((part, at) => expressionOf(part, at < 5 ? '[^:]' : '[^]'))
        .join(':')}$`,
    );
  return compiled(`a${pattern}`, make).test(arn);
}

/** Truths may be in any case: other languages write `True`. */
const operators: Readonly<
  Record<string, (expected: readonly string[], given: readonly string[] | undefined) => boolean>
> = {
  StringEquals: (expected, given) => given?.some((value) => expected.includes(value)) ?? false,
  StringLike: (expected, given) => given?.some((value) => expected.some((each) => matches(each, value))) ?? false,
  'ForAllValues:StringEquals': (expected, given) => given?.every((value) => expected.includes(value)) ?? true,
  'ForAllValues:StringLike': (expected, given) =>
    given?.every((value) => expected.some((each) => matches(each, value))) ?? true,
  'ForAnyValue:StringEquals': (expected, given) => given?.some((value) => expected.includes(value)) ?? false,
  'ForAnyValue:StringLike': (expected, given) =>
    given?.some((value) => expected.some((each) => matches(each, value))) ?? false,
  Null: ([expected], given) => (given === undefined || given.length === 0) === (expected!.toLowerCase() === 'true'),
  Bool: (expected, given) =>
    given?.some((value) => expected.some((each) => each.toLowerCase() === value.toLowerCase())) ?? false,
};

function holds(condition: Statement['Condition'], context: Access['context']): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) => {
    const judge = operators[operator];
    if (!judge) throw unknown(`the IAM condition operator ${operator}`);
    return Object.entries(keys).every(([key, expected]) => judge(list(expected), context[key]));
  });
}

/** The statements about each action and resource. A role does the same few things again and again. */
const about = new WeakMap<readonly Statement[], Map<string, readonly Statement[]>>();
/** Resources are remembered up to this number: objects of a bucket have names without end. */
const mostRemembered = 200;

function statementsAbout(statements: readonly Statement[], action: string, resource: string): readonly Statement[] {
  const known = about.get(statements) ?? new Map<string, readonly Statement[]>();
  about.set(statements, known);
  const key = `${action} ${resource}`;
  const found = known.get(key);
  if (found) return found;
  const those = statements.filter(({ Action, Resource }) => {
    if (Action === undefined || Resource === undefined) throw unknown('a statement without Action and Resource');
    return (
      list(Action).some((pattern) => matches(pattern, action, true)) &&
      list(Resource).some((pattern) => matchesArn(pattern, resource))
    );
  });
  if (known.size >= mostRemembered) known.clear();
  known.set(key, those);
  return those;
}

/** Whether the statements of a role allow an access. The list of statements does not change. */
export function isAllowed(statements: readonly Statement[], { action, resource, context }: Access): boolean {
  const relevant = statementsAbout(statements, action, resource).filter(({ Condition }) => holds(Condition, context));
  return relevant.some(({ Effect }) => Effect === 'Allow') && !relevant.some(({ Effect }) => Effect === 'Deny');
}
