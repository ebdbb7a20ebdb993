import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../shared/core/clock.ts';
import type { Engine, EngineRequest, EngineResponse } from '../engine.ts';
import { splitPath } from '../sigv4.ts';
import { type Authenticated, authenticate, authenticateForm, type BucketCredentials } from './authenticate.ts';
import { type BucketState, openBucket, sortedKeys } from './bucket-state.ts';
import { bucketArn, type Call, demand, emptyAnswer, xmlAnswer } from './call.ts';
import { corsHeaders, preflight } from './cors.ts';
import { errorAnswer, S3Refusal } from './errors.ts';
import { folderStorage } from './folder-storage.ts';
import { checkLifecycle, everyMidnight, sweep } from './lifecycle.ts';
import { keyOf, postObject, readForm } from './post-form.ts';
import type { CorsConfiguration, LifecycleConfiguration, ObjectRecord } from './records.ts';
import { runOperation } from './route.ts';
import { memoryStorage } from './storage.ts';
import { element, s3Namespace } from './xml.ts';

export interface BucketEngineOptions {
  readonly clock: Clock;
  /** The folder for objects that survive a restart; without it they are in memory. */
  readonly folder?: string;
  /** The secret of an access key and its caller; undefined for an unknown key. */
  readonly credentials: (accessKeyId: string) => BucketCredentials | undefined;
  /** The region that requests must be signed for: us-east-1 unless given. */
  readonly region?: string;
}

export interface BucketConfiguration {
  readonly cors?: CorsConfiguration;
  readonly lifecycle?: LifecycleConfiguration;
}

export interface BucketEngine extends Engine {
  /**
   * Creates the bucket if it does not exist, and replaces its configuration.
   *
   * @throws Error for a name that S3 would refuse, and for a lifecycle rule that the engine does not support
   */
  createBucket(name: string, configuration?: BucketConfiguration): void;
  /**
   * The objects of a bucket in S3's order, for tests.
   *
   * @throws Error if there is no such bucket
   */
  list(bucket: string): ObjectRecord[];
  /**
   * Stops the timer of the lifecycle rules. Nothing else is pending: every answer is given after its data is stored.
   */
  close(): void;
}

/** 3 to 63 characters that DNS accepts. This also keeps a name from leaving the folder. */
const isBucketName = (name: string) => /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/.test(name);

interface Target {
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
}

function readTarget(path: string): Target {
  try {
    const { pathname, query } = splitPath(path);
    const slash = pathname.indexOf('/', 1);
    const [bucket, key] = slash < 0 ? [pathname.slice(1), ''] : [pathname.slice(1, slash), pathname.slice(slash + 1)];
    return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key), query: new Map(query) };
  } catch {
    throw new S3Refusal('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function checkKey(key: string): void {
  if (Buffer.byteLength(key) > 1024) throw new S3Refusal('KeyTooLongError', 'Your key is too long');
}

/**
 * Stands in for S3, with paths of the form `/<bucket>/<key>`. It authenticates requests itself, because presigned URLs
 * and POST policies carry their own credentials. The caller passed to `handle` is ignored. Unsupported requests are
 * refused as NotImplemented.
 *
 * @throws Error that names the file if `folder` contains a broken one
 */
export function createBucketEngine(options: BucketEngineOptions): BucketEngine {
  const { clock, region = 'us-east-1' } = options;
  const storage = options.folder === undefined ? memoryStorage() : folderStorage(options.folder);
  const buckets = new Map<string, BucketState>();
  for (const name of storage.bucketNames()) buckets.set(name, openBucket(name, storage.open(name)));
  const stopSweeping = everyMidnight(clock, () => {
    for (const bucket of buckets.values()) sweep(bucket, clock.now());
  });

  const findBucket = (name: string): BucketState => {
    const bucket = buckets.get(name);
    if (bucket) return bucket;
    throw new S3Refusal('NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
  };
  const addBucket = (name: string): BucketState => {
    if (!isBucketName(name)) throw new S3Refusal('InvalidBucketName', `The specified bucket is not valid: ${name}`);
    const bucket = buckets.get(name) ?? openBucket(name, storage.open(name));
    buckets.set(name, bucket);
    return bucket;
  };

  /** Operations on buckets as a whole, which may name a bucket that does not exist yet. */
  function bucketOperation(method: string, target: Target, who: Authenticated): EngineResponse | undefined {
    const { bucket: name, key, query } = target;
    if (key || query.size > (query.has('x-id') ? 1 : 0)) return undefined;
    if (!name && method === 'GET') {
      demand(who, 's3:ListAllMyBuckets', '*');
      const items = [...buckets.keys()].sort().map((n) => element('Bucket', [element('Name', n)]));
      return xmlAnswer(element('ListAllMyBucketsResult', [element('Buckets', items)], s3Namespace));
    }
    if (method === 'PUT') {
      demand(who, 's3:CreateBucket', bucketArn(name));
      if (buckets.has(name))
        throw new S3Refusal('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded.');
      addBucket(name);
      return emptyAnswer(200, { location: `/${name}` });
    }
    if (method === 'DELETE') {
      demand(who, 's3:DeleteBucket', bucketArn(name));
      if (findBucket(name).objects.size > 0)
        throw new S3Refusal('BucketNotEmpty', 'The bucket you tried to delete is not empty');
      storage.remove(name);
      buckets.delete(name);
      return emptyAnswer(204);
    }
    return undefined;
  }

  async function answer(request: EngineRequest, target: Target): Promise<EngineResponse> {
    if (request.method === 'OPTIONS') return preflight(findBucket(target.bucket).cors, request);
    const auth = { credentials: options.credentials, region, now: clock.now() };
    const callOf = (who: Authenticated, key: string): Call => {
      checkKey(key);
      return { ...who, bucket: findBucket(target.bucket), key, query: target.query, now: clock.now(), findBucket };
    };
    const isForm = request.headers['content-type']?.startsWith('multipart/form-data') ?? false;
    if (request.method === 'POST' && !target.key && isForm) {
      const form = await readForm(request);
      return postObject(callOf(authenticateForm(request, form, auth), keyOf(form)), form);
    }
    const who = authenticate(request, auth);
    return bucketOperation(request.method, target, who) ?? runOperation(request.method, callOf(who, target.key));
  }

  return {
    async handle(request) {
      let response: EngineResponse;
      let cors: Record<string, string> = {};
      try {
        const target = readTarget(request.path);
        if (request.method !== 'OPTIONS') cors = corsHeaders(buckets.get(target.bucket)?.cors, request);
        response = await answer(request, target);
      } catch (error) {
        if (!(error instanceof S3Refusal)) throw error;
        response = errorAnswer(error, request);
      }
      // The SDK corrects its own clock by the date of a refusal, so it must be the date of the engine's clock.
      const common = { date: new Date(clock.now()).toUTCString(), 'x-amz-request-id': randomUUID(), ...cors };
      return { ...response, headers: { ...common, ...response.headers } };
    },
    createBucket(name, configuration = {}) {
      checkLifecycle(configuration.lifecycle);
      const bucket = addBucket(name);
      bucket.cors = configuration.cors;
      bucket.lifecycle = configuration.lifecycle;
      // The laptop may have been asleep at midnight.
      sweep(bucket, clock.now());
    },
    list: (name) => {
      const bucket = findBucket(name);
      return sortedKeys(bucket).map((key) => bucket.objects.get(key)!);
    },
    close: stopSweeping,
  };
}
