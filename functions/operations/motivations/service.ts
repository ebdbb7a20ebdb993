import { adminOf, seen, stillAdmin } from '../../../shared/access/access.ts';
import { newId } from '../../../shared/core/ids.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { type ChangesOf, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { contract } from './contract.ts';
import type { MotivationsItem, MotivationText } from './items.ts';
import { isShipped, type Motivation, motivationsIn, nameOf } from './rules.ts';

type Routes = typeof contract.routes;
type Who = Pick<RouteRequest<Routes['listMotivations']>, 'account' | 'now'>;

export const listRef = ref('Motivations', { list: 'REMINDERS' });

const viewOf = (text: Motivation) => ({ ...text, shipped: isShipped(text.id) });

async function read(table: Table, who: Who) {
  const { list } = await adminOf(table, who, { list: listRef });
  return { list, texts: motivationsIn(list) };
}

export async function listMotivations(
  { account, now }: RouteRequest<Routes['listMotivations']>,
  { table }: Kernel,
): Promise<Answer<Routes['listMotivations']>> {
  const { texts } = await read(table, { account, now });
  return { body: { items: texts.map(viewOf) } };
}

export async function addMotivation(
  { body, account, now }: RouteRequest<Routes['addMotivation']>,
  { table }: Kernel,
): Promise<Answer<Routes['addMotivation']>> {
  const { list, texts } = await read(table, { account, now });
  if (texts.length >= limits.motivation.most) throw new Problem('MOTIVATION_LIMIT');
  const text = { id: newId(now), ...body };
  const answer = { body: viewOf(text), location: `/v1/admin/motivations/${text.id}` };
  const { ko, en, variant } = body;
  await table.commit(
    [
      changed(list, { set: { [nameOf(text.id)]: { ko, en, variant } } }),
      recorded(account, now, text.id, undefined, body),
    ],
    answer,
  );
  return answer;
}

export async function editMotivation(
  { params: { motivationId }, body, account, now }: RouteRequest<Routes['editMotivation']>,
  { table }: Kernel,
): Promise<Answer<Routes['editMotivation']>> {
  const { list, texts } = await read(table, { account, now });
  const before = seen(texts.find(({ id }) => id === motivationId));
  const { ko, en, variant } = body;
  await table.commit([
    changed(list, { set: { [nameOf(motivationId)]: { ko, en, variant } } }),
    recorded(account, now, motivationId, before, body),
  ]);
  return { body: viewOf({ id: motivationId, ...body }) };
}

/** A shipped text is kept as deleted, so that it does not come back by itself. */
export async function deleteMotivation(
  { params: { motivationId }, account, now }: RouteRequest<Routes['deleteMotivation']>,
  { table }: Kernel,
): Promise<Answer<Routes['deleteMotivation']>> {
  const { list, texts } = await read(table, { account, now });
  const before = texts.find(({ id }) => id === motivationId);
  if (!before) return noContent;
  const name = nameOf(motivationId);
  await table.commit([
    changed(list, isShipped(motivationId) ? { set: { [name]: null } } : { remove: [name] }),
    recorded(account, now, motivationId, before, undefined),
  ]);
  return noContent;
}

/** A change of the list as it was read: two administrators at once do not lose each other's. */
const changed = (list: MotivationsItem | undefined, changes: Pick<ChangesOf<'Motivations'>, 'set' | 'remove'>) =>
  or(
    overtaken,
    upsert(
      'Motivations',
      { list: 'REMINDERS' },
      { ...changes, add: { version: 1 } },
      list ? is('version', list.version) : absent('version'),
    ),
  );

/** Row 124: who changed what, by an administrator who still is one. */
const recorded = (
  { accountId: by }: Who['account'],
  now: number,
  id: string,
  before: MotivationText | undefined,
  after: MotivationText | undefined,
) => [
  stillAdmin(by),
  decided(now, {
    scopeId: 'motivations',
    by,
    subject: `motivation:${id}`,
    before: before?.ko ?? 'NONE',
    after: after?.ko ?? 'NONE',
  }),
];
