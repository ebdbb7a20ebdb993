/**
 * The part of CloudWatch Logs Insights that our runbooks use, over lines that a test has: `fields`, `filter`, `stats`, `sort`,
 * `limit`. It refuses everything else, so a query of a runbook that it does not know fails its test.
 */

type Line = Readonly<Record<string, unknown>>;
type Row = Record<string, unknown>;

const literal = (text: string) => text.replace(/^'|'$/g, '');
const list = (text: string) => [...text.matchAll(/'([^']*)'/g)].map(([, value]) => value);

/** The tests of one condition, each with what it does with the match. */
const tests: readonly (readonly [RegExp, (match: RegExpExecArray) => (line: Line) => boolean])[] = [
  [
    /^ispresent\((\w+)\)$/,
    ([, name]) =>
      (line) =>
        line[name!] !== undefined,
  ],
  [
    /^(\w+) = ('[^']*')$/,
    ([, name, value]) =>
      (line) =>
        line[name!] === literal(value!),
  ],
  [
    /^(\w+) in \[([^\]]*)\]$/,
    ([, name, values]) =>
      (line) =>
        list(values!).includes(line[name!] as string),
  ],
  [
    /^(\w+) like \/([^/]+)\/$/,
    ([, name, source]) =>
      (line) =>
        new RegExp(source!).test(String(line[name!] ?? '')),
  ],
];

function conditionOf(text: string): (line: Line) => boolean {
  const any = text.split(' or ').map((part) => part.split(' and ').map((each) => termOf(each.trim())));
  return (line) => any.some((all) => all.every((term) => term(line)));
}

function termOf(text: string): (line: Line) => boolean {
  for (const [pattern, make] of tests) {
    const match = pattern.exec(text);
    if (match) return make(match);
  }
  throw new Error(`no condition: ${text}`);
}

const aggregates: Readonly<Record<string, (values: readonly unknown[]) => unknown>> = {
  count: (values) => values.length,
  count_distinct: (values) => new Set(values.filter((value) => value !== undefined)).size,
  earliest: (values) => values.toSorted()[0],
  latest: (values) => values.toSorted().at(-1),
};

function grouped(lines: readonly Line[], text: string): Row[] {
  const [wanted = '', by = ''] = text.split(' by ');
  const names = by.split(',').map((name) => name.trim());
  const groups = Map.groupBy(lines, (line) => JSON.stringify(names.map((name) => line[name])));
  return [...groups.values()].map((group) => {
    const row: Row = Object.fromEntries(names.map((name) => [name, group[0]![name]]));
    for (const each of wanted.split(', ')) {
      const [, kind, of, as] = /^(\w+)\(([*@\w]+)\) as (\w+)$/.exec(each.trim()) ?? [];
      if (!kind || !aggregates[kind]) throw new Error(`no aggregate: ${each}`);
      row[as!] = aggregates[kind](group.map((line) => (of === '*' ? line : line[of!])));
    }
    return row;
  });
}

function sorted(rows: readonly Row[], text: string): Row[] {
  const [, name, way] = /^(@?\w+) (asc|desc)$/.exec(text) ?? [];
  if (!name) throw new Error(`no order: ${text}`);
  const order = (a: Row, b: Row) => ((a[name] as number) < (b[name] as number) ? -1 : 1);
  return rows.toSorted((a, b) => (way === 'asc' ? order(a, b) : order(b, a)));
}

/**
 * The rows of a query.
 *
 * @param lines log lines, parsed; `@timestamp` is their `at`
 */
export function queried(lines: readonly Line[], query: string): Row[] {
  let rows: Row[] = lines.map((line) => ({ ...line, '@timestamp': line.at }));
  let shown: string[] | undefined;
  for (const command of query
    .split(/^\s*\|?\s*(?=fields|filter|stats|sort|limit)/m)
    .filter((part) => part.trim() !== '')) {
    const [, name, rest = ''] = /^(\w+)\s+(.*)$/s.exec(command.trim()) ?? [];
    if (name === 'fields') shown = rest.split(',').map((field) => field.trim());
    else if (name === 'filter') rows = rows.filter(conditionOf(rest.trim()));
    else if (name === 'stats') rows = grouped(rows, rest.trim());
    else if (name === 'sort') rows = sorted(rows, rest.trim());
    else if (name === 'limit') rows = rows.slice(0, Number(rest));
    else throw new Error(`no command: ${command}`);
  }
  return shown ? rows.map((row) => Object.fromEntries(shown.map((field) => [field, row[field]]))) : rows;
}
