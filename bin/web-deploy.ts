/**
 * `npm run web:deploy`: builds the web client and puts its files into the bucket of the site. Files with a hash in their
 * name come first and the page that names them last, so a page never asks for a file that is not there. The files of the
 * two releases before stay, for pages that are still open.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { buildWeb } from '../web/build.ts';

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  webmanifest: 'application/manifest+json',
  txt: 'text/plain; charset=utf-8',
};
const isHashed = (file: string) => file.startsWith('assets/');
/** The record of the last releases, newest first: the hashed files of each. */
const record = 'releases.json';
const releasesKept = 3;
/** Files that are written at the same time: the client of S3 has 50 connections. */
const atOnce = 32;

type Release = readonly string[];

/** The bucket of the site: CloudFormation names it after its stack. */
async function siteBucket(client: S3Client, stage: string | undefined): Promise<string> {
  const prefix = stage === undefined ? 'site' : `moim-${stage}-service-site`;
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  const found = Buckets.find(({ Name }) => Name?.startsWith(prefix))?.Name;
  if (!found) throw new Error(`no bucket begins with "${prefix}": deploy the stacks first`);
  return found;
}

async function keysIn(client: S3Client, Bucket: string): Promise<Set<string>> {
  const keys = new Set<string>();
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'assets/', ContinuationToken }));
    for (const { Key } of page.Contents ?? []) keys.add(Key!);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return keys;
}

async function releasesIn(client: S3Client, Bucket: string): Promise<Release[]> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: record }));
    return JSON.parse(await Body!.transformToString()) as Release[];
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return [];
    throw error;
  }
}

/**
 * Puts a built site into its bucket. It may break off at any point and be repeated: what a page needs is there before the
 * page, and a file is deleted only when three releases have come after its last one.
 *
 * @param folder of the built files
 * @param files paths in the folder, as `buildWeb` answers them
 * @returns how many files were written and deleted
 */
export async function deploySite(
  client: S3Client,
  { stage, folder, files }: { readonly stage?: string; readonly folder: string; readonly files: readonly string[] },
): Promise<{ readonly written: number; readonly deleted: number }> {
  const Bucket = await siteBucket(client, stage);
  const [there, before] = await Promise.all([keysIn(client, Bucket), releasesIn(client, Bucket)]);
  const put = (Key: string, Body: Uint8Array | string) =>
    client.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body,
        ContentType: types[Key.split('.').at(-1)!] ?? 'application/octet-stream',
        CacheControl: isHashed(Key) ? 'public, max-age=31536000, immutable' : 'no-cache',
      }),
    );
  const hashed = files.filter(isHashed);
  const fresh = hashed.filter((file) => !there.has(file));
  const others = files.filter((file) => !isHashed(file) && file !== 'index.html');
  const isSame = (release: Release) => release.join() === hashed.join();
  const releases = [hashed, ...before.filter((release) => !isSame(release))].slice(0, releasesKept);
  // A release is on record before its page is shown, so that nothing of it is deleted by the next one.
  for (let at = 0; at < fresh.length; at += atOnce)
    await Promise.all(fresh.slice(at, at + atOnce).map((file) => put(file, readFileSync(join(folder, file)))));
  await put(record, JSON.stringify(releases));
  for (const file of [...others, 'index.html']) await put(file, readFileSync(join(folder, file)));
  const kept = new Set(releases.flat());
  const old = [...there].filter((file) => !kept.has(file));
  for (const Key of old) await client.send(new DeleteObjectCommand({ Bucket, Key }));
  return { written: fresh.length + others.length + 1, deleted: old.length };
}

if (import.meta.main) {
  const { stage } = parseArgs({ options: { stage: { type: 'string' } } }).values;
  if (!stage) {
    console.error(
      'usage: npm run web:deploy -- --stage prod     (with your own credentials; locally npm start does it)',
    );
    process.exit(2);
  }
  const { S3Client } = await import('@aws-sdk/client-s3');
  const built = await buildWeb();
  const { written, deleted } = await deploySite(new S3Client({}), { stage, ...built });
  console.log(`the site of ${stage} has a new release: ${written} files written, ${deleted} old ones deleted`);
}
