/** Query and Scan: the keys to read, their order, and the end of a page. */

import { type ConsumedCapacity, readUnits, reportOf } from './capacity.ts';
import { checkNestedPaths } from './check-items.ts';
import { meets } from './conditions.ts';
import { invalidParameter, validationError } from './errors.ts';
import { encodeKey, type KeyRange, keyRange, type RangeCondition } from './keys.ts';
import { limits } from './limits.ts';
import { project } from './paths.ts';
import { authorize, findTable, leadingKeys, type Session } from './session.ts';
import { type Entry, type Index, indexOf, namesOf, type Table } from './table.ts';
import type { Tree } from './tree.ts';
import type { AttributeValue, Item, Request } from './types.ts';
import { typeOf } from './values.ts';

interface PageRequest extends Request {
  Limit?: number;
  Select?: 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';
  ExclusiveStartKey?: Item;
  ScanIndexForward?: boolean;
}

interface QueryRequest extends PageRequest {
  /** The validators make it from the KeyConditionExpression. */
  KeyConditions: Record<string, { ComparisonOperator: string; AttributeValueList: AttributeValue[] }>;
}

interface ScanRequest extends PageRequest {
  Segment?: number;
  TotalSegments?: number;
}

/** A table or one of its indexes, as a source of pages. */
interface Source {
  table: Table;
  index: Index | undefined;
  entries: Tree<Entry>;
  /** The names of the attributes of a starting key. */
  startNames: string[];
}

function openSource(session: Session, request: PageRequest): Source {
  const table = findTable(session, request.TableName);
  const index = request.IndexName === undefined ? undefined : indexOf(table, request.IndexName);
  if (index && request.ConsistentRead) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  checkSelect(request, index);
  checkNestedPaths(table, request._projection?.nestedPaths);
  checkNestedPaths(table, request._filter?.nestedPaths);
  const startNames = [...new Set([...namesOf(table.keys), ...(index ? namesOf(index.keys) : [])])];
  return { table, index, entries: index?.entries ?? table.items, startNames };
}

