import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { CheerItem } from '../../activity/cheers/items.ts';
import { newsOfCheer } from '../../activity/cheers/telling.ts';
import { type DeliveryDeps, deliver } from './delivery.ts';

type Kept = Old<CheerItem, 'groupId' | 'certificationId' | 'accountId' | 'cheeredAt'>;

/** Notifies the author of a certification of a cheer. The change itself tells, so cheering writes no outbox item. */
export async function deliverCheer(change: Change<CheerItem, Kept>, deps: DeliveryDeps): Promise<void> {
  const item = await newsOfCheer(change, deps.table);
  if (item) await deliver({ item, now: change.now, signal: change.signal }, deps);
}
