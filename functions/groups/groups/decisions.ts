import { memberWho } from '../../../shared/access/access.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { type DecisionKind, type GroupDecisionKind, personKinds } from '../../../shared/product/decision-kinds.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

/** Row 124: what was decided in the group, whichever feature wrote it. */
export async function listDecisions(
  { params: { groupId }, query, account: { accountId }, locale }: RouteRequest<Routes['listDecisions']>,
  { table }: Kernel,
): Promise<Answer<Routes['listDecisions']>> {
  const may = memberWho(table, 'readDecisions', groupId, accountId);
  return { body: await decisionsOf<GroupDecisionKind>(table, groupId, query, locale, may) };
}

/**
 * A page of the decisions in a group or on an account, last decided first, with the names of the people in them.
 *
 * @param may whether the caller may read them: it is asked beside the first request, and what it throws is the answer
 */
export async function decisionsOf<K extends DecisionKind>(
  table: Table,
  scopeId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  locale: Locale,
  may: Promise<unknown>,
) {
  const list = table.query('decisionsIn', { scopeId }, { limit, cursor, newestFirst: true });
  const [page] = await Promise.all([list, may]);
  const nicknames = await nicknamesOf(
    table,
    page.items.flatMap(({ by, subject, authorId }) => [by, ...personIn(subject), ...(authorId ? [authorId] : [])]),
  );
  const named = (id: string) => nicknames.get(id) ?? catalogOf(locale).unknownPerson;
  const items = page.items.map(({ decisionId, decidedAt, by, subject, authorId, before, after, reason }) => {
    const [kind, id = '', ...detail] = subject.split(':') as [K, ...string[]];
    const [person] = personIn(subject);
    return {
      id: decisionId,
      decidedAt,
      by: { id: by, nickname: named(by) },
      subject: { kind, id, nickname: person === undefined ? null : named(person), detail: detail.join(':') || null },
      author: authorId === undefined ? null : { id: authorId, nickname: named(authorId) },
      before,
      after,
      reason: reason ?? null,
    };
  });
  return { items, nextCursor: page.nextCursor };
}

/** The person that a decision is about, if it is about one. */
const personIn = (subject: string): string[] => {
  const [kind, id] = subject.split(':');
  return id && personKinds.some((each) => each === kind) ? [id] : [];
};
