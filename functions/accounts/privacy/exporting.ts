/** Makes archives of own data. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { archive } from './archive.ts';
import { privacyNews } from './news.ts';
import type { StoreInParts } from './parts.ts';
import { exportKey } from './rules.ts';

type Deps = Kernel & { readonly bucket: Bucket; readonly storeInParts: StoreInParts };

/** Made anew, the archive takes the place of itself; only the first to finish tells of it. An account that is gone gets none. */
export async function makeExport({ subject, now }: DueRun, deps: Deps): Promise<DueResult> {
  const { table, environment } = deps;
  const [accountId = '', exportId = ''] = subject.split(':');
  const { account, asked } = await table.getAll({
    account: ref('Account', { accountId }),
    asked: ref('Export', { accountId, exportId }),
  });
  if (!account || account.status === 'WITHDRAWN' || asked?.status !== 'PENDING') return 'done';
  const key = exportKey(accountId, exportId);
  const bytes = await deps.storeInParts(key, archive(deps, account, now), 'application/zip');
  const hours = String(Math.max(1, Math.floor((asked.expiresAt - now / 1000) / 3600)));
  const mail = {
    template: 'EXPORT_READY',
    locale: account.locale,
    values: { link: `${environment.WEB_URL}/me/exports`, hours },
  } as const;
  const ready = { set: { status: 'READY', key, bytes } } as const;
  await table.commit([
    or(nothing, patch('Export', { accountId, exportId }, ready, is('status', 'PENDING'))),
    account.email !== undefined && mailOrder(now, { to: account.email, ...mail }),
    // Nobody caused it: the one who asked is told like any other.
    tell(privacyNews.exportReady, now, { to: [accountId], by: byItself }),
  ]);
  return 'done';
}
