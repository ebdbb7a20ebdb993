import { groupSeenBy } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import { charged } from '../../../shared/data/quota.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { contract } from './contract.ts';

type Downloading = (typeof contract.routes)['downloadFile'];

/** Row 32. What leaves the bucket is paid by the byte, so it is counted by the byte for whoever asks, before it leaves. */
export async function downloadFile(
  { params: { groupId, fileId }, account: { accountId }, now }: RouteRequest<Downloading>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Downloading>> {
  const { group } = await groupSeenBy(table, groupId, accountId);
  const file = group.files?.find(({ id }) => id === fileId);
  if (!file) throw new Problem('NOT_FOUND');
  const seconds = limits.fileLinkSeconds;
  const url = await bucket.link(file.key, seconds, file.name);
  const answer = { body: { url, expiresAt: iso(now + seconds * 1000) } };
  await table.commit([charged({ limit: 'fileBytes', subject: accountId, count: file.bytes }, now)], answer);
  return answer;
}
