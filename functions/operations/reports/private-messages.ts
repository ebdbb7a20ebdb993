/**
 * Rows 79, 83: reports on private messages. Nobody but its reader can report one, so there is no third report: it is hidden from the
 * reader at once, and administrators decide. The reader's copy is kept for that, whatever its writer deletes. The case is filed
 * under the id of the message in place of a group's.
 */

import { adminOf, seen, stillAdmin } from '../../../shared/access/access.ts';
import { stillActive } from '../../../shared/access/accounts.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { hasReported, reportedRef } from '../../activity/written/reported.ts';
import type { Said } from '../../activity/written/rules.ts';
import { outOfSight } from '../../talking/messages/box.ts';
import type { MessageItem } from '../../talking/messages/items.ts';
import { isKept } from '../../talking/messages/rules.ts';
import type { contract } from './contract.ts';
import { decidable } from './deciding.ts';
import { caseRef, countedOnce, file } from './filing.ts';
import type { ReportCaseItem } from './items.ts';
import { ofOthers } from './looking.ts';
import { decidedState } from './rules.ts';
import { closed, stateOf } from './store.ts';
import { reportView } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

const subjectOf = (messageId: string) => `privateMessage:${messageId}` as const;

export async function reportPrivateMessage(
  {
    params: { accountId: otherId, messageId },
    body: { reason, text },
    account: { accountId },
    now,
  }: RouteRequest<Routes['reportPrivateMessage']>,
  { table }: Kernel,
): Promise<Answer<Routes['reportPrivateMessage']>> {
  const pair = { accountId, otherId };
  const subject = subjectOf(messageId);
  const found = await table.getAll({
    message: ref('Message', { ...pair, messageId }),
    reported: reportedRef(accountId, messageId),
    known: caseRef(messageId, subject),
  });
  if (hasReported(found.reported, subject)) return countedOnce(table, accountId, messageId);
  // Nobody reports what they wrote: that copy is not of the kind that is reported.
  seen(found.message, ({ box, expiresAt }) => box === 'IN' && isKept({ expiresAt }, now));
  return file(
    table,
    {
      ...{ groupId: messageId, subject, authorId: otherId, readerId: accountId, waitingIn: 'ADMIN' },
      ...{ reporterId: accountId, reason, text },
      still: stillActive(accountId),
      thing: () => patch('Message', { ...pair, messageId }, { set: { reportedAt: iso(now) } }),
      also: () => outOfSight(table, pair, messageId, now),
      // Administrators have a list of what waits.
      tell: () => undefined,
    },
    found.known,
    now,
  );
}

/** Only what was reported: administrators read no other message. */
export async function getPrivateMessageReport(
  { params: { messageId }, account, locale, now, note }: RouteRequest<Routes['getPrivateMessageReport']>,
  deps: Deps,
): Promise<Answer<Routes['getPrivateMessageReport']>> {
  const { known } = await adminOf(deps.table, { account, now }, { known: caseRef(messageId, subjectOf(messageId)) });
  note({ detail: 'ADMIN' });
  const of = ofOthers(known, account);
  const { their } = await copiesOf(deps.table, of, messageId);
  const reported = their && { groupId: their.groupId, said: saidIn(their), hiddenAt: their.hiddenAt };
  return { body: await reportView(deps, of, reported, locale) };
}

const saidIn = ({ title, body, createdAt }: MessageItem): Said => ({
  text: title === undefined ? body : `${title}\n\n${body}`,
  writtenAt: createdAt,
});

/** The copy that was reported, and the one of its writer; either may be gone. */
async function copiesOf(table: Table, { authorId = '', readerId = '' }: ReportCaseItem, messageId: string) {
  return table.getAll({
    their: ref('Message', { accountId: readerId, otherId: authorId, messageId }),
    own: ref('Message', { accountId: authorId, otherId: readerId, messageId }),
  });
}

/** As in a group. Both copies say whether it is hidden, so that its writer sees it. */
export async function decidePrivateMessage(
  {
    params: { messageId },
    body: { decision, reason },
    account,
    account: { accountId },
    now,
  }: RouteRequest<Routes['decidePrivateMessage']>,
  { table }: Kernel,
): Promise<Answer<Routes['decidePrivateMessage']>> {
  const subject = subjectOf(messageId);
  const { known } = await adminOf(table, { account, now }, { known: caseRef(messageId, subject) });
  const before = decidable(known, accountId, decision);
  const copies = Object.values(await copiesOf(table, before, messageId)).filter((each) => each !== undefined);

  const state = decidedState(decision);
  const answer = { body: { subject, state, decidedAt: iso(now) } } as const;
  const changes = state === 'HIDDEN' ? { set: { hiddenAt: iso(now) } } : { remove: ['hiddenAt'] as const };
  await table.commit(
    [
      stillAdmin(accountId),
      or('ALREADY_DECIDED', closed(before, state, accountId, now)),
      // If one of the two has deleted their copy meanwhile, the other is enough.
      copies.map((each) => or(overtaken, patch('Message', each, changes))),
      decided(now, {
        ...{ scopeId: before.authorId ?? messageId, by: accountId, subject, authorId: before.authorId },
        ...{ before: stateOf(before), after: state, reason },
      }),
    ],
    answer,
  );
  return answer;
}
