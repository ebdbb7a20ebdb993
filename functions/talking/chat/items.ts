import { kind } from '../../../shared/data/kind.ts';
import type { FileTypeName } from '../../../shared/product/file-types.ts';
import type { EntryKind, RoomCategory } from './values.ts';

/** A file of a message. A photo has its pixels as it is shown, upright; other files have none. */
export interface FileOfMessage {
  /** That of its upload. */
  readonly id: string;
  readonly name: string;
  readonly type: FileTypeName;
  readonly bytes: number;
  /** Of its object. It is used once, so a late deletion never meets an object that is shown. */
  readonly key: string;
  readonly width?: number;
  readonly height?: number;
  /** Of a photo as it was sent (`print`). */
  readonly hash?: string;
  /** There until the image that stays has taken the place of the photo, with a thumbnail beside it. */
  readonly undecoded?: true;
  /** A photo that cannot be decoded; its object is deleted. */
  readonly broken?: true;
}

/** An entry of a room's log. Its id says its room and its number (`rules.ts`). */
export interface ChatEntryItem {
  readonly groupId: string;
  readonly messageId: string;
  readonly roomId: string;
  readonly kind: EntryKind;
  /** How many messages there are up to here: unread is counted by it. */
  readonly nth: number;
  /** Who wrote the message, or caused the entry; nobody of what follows from reports or the clock. */
  readonly accountId: string;
  /** Chosen by the sender of a message, and the same however often it is sent. */
  readonly clientId?: string;
  readonly at: string;
  readonly text?: string;
  readonly files?: readonly FileOfMessage[];
  /** There while a photo of it waits to be decoded. */
  readonly undecoded?: true;
  /** The number of the message that it answers. */
  readonly replyTo?: number;
  /** It was sent without waking anybody. */
  readonly silent?: true;
  /** The number of the message that was deleted, hidden or restored. */
  readonly target?: number;
  /** The room was closed before it: it says what became of a message since. */
  readonly isAfterClosing?: true;
  readonly deletedAt?: string;
  readonly hiddenAt?: string;
  /** Of a hidden message: the entry that says so was appended for this instant. */
  readonly toldHidden?: string;
}

/** An upload that became a file of a message: no other message can have it. */
export interface ChatFileItem {
  readonly groupId: string;
  readonly fileId: string;
  readonly roomId: string;
  readonly messageId: string;
  readonly accountId: string;
  readonly clientId: string;
  readonly key: string;
}

/** The open rooms of a group besides its main room: `open {category}` holds the id of the room. */
export type ChatRoomsItem = {
  readonly groupId: string;
  readonly open: number;
} & { readonly [Name in `open ${RoomCategory}`]?: string };

export interface ChatRoomItem {
  readonly groupId: string;
  readonly roomId: string;
  readonly category: RoomCategory;
  readonly openedBy: string;
  readonly openedAt: string;
  readonly closedAt?: string;
}

export interface ChatHeadItem {
  readonly groupId: string;
  readonly roomId: string;
  readonly seq: number;
  readonly nth: number;
  readonly at: string;
  /** When devices hear of what was written; absent if nobody waits to hear. */
  readonly pushAt?: string;
  /** Up to which entry devices have heard. */
  readonly pushed?: number;
  /** The last message. */
  readonly line?: number;
  /** The entry that says what the line is: the message itself, or what happened to it since. */
  readonly lineBy?: number;
  readonly lineAt?: string;
  readonly lineOf?: string;
  /** The beginning of its text; not there once it is deleted or hidden, and `lineIs` says which. */
  readonly lineText?: string;
  /** How many files it has. */
  readonly lineFiles?: number;
  readonly lineIs?: 'DELETED' | 'HIDDEN';
}

/**
 * How far somebody has read in each room of a group: `seq {roomId}`, and how many messages that are: `nth {roomId}`. And up to which
 * entry their devices were told: `told {roomId}`.
 */
export type ChatMarkItem = {
  readonly groupId: string;
  readonly accountId: string;
} & { readonly [number: `${'seq' | 'nth' | 'told'} ${string}`]: number };

export interface ChatListenersItem {
  readonly groupId: string;
  /** `{roomId}.{part}` */
  readonly place: string;
  readonly expiresAt: number;
  /** Whose socket it is, and until when it may be open: `{accountId} {seconds since 1970}`. */
  readonly [socket: `on ${string}`]: string;
}

