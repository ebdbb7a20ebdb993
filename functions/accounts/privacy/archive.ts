import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import type { PatternName } from '../../../shared/data/registry.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { CertificationItem } from '../../activity/certifications/items.ts';
import { reviewsAbout, reviewsBy } from '../../activity/reviews/service.ts';
import { applicationsOf } from '../../groups/applications/service.ts';
import { memberships as membershipsOf } from '../../groups/core/members.ts';
import type { AccountItem } from '../accounts/items.ts';
import { nameInArchive, ownView } from './rules.ts';

type Deps = Kernel & { readonly bucket: Bucket };
type OfAccount =
  | 'sessionsOfAccount'
  | 'devicesOfAccount'
  | 'blocksOfAccount'
  | 'notificationsOfAccount'
  | 'reportedBy'
  | 'likesOfAccount'
  | 'bricksOfAccount'
  | 'exportsOfAccount';

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
  const { accountId, picture, identities = {} } = account;
  const memberships = await membershipsOf(table, accountId);
  const certifications: CertificationItem[] = [];
  for (const { membership } of memberships)
    certifications.push(...(await certificationsOf(table, membership.groupId, accountId)));
  const data = {
    madeAt: iso(now),
    account: ownView(account),
    identities: Object.values(await table.getAll(identityRefs(identities))).map((each) => ownView(each ?? {})),
    memberships: memberships.map(({ membership, group }) => ({ ...ownView(membership), group: group?.title ?? null })),
    certifications: certifications.map((each) => ({ ...ownView(each), images: each.images.map(nameInArchive) })),
    bricks: (await all(table, 'bricksOfAccount', accountId)).map(ownView),
    decisions: (await decisionsAbout(table, accountId)).map(ownView),
    applications: (await applicationsOf(table, accountId)).map(ownView),
    settings: ownView((await table.get('NotificationSettings', { accountId })) ?? {}),
    sessions: (await all(table, 'sessionsOfAccount', accountId)).map(ownView),
    devices: (await all(table, 'devicesOfAccount', accountId)).map(ownView),
    blocks: (await all(table, 'blocksOfAccount', accountId)).map(ownView),
    reviewsWritten: await everyItem((cursor) => reviewsBy(table, accountId, { limit: 50, cursor })),
    reviewsReceived: await everyItem((cursor) => reviewsAbout(table, accountId, { limit: 50, cursor })),
    reported: (await all(table, 'reportedBy', accountId)).map(ownView),
    likes: (await all(table, 'likesOfAccount', accountId)).map(ownView),
    notifications: (await all(table, 'notificationsOfAccount', accountId)).map(ownView),
    exports: (await all(table, 'exportsOfAccount', accountId)).map(ownView),
  };
  const json = new ZipDeflate('data.json', { level: 6 });
  zip.add(json);
  json.push(Buffer.from(JSON.stringify(data, undefined, 2)), true);

  const own = picture && 'key' in picture ? [picture.key] : [];
  for (const key of [...own, ...certifications.flatMap(({ images }) => images)]) {
    const bytes = await bucket.read(key);
    if (!bytes) continue;
    // Images are compressed already.
    const file = new ZipPassThrough(nameInArchive(key));
    zip.add(file);
    file.push(bytes, true);
    // The upload reads at its own pace: wait for it before the next image is fetched.
    if (stream.writableNeedDrain) await once(stream, 'drain');
  }
  zip.end();
}

const identityRefs = (identities: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(identities).map(([provider, subject]) => [provider, ref('Identity', { provider, subject })]),
  );

/** Decisions on the account itself; by whom is not its owner's to know. */
const decisionsAbout = async (table: Table, scopeId: string) =>
  (await everyItem((cursor) => table.query('decisionsIn', { scopeId }, { limit: 50, cursor }))).map(
    ({ by: _, ...decision }) => decision,
  );

async function certificationsOf(table: Table, groupId: string, accountId: string): Promise<CertificationItem[]> {
  return everyItem((cursor) => table.query('certificationsOfMember', { groupId, accountId }, { limit: 50, cursor }));
}

const all = (table: Table, pattern: OfAccount & PatternName, accountId: string) =>
  everyItem((cursor) => table.query(pattern, { accountId }, { limit: 50, cursor }));
