import { memberOf } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, exists } from '../../../shared/data/conditions.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { authorsOf } from '../written/authors.ts';
import { one, readAlong } from '../written/seen.ts';
import type { contract } from './contract.ts';
import { kindsOf } from './rules.ts';

type Routes = typeof contract.routes;

/** Row 63. The person's cheer and the count are one transaction, of two small items without an index: four units. */
export async function cheer(
  { params, body: { kind }, account: { accountId }, locale, now }: RouteRequest<Routes['cheer']>,
  { table, tally }: Kernel,
): Promise<Answer<Routes['cheer']>> {
  await tally.count({ limit: 'cheer', subject: accountId }, now);
  const { groupId, certificationId } = params;
  const certification = ref('Certification', params);
  const found = await memberOf(table, groupId, accountId, { certification, ...readAlong(accountId, groupId) });
  const cheered = one('certification', found.certification, found);
  if (cheered.accountId === accountId) {
    const errors = [{ pointer: 'path/certificationId', reason: catalogOf(locale).fields.ownThing }];
    throw new Problem('INVALID_REQUEST', { errors });
  }
  if (cheered.status !== 'APPROVED') throw new Problem('NOT_APPLICABLE');
  const changes = { set: { cheeredAt: iso(now), [`kind ${kind}`]: 1 }, add: { n: 1 } };
  await table.commit([
    or(nothing, upsert('Cheer', { accountId, groupId, certificationId }, changes, absent(`kind ${kind}`))),
    or(
      'NOT_FOUND',
      upsert('CheerCount', { groupId, certificationId }, { add: { [kind]: 1, moves: 1 } }, absent('gone')),
    ),
  ]);
  return noContent;
}

export async function takeBackCheer(
  { params, query: { kind }, account: { accountId } }: RouteRequest<Routes['takeBackCheer']>,
  { table }: Kernel,
): Promise<Answer<Routes['takeBackCheer']>> {
  const { groupId, certificationId } = params;
  const found = await memberOf(table, groupId, accountId, {
    certification: ref('Certification', params),
    own: ref('Cheer', { accountId, groupId, certificationId }),
    ...readAlong(accountId, groupId),
  });
  one('certification', found.certification, found);
  const kinds = kindsOf(found.own).filter((each) => kind === undefined || each === kind);
  if (kinds.length === 0) return noContent;
  const names = kinds.map((each) => `kind ${each}` as const);
  const fewer = { ...Object.fromEntries(kinds.map((each) => [each, -1])), moves: 1 };
  const without = { remove: names, add: { n: 1 } };
  await table.commit([
    or(
      (cheered) => (cheered ? overtaken : nothing),
      patch('Cheer', { accountId, groupId, certificationId }, without, allOf(...names.map((name) => exists(name)))),
    ),
    or(nothing, patch('CheerCount', { groupId, certificationId }, { add: fewer }, absent('gone'))),
  ]);
  return noContent;
}

export async function listCheers(
  { params, query, account: { accountId }, locale }: RouteRequest<Routes['listCheers']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['listCheers']>> {
  const { groupId } = params;
  const certification = ref('Certification', params);
  const [page, found, blocked, roster] = await Promise.all([
    table.query('cheersOfCertification', params, query),
    memberOf(table, groupId, accountId, { certification, ...readAlong(accountId, groupId) }),
    blockedBy(table, accountId),
    rosterOf(table, groupId),
  ]);
  one('certification', found.certification, found);
  const cheering = page.items.filter((each) => kindsOf(each).length > 0 && !blocked.has(each.accountId));
  const personOf = await authorsOf(table, roster, cheering, locale);
  const items = cheering.map(async (each) => {
    const { nickname, picture } = personOf(each);
    const account = { id: each.accountId, nickname, picture: await thumbnailOf(bucket, picture) };
    return { account, kinds: kindsOf(each), cheeredAt: each.cheeredAt };
  });
  return { body: { items: await Promise.all(items), nextCursor: page.nextCursor } };
}
