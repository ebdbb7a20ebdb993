/** Everything that waits for a decision of one person, over all groups that they lead or manage. */
import { may } from '../../../shared/access/powers.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { decodeValues, encodeValues } from '../../../shared/data/cursor.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { personOf } from '../../accounts/accounts/people.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import type { ReportCaseItem } from '../../operations/reports/items.ts';
import type { CertificationItem } from '../certifications/items.ts';
import { viewOf } from '../certifications/view.ts';
import type { ReportedItem } from '../written/items.ts';
import { reportedRef } from '../written/reported.ts';
import { shown } from '../written/seen.ts';
import { agendaRef } from './agenda.ts';
import type { contract } from './contract.ts';
import type { AgendaItem } from './items.ts';
import { placeOf, queueIn, type Waiting } from './rules.ts';
import { waitingIn } from './service.ts';

type Routes = typeof contract.routes;

/** A group in which somebody decides, and what of it they see. */
interface Judged {
  readonly group: GroupItem;
  readonly member: MembershipItem;
  readonly agenda: AgendaItem | undefined;
  readonly reported: ReportedItem | undefined;
}

/**
 * Three requests one after another: the memberships; session, memberships and agendas, which decide and are read strongly;
 * and the certifications of the page with their authors and reports.
 */
export async function listQueue(
  { query: { limit, cursor }, account: { accountId }, locale }: RouteRequest<Routes['listQueue']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['listQueue']>> {
  const [after = ''] = cursor === undefined ? [] : decodeValues(accountId, cursor);
  const judged = await judgedBy(table, accountId);
  const waiting = judged
    .flatMap((each) => queueIn(each.agenda).map((one) => ({ ...each, ...one, place: placeOf(one) })))
    .filter((one) => one.place > after && one.accountId !== accountId)
    .toSorted((a, b) => (a.place < b.place ? -1 : 1));
  const page = waiting.slice(0, Math.min(limit, limits.queuePage));
  const found = await entriesOf(table, page);
  const items = page.flatMap(({ certificationId, ...part }) => {
    const certification = found[`certification ${certificationId}`] as CertificationItem | undefined;
    const report = found[`report ${certificationId}`] as ReportCaseItem | undefined;
    if (certification?.status !== 'WAITING' || shown('certification', [certification], part).length === 0) return [];
    const author = personOf(found[`account ${part.accountId}`]) ?? { nickname: catalogOf(locale).unknownPerson };
    const hides = may(part.member.role, 'hideReported');
    return [{ certification, author, group: nameOf(part), reported: hides ? report?.waitingIn !== undefined : null }];
  });
  return {
    body: {
      items: await Promise.all(
        items.map(async ({ certification, author, ...rest }) => ({
          certification: await viewOf(bucket, certification, author, { accountId, judges: true }, locale),
          ...rest,
        })),
      ),
      nextCursor: waiting.length > page.length ? encodeValues(accountId, [page.at(-1)!.place]) : null,
      groups: judged.map((each) => ({
        group: nameOf(each),
        ...waitingIn(each.member.role, each.agenda),
      })),
    },
  };
}

const nameOf = ({ group: { groupId, title } }: Pick<Judged, 'group'>) => ({ id: groupId, title });

/** The groups in which somebody decides, those that they joined last. The index only proposes them. */
async function judgedBy(table: Table, accountId: string): Promise<Judged[]> {
  const options = { limit: limits.queueMemberships, newestFirst: true, ahead: true } as const;
  const { items } = await table.query('groupsOfAccount', { accountId }, options);
  const proposed = items.filter(isJudge).slice(0, limits.queueGroups);
  const references = proposed.flatMap(({ groupId }): [string, Reference<unknown>][] => [
    [`group ${groupId}`, ref('Group', { groupId })],
    [`member ${groupId}`, ref('Membership', { groupId, accountId })],
    [`agenda ${groupId}`, agendaRef(groupId)],
    [`reported ${groupId}`, reportedRef(accountId, groupId)],
  ]);
  const found = (await table.getAll(Object.fromEntries(references))) as Record<string, never>;
  return proposed.flatMap(({ groupId }) => {
    const group = found[`group ${groupId}`] as GroupItem | undefined;
    const member = found[`member ${groupId}`] as MembershipItem | undefined;
    if (!group || group.deletedAt || !member || !isJudge(member)) return [];
    return [{ group, member, agenda: found[`agenda ${groupId}`], reported: found[`reported ${groupId}`] }];
  });
}

const isJudge = ({ state, role }: MembershipItem) => state === 'ACTIVE' && may(role, 'judgeCertifications');

/** The certifications of a page, with their authors and what is reported of them. They are only shown, so they may lag. */
async function entriesOf(table: Table, page: readonly (Waiting & Judged)[]): Promise<Record<string, never>> {
  const references = page.flatMap(
    ({ group: { groupId }, certificationId, accountId }): [string, Reference<unknown>][] => [
      [`certification ${certificationId}`, ref('Certification', { groupId, certificationId })],
      [`account ${accountId}`, ref('Account', { accountId })],
      [`report ${certificationId}`, ref('ReportCase', { groupId, subject: `certification:${certificationId}` })],
    ],
  );
  return (await table.getAll(Object.fromEntries(references), { eventual: true })) as Record<string, never>;
}