function checkSelect({ Select, _projection }: PageRequest, index: Index | undefined): void {
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && !index) {
    throw invalidParameter('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (Select === 'ALL_ATTRIBUTES' && index?.projected) {
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  if (Select === 'SPECIFIC_ATTRIBUTES' && !_projection) {
    throw validationError('Must specify the ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
  }
  if (_projection && Select && Select !== 'SPECIFIC_ATTRIBUTES') {
    const what = Select === 'COUNT' ? 'only the Count' : Select;
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${what}`);
  }
  const outside = (_projection?.paths ?? []).map((path) => String(path[0])).filter((name) => !kept(index, name));
  if (outside.length > 0) {
    throw invalidParameter(`Global secondary index ${index!.name} does not project [${outside.join(', ')}]`);
  }
}

const kept = (index: Index | undefined, name: string) => index?.projected?.has(name) ?? true;

/**
 * The beginning of the page that starts after `key`.
 *
 * @throws TableError unless `key` is a whole key of the source
 */
function startKey({ table, index, startNames }: Source, key: Item): string {
  const fits = startNames.every((name) => {
    const value = Object.hasOwn(key, name) ? key[name]! : undefined;
    return value && typeOf(value) === table.keyTypes.get(name) && value.S !== '' && value.B !== '';
  });
  if (!fits || Object.keys(key).length !== startNames.length) {
    throw validationError(
      index
        ? 'The provided starting key is invalid'
        : 'The provided starting key is invalid: The provided key element does not match the schema',
    );
  }
  const tableKey = encodeKey(key, table.keys);
  return index ? encodeKey(key, index.keys, tableKey) : tableKey;
}

function* entriesIn(entries: Tree<Entry>, { from, to }: KeyRange, reverse: boolean, start?: string): Generator<Entry> {
  if (reverse) {
    const below = start !== undefined && start < to ? start : to;
    for (const [key, entry] of entries.entriesReversed(below, undefined, true)) {
      if (key < from) return;
      yield entry;
    }
  } else {
    for (const [key, entry] of entries.entries(start !== undefined && start > from ? start : from)) {
      if (key >= to) return;
      if (key !== start) yield entry;
    }
  }
}

/** Reads up to the limit, or until it has read one megabyte, including items that the filter drops. */
function readPage(source: Source, range: KeyRange, request: PageRequest, start: string | undefined): object {
  const { Limit = Number.POSITIVE_INFINITY, Select, _filter, _projection } = request;
  let size = 0;
  let scanned = 0;
  let last: Item | undefined;
  const items: Item[] = [];
  for (const entry of entriesIn(source.entries, range, request.ScanIndexForward === false, start)) {
    size += entry.size;
    scanned++;
    if (meets(entry.item, _filter)) items.push(entry.item);
    if (scanned < Limit && size <= limits.pageBytes.most) continue;
    last = entry.item;
    break;
  }
  return {
    Count: items.length,
    ScannedCount: scanned,
    Items: Select === 'COUNT' ? undefined : _projection ? items.map((item) => project(item, _projection.paths)) : items,
    LastEvaluatedKey: last && Object.fromEntries(source.startNames.map((name) => [name, last[name]!])),
    ConsumedCapacity: capacityOf(source, size, request),
  };
}

function capacityOf({ table, index }: Source, size: number, request: PageRequest): ConsumedCapacity | undefined {
  const units = readUnits(size, request.ConsistentRead);
  const split = index ? { table: 0, indexes: { [index.name]: units } } : { table: units, indexes: {} };
  return reportOf(table.name, split, request.ReturnConsumedCapacity);
}

function authorizePage(session: Session, action: string, request: PageRequest, more: Record<string, string[]>): void {
  const arn = session.state.arnPrefix + request.TableName;
  const resource = request.IndexName === undefined ? arn : `${arn}/index/${request.IndexName}`;
  const select = request.Select ? { 'dynamodb:Select': [request.Select] } : {};
  authorize(session, action, resource, { ...select, ...more });
}

export function query(session: Session, request: QueryRequest): object {
  const hashName = hashNameOf(session, request);
  const given = hashName === undefined ? undefined : request.KeyConditions[hashName]?.AttributeValueList[0];
  authorizePage(session, 'Query', request, leadingKeys([given]) as Record<string, string[]>);
  const source = openSource(session, request);
  const keys = source.index?.keys ?? source.table.keys;
  const { hash, range } = keyConditions(source, request);
  for (const name of namesOf(keys)) {
    if (!request._filter?.pathHeads[name]) continue;
    throw validationError(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
    );
  }
  const bounds = keyRange(hash, range);
  const start = request.ExclusiveStartKey && startKey(source, request.ExclusiveStartKey);
  if (start !== undefined && (start < bounds.from || start >= bounds.to)) {
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  }
  return readPage(source, bounds, request, start);
}

/** The partition attribute of the table or index, if that exists. */
function hashNameOf(session: Session, request: PageRequest): string | undefined {
  const table = session.tables.get(request.TableName);
  return request.IndexName === undefined ? table?.keys.hash : table?.indexes.get(request.IndexName)?.keys.hash;
}

function keyConditions({ table, index }: Source, { KeyConditions }: QueryRequest) {
  const keys = index?.keys ?? table.keys;
  const names = Object.keys(KeyConditions);
  const hash = KeyConditions[keys.hash];
  if (!hash) throw validationError(`Query condition missed key schema element: ${keys.hash}`);
  if (hash.ComparisonOperator !== 'EQ') throw validationError('Query key condition not supported');
  if (names.length > 1 && (keys.range === undefined || !names.includes(keys.range))) {
    throw validationError(
      keys.range === undefined
        ? 'Query key condition not supported'
        : `Query condition missed key schema element: ${keys.range}`,
    );
  }
  for (const name of names) {
    const values = KeyConditions[name]!.AttributeValueList;
    if (values.some((value) => typeOf(value) !== table.keyTypes.get(name))) {
      throw invalidParameter('Condition parameter type does not match schema type');
    }
    if (values.some((value) => value.S === '' || value.B === '')) {
      throw validationError(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
      );
    }
  }
  const range = keys.range === undefined ? undefined : KeyConditions[keys.range];
  const condition = range && {
    operator: range.ComparisonOperator as RangeCondition['operator'],
    values: range.AttributeValueList,
  };
  return { hash: hash.AttributeValueList[0]!, range: condition };
}

/** Segments are ranges of the digests of partitions, with which every key begins. */
export function scan(session: Session, request: ScanRequest): object {
  authorizePage(session, 'Scan', request, {});
  const source = openSource(session, request);
  const { Segment = 0, TotalSegments = 1 } = request;
  const edge = (segment: number) =>
    Math.ceil((segment * 2 ** 32) / TotalSegments)
      .toString(16)
      .padStart(8, '0');
  const range = { from: edge(Segment), to: Segment + 1 === TotalSegments ? '~' : edge(Segment + 1) };
  const start = request.ExclusiveStartKey && startKey(source, request.ExclusiveStartKey);
  if (start !== undefined && (start < range.from || start >= range.to)) {
    throw validationError(
      'The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct ' +
        `Segment. TotalSegments: ${TotalSegments} Segment: ${Segment}`,
    );
  }
  return readPage(source, range, request, start);
}
