import { everyPage } from '../../../shared/data/every-item.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { CertificationItem } from '../../activity/certifications/items.ts';
import { presentMembers } from '../core/members.ts';
import type { PlanItem } from './items.ts';
import { diligentShare, occasions } from './rules.ts';

/**
 * Counts the results of a plan's group after publication. It may read everything that the group did, because no request
 * waits for it and it happens once. Idempotent.
 */
export async function countResults({ item }: Change<PlanItem>, { table }: Kernel): Promise<void> {
  if (!item) return;
  const { planId, groupId, missions, startDate, lastDate } = item;
  const members = await presentMembers(table, groupId);
  const done = new Map<string, number>();
  for await (const { accountId } of approvedIn(table, groupId)) done.set(accountId, (done.get(accountId) ?? 0) + 1);
  const certifications = [...done.values()].reduce((sum, times) => sum + times, 0);
  const expected = missions.reduce((sum, mission) => sum + occasions(mission, startDate, lastDate), 0);
  const diligent = diligentShare(
    members.map(({ accountId }) => done.get(accountId) ?? 0),
    expected,
  );
  const results = { certifications, diligent: diligent ?? undefined };
  // Refused where the plan was withdrawn in the meantime.
  await table.commit(or(nothing, patch('Plan', { planId }, { set: results })));
}

async function* approvedIn(table: Table, groupId: string): AsyncGenerator<CertificationItem> {
  const pages = everyPage((cursor) =>
    table.query('certificationsByStatus', { groupId, status: 'APPROVED' }, { limit: 500, cursor }),
  );
  for await (const page of pages) yield* page;
}