export interface ChatPaceItem {
  readonly accountId: string;
  /** When the last messages were sent, in milliseconds since 1970. */
  readonly sent: readonly number[];
  /** Milliseconds since 1970. */
  readonly mutedUntil?: number;
  /** How often it was written. */
  readonly n: number;
  readonly expiresAt: number;
}

export const items = {
  ChatEntry: kind<ChatEntryItem>()({
    about: 'an entry of the log of a chat room: a message, a deletion, a closing; its number is part of its key',
    pk: 'CHAT#{groupId}',
    sk: 'ENTRY#{messageId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'entriesOfGroup' } },
      account: { stays: 'without a name: others have answered to it' },
    },
    archive: { as: 'messages', by: 'messagesBy (talking/chat/own.ts)' },
    secret: ['clientId', 'toldHidden', 'undecoded'],
    patterns: {
      entriesOfGroup: { serves: 'the logs of the chat rooms of a group; a range of them is one room from a number on' },
    },
  }),
  ChatFile: kind<ChatFileItem>()({
    about: 'an upload that became a file of a message; it becomes one of no other',
    pk: 'CHATFILES#{groupId}',
    sk: 'FILE#{fileId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'filesOfChat' } },
      account: { stays: 'as long as its message, which stays without a name' },
    },
    archive: { not: 'the message names its files' },
    patterns: {
      filesOfChat: { serves: 'the files of the messages of a group' },
    },
  }),
  ChatRooms: kind<ChatRoomsItem>()({
    about: 'which rooms of a group are open besides the main room: one of each category, three at most',
    pk: 'CHATOPEN#{groupId}',
    sk: 'OPEN',
    of: { group: 'groupId' },
    fate: { group: { dropped: { key: true } } },
  }),
  ChatRoom: kind<ChatRoomItem>()({
    about: 'a chat room that somebody has opened; the main room of a group has no item',
    pk: 'CHATROOMS#{groupId}',
    sk: 'ROOM#{roomId}',
    of: { group: 'groupId', account: 'openedBy' },
    fate: {
      group: { dropped: { pattern: 'roomsOfGroup' } },
      account: { stays: 'without a name: it is the room of the group' },
    },
    archive: { not: 'a room of the group, not of the person who opened it' },
    patterns: {
      roomsOfGroup: { serves: 'the chat rooms of a group besides its main room' },
    },
  }),
  ChatHead: kind<ChatHeadItem>()({
    about:
      'the number of the last entry of a chat room, and of its messages, its last line, and up to which devices have heard; follows by the stream',
    pk: 'CHATHEADS#{groupId}',
    sk: 'HEAD#{roomId}',
    of: { group: 'groupId' },
    fate: { group: { dropped: { pattern: 'headsOfGroup' } } },
    patterns: {
      headsOfGroup: { serves: 'the last numbers of the chat rooms of a group' },
    },
  }),
  ChatMark: kind<ChatMarkItem>()({
    about: 'how far somebody has read in the chat rooms of a group',
    pk: 'CHATMARKS#{groupId}',
    sk: 'MARK#{accountId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'marksOfGroup' } },
      account: { goes: 'with every group that it is or was in', by: 'forgetMarks (talking/chat/own.ts)' },
    },
    archive: { not: 'numbers of what was read, without meaning outside the rooms' },
    patterns: {
      marksOfGroup: { serves: 'how far the members of a group have read' },
    },
  }),
  ChatListeners: kind<ChatListenersItem>()({
    about: 'the sockets that listen to a chat room: an attribute for each, in eight parts',
    pk: 'CHATLISTENERS#{groupId}',
    sk: 'PART#{place}',
    life: '2 h 10 min after the last came',
    of: { group: 'groupId' },
    fate: { group: { dropped: { pattern: 'listenersOfGroup' } } },
    patterns: {
      listenersOfGroup: { serves: 'the sockets that listen to the chat rooms of a group; a range of them is one room' },
    },
  }),
  ChatPace: kind<ChatPaceItem>()({
    about: 'when somebody sent their last messages, over all sockets and ways',
    pk: 'CHATPACE#{accountId}',
    sk: 'PACE',
    life: '10 min',
    of: { account: 'accountId' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within minutes' },
  }),
} as const;
