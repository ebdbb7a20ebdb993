/** Entries as clients see them: what somebody may not see keeps its number. */
import { byItself } from '../../../shared/data/outbox.ts';
import { hasReported, subjectOf } from '../../activity/written/reported.ts';
import { shown, type Viewer } from '../../activity/written/seen.ts';
import type { EntryView } from './contract.ts';
import type { ChatEntryItem } from './items.ts';
import { seqOf } from './rules.ts';
import type { MessageState } from './values.ts';

interface Sight {
  /** Whether the viewer sees what the message says. */
  readonly isSeen: boolean;
  readonly isBlocked: boolean;
  readonly isOwn: boolean;
}

function stateOf({ kind, deletedAt, hiddenAt }: ChatEntryItem, { isSeen, isBlocked }: Sight): MessageState | null {
  if (kind !== 'MESSAGE') return null;
  if (deletedAt !== undefined) return 'DELETED';
  if (!isSeen) return isBlocked ? 'BLOCKED' : 'HIDDEN';
  return hiddenAt === undefined ? 'SHOWN' : 'HIDDEN';
}

/** An entry, for somebody who sees so much of it. */
export function entryFor(entry: ChatEntryItem, nickname: string, sight: Sight): EntryView {
  const { messageId, roomId, nth, kind, accountId, clientId, text, replyTo, target, at } = entry;
  const isNobodys = sight.isBlocked || accountId === byItself;
  return {
    ...{ id: messageId, roomId, seq: seqOf(messageId), count: nth, kind, state: stateOf(entry, sight) },
    author: isNobodys ? null : { id: accountId, nickname },
    clientId: sight.isOwn ? (clientId ?? null) : null,
    text: sight.isSeen && !sight.isBlocked ? (text ?? null) : null,
    replyTo: replyTo ?? null,
    target: target ?? null,
    at,
  };
}

/** An entry of a page, for whoever asks for it. */
export function entryOfPage(entry: ChatEntryItem, nickname: string, viewer: Viewer): EntryView {
  const isOwn = entry.accountId === viewer.member.accountId;
  const isSeen = shown('message', [entry], viewer).length > 0;
  const isReported = hasReported(viewer.reported, subjectOf('message', entry));
  const isBlocked = !isOwn && !isReported && (viewer.blocked?.has(entry.accountId) ?? false);
  return entryFor(entry, nickname, { isSeen, isBlocked, isOwn });
}
