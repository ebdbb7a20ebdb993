import { idAt } from '../../../shared/core/ids.ts';
import { fromIso } from '../../../shared/core/time.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { CertificationItem } from '../../activity/certifications/items.ts';
import { certificationNews } from '../../activity/certifications/news.ts';
import { hold, isLate } from '../notifications/holding.ts';

type Kept = Old<CertificationItem, 'groupId' | 'certificationId' | 'accountId' | 'status' | 'modifiedAt' | 'askedBy'>;

/**
 * Keeps an approved certification to be told to the other members, together with those of the next ten minutes. Those who were asked
 * to decide on it have seen it. One write for each certification, whatever the size of the group.
 */
export async function gatherCertification({ after, old, now }: Change<CertificationItem, Kept>, { table }: Kernel) {
  if (after?.status !== 'APPROVED' || old?.status === 'APPROVED') return;
  const { groupId, certificationId, accountId: actorId, modifiedAt } = after;
  const at = fromIso(modifiedAt);
  if (isLate(at, now)) return;
  const eventId = idAt(at, 'gathered', certificationId);
  const gathers = { certificationId, except: old?.askedBy?.of ?? [] };
  const notice = certificationNews.created.type;
  await hold(table, { groupId, notice, eventId, actorId, told: [], waits: true, gathers }, now);
}
