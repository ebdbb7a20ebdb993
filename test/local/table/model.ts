/**
 * A table as plain JavaScript, written without a look at the engine: native values, and rules in the fewest words. The
 * property test does the same things to both and compares.
 */

export type Value = string | number | Set<string> | Value[] | { [name: string]: Value };
export type Row = Record<string, Value>;

export class Refused extends Error {}

/** One clause of an update: how it is written, and what it comes to. */
export interface Clause {
  /** The top-level attribute written to; two clauses of one update never share it. */
  head: string;
  section: 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
  text: string;
  values: Record<string, Value>;
  /** The attribute's value afterwards, given the row as it was; undefined takes it away. */
  result(was: Row): Value | undefined;
}

const refuse = (): never => {
  throw new Refused('ValidationException');
};
const number = (value: Value | undefined) => (typeof value === 'number' ? value : refuse());
const list = (value: Value | undefined) => (Array.isArray(value) ? value : refuse());
const map = (value: Value | undefined) =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof Set) ? value : refuse();

type Make = (v: number, word: string) => Omit<Clause, 'values'> & { values?: Record<string, Value> };

/** Every kind of clause, made from a number and a word. */
export const clauses: Make[] = [
  (v) => ({ head: 'n', section: 'SET', text: 'n = :n', values: { ':n': v }, result: () => v }),
  (_v, word) => ({ head: 'n', section: 'SET', text: 'n = :n', values: { ':n': word }, result: () => word }),
  (v) => ({
    head: 'n',
    section: 'ADD',
    text: 'n :n',
    values: { ':n': v },
    result: ({ n }) => (n === undefined ? v : number(n) + v),
  }),
  (v) => ({
    head: 'n',
    section: 'SET',
    text: 'n = if_not_exists(n, :n0) + :n',
    values: { ':n': v, ':n0': 0 },
    result: ({ n }) => number(n ?? 0) + v,
  }),
  (v) => ({ head: 'n', section: 'SET', text: 'n = n - :n', values: { ':n': v }, result: ({ n }) => number(n) - v }),
  () => ({ head: 'n', section: 'REMOVE', text: 'n', result: () => undefined }),
  () => ({ head: 'twin', section: 'SET', text: 'twin = n', result: ({ n }) => n ?? refuse() }),
  () => ({
    head: 'twin',
    section: 'SET',
    text: 'twin = l[0]',
    result: ({ l }) => (Array.isArray(l) ? l[0] : undefined) ?? refuse(),
  }),
  (_v, word) => ({ head: 's', section: 'SET', text: 's = :s', values: { ':s': word }, result: () => word }),
  (_v, word) => ({
    head: 's',
    section: 'SET',
    text: 's = if_not_exists(s, :s)',
    values: { ':s': word },
    result: ({ s }) => s ?? word,
  }),
  (_v, word) => ({
    head: 'tags',
    section: 'ADD',
    text: 'tags :t',
    values: { ':t': new Set([word, 'x']) },
    result: ({ tags }) => new Set([...((tags as Set<string>) ?? []), word, 'x']),
  }),
  (_v, word) => ({
    head: 'tags',
    section: 'DELETE',
    text: 'tags :t',
    values: { ':t': new Set([word, 'x']) },
    result({ tags }) {
      const left = [...((tags as Set<string>) ?? [])].filter((tag) => tag !== word && tag !== 'x');
      return left.length > 0 ? new Set(left) : undefined;
    },
  }),
  (_v, word) => ({
    head: 'l',
    section: 'SET',
    text: 'l = list_append(if_not_exists(l, :l0), :l)',
    values: { ':l0': [], ':l': [word] },
    result: ({ l }) => [...list(l ?? []), word],
  }),
  (v, word) => {
    const at = Math.abs(v) % 4;
    const set = (l: Value[]) => (at < l.length ? l.with(at, word) : [...l, word]);
    return {
      head: 'l',
      section: 'SET',
      text: `l[${at}] = :l`,
      values: { ':l': word },
      result: ({ l }) => set(list(l)),
    };
  },
  (v) => {
    const at = Math.abs(v) % 3;
    const rest = (l: Value[]) => l.filter((_each, position) => position !== at && position !== at + 1);
    return { head: 'l', section: 'REMOVE', text: `l[${at}], l[${at + 1}]`, result: ({ l }) => rest(list(l)) };
  },
  (v, word) => {
    const value = { a: v, b: [word] };
    return { head: 'm', section: 'SET', text: 'm = :m', values: { ':m': value }, result: () => value };
  },
  (v) => ({
    head: 'm',
    section: 'SET',
    text: 'm.c = :m',
    values: { ':m': v },
    result: ({ m }) => ({ ...map(m), c: v }),
  }),
  () => ({
    head: 'm',
    section: 'REMOVE',
    text: 'm.a',
    result({ m }) {
      const { a, ...rest } = map(m);
      return rest;
    },
  }),
  (v) => {
    const group = `g${Math.abs(v) % 2}`;
    return { head: 'g', section: 'SET', text: 'g = :g', values: { ':g': group }, result: () => group };
  },
  () => ({ head: 'g', section: 'REMOVE', text: 'g', result: () => undefined }),
  (v) => ({ head: 'h', section: 'SET', text: 'h = :h', values: { ':h': v / 4 }, result: () => v / 4 }),
];

