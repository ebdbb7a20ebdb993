import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { type ArchivedByCode, archived, type Finding, ownView } from '../../../shared/data/fates.ts';
import type { AnyItem } from '../../../shared/data/kind.ts';
import type { EntityName, ItemOf } from '../../../shared/data/registry.ts';
import type { Table } from '../../../shared/data/table.ts';
import { untyped } from '../../../shared/data/untyped.ts';
import { imageTypeOf } from '../../../shared/images/header.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { CertificationItem } from '../../activity/certifications/items.ts';
import { keysOf } from '../../activity/certifications/photo.ts';
import { reviewsAbout, reviewsBy } from '../../activity/reviews/service.ts';
import type { ChatEntryItem } from '../../talking/chat/items.ts';
import { messagesBy } from '../../talking/chat/own.ts';
import { ballotsBy, pollsBy } from '../../talking/polls/own.ts';
import type { AccountItem } from '../accounts/items.ts';
import { identitiesOf } from '../identities/own.ts';
import { fileInArchive, nameInArchive } from './rules.ts';

type Deps = Kernel & { readonly bucket: Bucket };
type AnyItems = readonly AnyItem[];
type WithFiles = Pick<ChatEntryItem, 'files'>;

/** The entries that are told by code of features, by the kind of item whose row names it. */
const code: Readonly<Record<ArchivedByCode, (table: Table, account: AccountItem) => Promise<readonly object[]>>> = {
  async Identity(table, { accountId }) {
    const authority = await table.get('Authority', { accountId });
    const found = authority ? await identitiesOf(table, authority) : [];
    return found.map((identity) => ownView('Identity', identity));
  },
  async ChatEntry(table, { accountId }) {
    return (await messagesBy(table, accountId)).map((entry) => ownView('ChatEntry', entry));
  },
  async Poll(table, { accountId }) {
    return (await pollsBy(table, accountId)).map((poll) => ownView('Poll', poll));
  },
  async Ballot(table, { accountId }) {
    const all = await ballotsBy(table, accountId);
    return all.map(({ ballot, ...words }) => ({ ...ownView('Ballot', ballot), ...words }));
  },
  Review: (table, { accountId }) => everyItem((cursor) => reviewsAbout(table, accountId, { limit: 50, cursor })),
  WrittenReview: (table, { accountId }) => everyItem((cursor) => reviewsBy(table, accountId, { limit: 50, cursor })),
};

/** Attributes that read better in an archive than as they are stored. */
const better: { readonly [E in EntityName]?: (item: ItemOf<E>) => object } = {
  Membership: ({ group }) => ({ group: group.title ?? null }),
};

/**
 * Everything that is held about an account: `data.json`, and the images that it names. A stream, made while it is read:
 * however much there is, no more than an image at a time is in memory.
 */
export function archive(deps: Deps, account: AccountItem, now: number): Readable {
  const stream = new PassThrough();
  void fill(deps, account, now, stream).catch((error: Error) => stream.destroy(error));
  return stream;
}

async function fill({ table, bucket }: Deps, account: AccountItem, now: number, stream: PassThrough): Promise<void> {
  const zip = new Zip((error, chunk, final) => {
    if (error) stream.destroy(error);
    else stream.write(chunk);
    if (final) stream.end();
  });
  const { data, certifications } = await dataOf(table, account);
  const messages = data.messages as readonly WithFiles[];
  const files = new Map(messages.flatMap((message) => (message.files ?? []).map((file) => [file.key, file])));
  const names = new Map<string, string>();
  const { picture } = account;
  const own = picture && 'key' in picture ? [picture.key] : [];
  for (const key of [...own, ...certifications.flatMap(imagesOf), ...files.keys()]) {
    const bytes = await bucket.read(key);
    if (!bytes) continue;
    // Images are compressed already.
    const attached = files.get(key);
    names.set(key, attached ? fileInArchive(attached) : nameInArchive(key, imageTypeOf(bytes)));
    const file = new ZipPassThrough(names.get(key)!);
    zip.add(file);
    file.push(bytes, true);
    // The upload reads at its own pace: wait for it before the next image is fetched.
    if (stream.writableNeedDrain) await once(stream, 'drain');
  }
  // The data comes last, because an image tells only by its content which ending its name gets.
  const named = certifications.map((certification, i) => {
    const { photos: _, ...rest } = (data.certifications as readonly { readonly photos?: unknown }[])[i]!;
    return { ...rest, images: imagesOf(certification).map((key) => names.get(key) ?? nameInArchive(key)) };
  });
  const told = messages.map(({ files: its, ...message }) =>
    its
      ? { ...message, files: its.map(({ name, type, key }) => ({ name, type, file: names.get(key) ?? null })) }
      : message,
  );
  const json = new ZipDeflate('data.json', { level: 6 });
  zip.add(json);
  json.push(
    Buffer.from(JSON.stringify({ madeAt: iso(now), ...data, certifications: named, messages: told }, undefined, 2)),
    true,
  );
  zip.end();
}

const imagesOf = ({ groupId, photos }: CertificationItem) => photos.map((photo) => keysOf(groupId, photo).full);

/** The entries of the archive as the rows say, and the certifications, whose images come with it. */
async function dataOf(table: Table, account: AccountItem) {
  const data: Record<string, unknown> = {};
  const items: { [E in EntityName]?: AnyItems } = {};
  for (const entry of archived) {
    const { as, entity, found } = entry;
    if (!found) {
      data[as] = await code[entity as ArchivedByCode](table, account);
      continue;
    }
    const { accountId } = account;
    const from = entry.with ? (items[entry.with] ?? []) : [{ [found.own]: accountId }];
    const all: AnyItem[] = [];
    for (const values of from) all.push(...(await itemsOf(table, found, values)));
    items[entity] = all;
    const views = all.map((item) => ({ ...ownView(entity, item), ...better[entity]?.(item as never) }));
    data[as] = found.pattern ? views : (views[0] ?? {});
  }
  return { data, certifications: (items.Certification ?? []) as readonly object[] as readonly CertificationItem[] };
}

async function itemsOf(table: Table, { entity, pattern }: Finding, values: AnyItem): Promise<AnyItems> {
  if (pattern) return everyItem((cursor) => untyped(table).query(pattern, values, { limit: 50, cursor }));
  const item = await untyped(table).get(entity, values);
  return item ? [item] : [];
}
