/** Which requests to the engines a fault is meant for: told apart as the services name their operations. */

import type { KindDefinition } from '../../shared/data/kind.ts';
import { entities } from '../../shared/data/registry.ts';
import type { EngineRequest } from '../engines/engine.ts';
import { splitPath } from '../engines/sigv4.ts';

export type EngineName = 'table' | 'bucket' | 'mail' | 'secrets';

export interface Aim {
  readonly engine: EngineName;
  /** `PutItem`, `GetObject`, `SendEmail`, ...; any operation without. */
  readonly operation?: string | undefined;
  /** A kind of item of the table, by its name in `docs/access-patterns.md`. */
  readonly entity?: string | undefined;
  /** A text that the request must contain: an id, an address, a key. */
  readonly contains?: string | undefined;
  /** The first of these requests that is struck. */
  readonly nth: number;
  /** How many requests are struck, one after the other. */
  readonly times: number;
}

/** The operations of each engine that can be named. */
export const operations: Readonly<Record<EngineName, readonly string[]>> = {
  table: [
    ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem'],
    ...['TransactGetItems', 'TransactWriteItems'],
  ],
  bucket: [
    ...['GetObject', 'HeadObject', 'PutObject', 'CopyObject', 'PostObject', 'DeleteObject', 'DeleteObjects'],
    ...['ListObjects', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'AbortMultipartUpload'],
  ],
  mail: ['SendEmail', 'SendRawEmail'],
  secrets: ['GetSecretValue', 'DescribeSecret', 'PutSecretValue'],
};

/** The operation of an S3 request, by method and query; its method for those that have no name here. */
function bucketOperation({ method, path, headers }: EngineRequest): string {
  const { pathname, query: pairs } = splitPath(path);
  const query = new Map(pairs);
  const [, , ...key] = pathname.split('/');
  const onObject = key.join('') !== '';
  if (!onObject)
    return { GET: 'ListObjects', POST: query.has('delete') ? 'DeleteObjects' : 'PostObject' }[method] ?? method;
  if (query.has('uploads')) return method === 'POST' ? 'CreateMultipartUpload' : method;
  if (query.has('uploadId'))
    return { PUT: 'UploadPart', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' }[method] ?? method;
  if (method === 'PUT') return headers['x-amz-copy-source'] ? 'CopyObject' : 'PutObject';
  return { GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? method;
}

/** A request as aims look at it. */
export interface Aimed {
  readonly operation: string;
  /** The text that `contains` is looked for in. */
  readonly text: string;
}

/** Reads what an engine is asked for; undefined for a request that it refuses as unreadable. */
export function aimedOf(engine: EngineName, request: EngineRequest): Aimed | undefined {
  try {
    if (engine === 'bucket') return { operation: bucketOperation(request), text: decodeURIComponent(request.path) };
    const body = Buffer.from(request.body).toString('utf8');
    if (engine === 'mail') {
      const form = new URLSearchParams(body);
      return { operation: form.get('Action') ?? '', text: [...form.values()].join('\n') };
    }
    return {
      operation: request.headers['x-amz-target']?.split('.').at(-1) ?? '',
      text: JSON.stringify(JSON.parse(body)),
    };
  } catch {
    return undefined;
  }
}

/** Matches the keys that a template of the registry gives: `GROUP#{groupId}`. */
const shapeOf = (template: string) =>
  new RegExp(
    `^${template
      .split(/\{\w+\}/)
      .map((fixed) => fixed.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
      .join('[^#]+')}$`,
  );

/**
 * Whether a request of the table names an item of a kind: by its whole key, or, in a query, by a partition that such items
 * are in. A query counts for every kind of its partition.
 */
function namesEntity(entity: string): (text: string) => boolean {
  const { pk, sk, gsi1, gsi2 }: KindDefinition = entities[entity as keyof typeof entities];
  const [partition, sort] = [shapeOf(pk), shapeOf(sk)];
  const partitions = [pk, gsi1?.pk, gsi2?.pk].flatMap((template) => (template ? [shapeOf(template)] : []));
  const isText = (value: unknown): value is { S: string } => typeof (value as { S?: unknown } | null)?.S === 'string';
  const named = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const item = value as Readonly<Record<string, unknown>>;
    if (isText(item.pk) && isText(item.sk) && partition.test(item.pk.S) && sort.test(item.sk.S)) return true;
    return Object.values(item).some(named);
  };
  return (text) => {
    const body = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const asked = body.KeyConditionExpression === undefined ? [] : Object.values(body.ExpressionAttributeValues ?? {});
    return named(body) || asked.some((value) => isText(value) && partitions.some((shape) => shape.test(value.S)));
  };
}

/** Counts the requests that an aim fits; says of each whether it is struck. */
export function createCount({ operation, entity, contains, nth, times }: Aim) {
  const fitsEntity = entity === undefined ? () => true : namesEntity(entity);
  const counted = { seen: 0, struck: 0 };
  return {
    counted,
    strikes(request: Aimed): boolean {
      if (operation !== undefined && operation !== request.operation) return false;
      if (contains !== undefined && !request.text.includes(contains)) return false;
      if (!fitsEntity(request.text)) return false;
      counted.seen++;
      if (counted.seen < nth || counted.struck >= times) return false;
      counted.struck++;
      return true;
    },
  };
}
