import { S3Refusal } from './errors.ts';
import type { ObjectRecord } from './records.ts';

type Headers = Readonly<Record<string, string>>;

const failed = (condition: string) =>
  new S3Refusal('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  });

function namesEtag(list: string, etag: string): boolean {
  return list.split(',').some((item) => {
    const tag = item.trim().replace(/^W\//, '').replace(/^"|"$/g, '');
    return tag === '*' || tag === etag;
  });
}

/** HTTP dates have a resolution of one second. */
const seconds = (time: number) => Math.floor(time / 1000);

/** The date of a condition in seconds. An unreadable date is ignored (every comparison with NaN is false). */
const dateOf = (text: string | undefined) => seconds(Date.parse(text ?? ''));

/**
 * Evaluates the conditions of a read in HTTP's order: `If-Match` takes precedence over `If-Unmodified-Since`, and
 * `If-None-Match` over `If-Modified-Since`. Gives back whether the reader's copy is still current (304). With the
 * prefix `x-amz-copy-source-` it evaluates the conditions on the source of a copy.
 *
 * @throws S3Refusal PreconditionFailed
 */
export function isNotModified(record: ObjectRecord, headers: Headers, prefix = ''): boolean {
  const [match, noneMatch] = [headers[`${prefix}if-match`], headers[`${prefix}if-none-match`]];
  const modifiedAt = seconds(record.modifiedAt);
  if (match !== undefined) {
    if (!namesEtag(match, record.etag)) throw failed('If-Match');
  } else if (modifiedAt > dateOf(headers[`${prefix}if-unmodified-since`])) throw failed('If-Unmodified-Since');
  if (noneMatch !== undefined) return namesEtag(noneMatch, record.etag);
  return modifiedAt <= dateOf(headers[`${prefix}if-modified-since`]);
}

/**
 * Evaluates the conditions of a write against the object that is stored under the key.
 *
 * @throws S3Refusal PreconditionFailed, NoSuchKey
 */
export function checkWriteConditions(old: ObjectRecord | undefined, headers: Headers): void {
  const [match, noneMatch] = [headers['if-match'], headers['if-none-match']];
  if (noneMatch !== undefined) {
    if (noneMatch.trim() !== '*')
      throw new S3Refusal('NotImplemented', 'A write can be made conditional on If-None-Match: * only.');
    if (old) throw failed('If-None-Match');
  }
  if (match === undefined) return;
  if (!old) throw new S3Refusal('NoSuchKey', 'The specified key does not exist.');
  if (!namesEtag(match, old.etag)) throw failed('If-Match');
}

/**
 * The part of an object that a `Range` header asks for, `end` excluded. Undefined for the whole object, also if S3 does
 * not understand the header (several ranges, other units).
 *
 * @throws S3Refusal InvalidRange if it begins beyond the end
 */
export function readRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const range = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!range || (!range[1] && !range[2])) return undefined;
  const [from, to] = [range[1], range[2]];
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(size, Number(to) + 1) : size;
  if (from && to && Number(to) < Number(from)) return undefined;
  if (start >= size || start >= end)
    throw new S3Refusal('InvalidRange', 'The requested range is not satisfiable', {
      RangeRequested: header!,
      ActualObjectSize: String(size),
    });
  return { start, end };
}