/** A condition: how it is written, and when it holds. */
export interface Condition {
  text: string;
  values: Record<string, Value>;
  holds(row: Row): boolean;
}

type MakeCondition = (v: number, word: string) => Condition;

export const conditions: MakeCondition[] = [
  () => ({ text: 'attribute_exists(pk)', values: {}, holds: (row) => row.pk !== undefined }),
  () => ({ text: 'attribute_not_exists(pk)', values: {}, holds: (row) => row.pk === undefined }),
  (v) => ({ text: 'n = :c', values: { ':c': v }, holds: (row) => row.n === v }),
  (v) => ({ text: 'n <> :c', values: { ':c': v }, holds: (row) => row.n !== v }),
  (v) => ({ text: 'n < :c', values: { ':c': v }, holds: (row) => typeof row.n === 'number' && row.n < v }),
  (v) => ({ text: 'NOT n >= :c', values: { ':c': v }, holds: (row) => !(typeof row.n === 'number' && row.n >= v) }),
  (v) => ({
    text: 'n BETWEEN :c AND :d',
    values: { ':c': v, ':d': v + 5 },
    holds: (row) => typeof row.n === 'number' && row.n >= v && row.n <= v + 5,
  }),
  (v, word) => ({
    text: 'n IN (:c, :d)',
    values: { ':c': v, ':d': word },
    holds: (row) => row.n === v || row.n === word,
  }),
  (_v, word) => ({
    text: 'contains(tags, :c)',
    values: { ':c': word },
    holds: (row) => row.tags instanceof Set && row.tags.has(word),
  }),
  (_v, word) => ({
    text: 'contains(l, :c) OR begins_with(s, :c)',
    values: { ':c': word },
    holds: (row) =>
      (Array.isArray(row.l) && row.l.includes(word)) || (typeof row.s === 'string' && row.s.startsWith(word)),
  }),
  (v) => ({
    text: 'size(l) > :c AND attribute_type(n, :d)',
    values: { ':c': Math.abs(v) % 3, ':d': 'N' },
    holds: (row) => Array.isArray(row.l) && row.l.length > Math.abs(v) % 3 && typeof row.n === 'number',
  }),
  (v, word) => ({
    text: 'm = :c OR m.b[0] = :d',
    values: { ':c': { a: v, b: [word] }, ':d': word },
    holds(row) {
      const { a, b, c } = (row.m ?? {}) as { a?: number; b?: string[]; c?: number };
      return b?.[0] === word || (a === v && c === undefined && b?.length === 1 && b[0] === word);
    },
  }),
];

/** The rows, by key. */
export type Rows = Map<string, Row>;

export const rowKey = (row: Row) => `${row.pk as string}\n${row.sk as string}`;

/** The row after an update. Throws Refused. */
export function updated(was: Row | undefined, key: Row, chosen: readonly Clause[]): Row {
  const row = { ...(was ?? key) };
  for (const { head, result } of chosen) {
    const value = result(was ?? key);
    if (value === undefined) delete row[head];
    else row[head] = value;
  }
  return row;
}

/** Text by its bytes in UTF-8, the order of sort keys. */
export const byBytes = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));
