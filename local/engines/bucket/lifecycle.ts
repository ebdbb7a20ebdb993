import type { Clock } from '../../../shared/core/clock.ts';
import { type BucketState, removeObject, removeUpload } from './bucket-state.ts';
import type { LifecycleConfiguration } from './records.ts';

const dayMs = 86_400_000;

const actedOn = ['Id', 'Status', 'Prefix', 'ExpirationInDays', 'AbortIncompleteMultipartUpload'];
/** Rules about versions and storage classes have no effect here: there is one version and one class. */
const withoutEffect = /^(Noncurrent|Transition|ExpiredObjectDeleteMarker)/;

/**
 * Refuses a configuration that the engine would apply wrongly, such as expiry by tag: ignoring the condition would
 * delete too much.
 *
 * @throws Error that names rule and property
 */
export function checkLifecycle(lifecycle: LifecycleConfiguration | undefined): void {
  for (const rule of lifecycle?.Rules ?? [])
    for (const property of Object.keys(rule))
      if (!actedOn.includes(property) && !withoutEffect.test(property))
        throw new Error(
          `The lifecycle rule ${rule.Id ?? '(without id)'} uses ${property}, which the local bucket does not know.`,
        );
}

/** The midnight (UTC) after `days` whole days, at which S3 acts. */
const dueAt = (from: number, days: number) => Math.ceil((from + days * dayMs) / dayMs) * dayMs;

/** Deletes everything that the enabled rules declare due at `now`. */
export function sweep(bucket: BucketState, now: number): void {
  for (const rule of bucket.lifecycle?.Rules ?? []) {
    if (rule.Status !== 'Enabled') continue;
    const prefix = rule.Prefix ?? '';
    const [days, abortDays] = [rule.ExpirationInDays, rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation];
    if (days !== undefined)
      for (const record of [...bucket.objects.values()])
        if (record.key.startsWith(prefix) && dueAt(record.modifiedAt, days) <= now) removeObject(bucket, record.key);
    if (abortDays !== undefined)
      for (const upload of [...bucket.uploads.values()])
        if (upload.key.startsWith(prefix) && dueAt(upload.startedAt, abortDays) <= now) removeUpload(bucket, upload);
  }
}

/** Runs `task` at every midnight (UTC) of the clock; gives back a function that stops it. */
export function everyMidnight(clock: Clock, task: () => void): () => void {
  let cancel = () => {};
  const arm = () => {
    cancel = clock.at((Math.floor(clock.now() / dayMs) + 1) * dayMs, () => {
      arm();
      task();
    });
  };
  arm();
  return () => cancel();
}
