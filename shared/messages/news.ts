/**
 * News for people, declared as values by the features: each kind has a class, a screen and its texts in both languages.
 */
import type { Locale } from './catalog.ts';

/**
 * The classes of notifications that people switch on and off (row 18). `always` is for news about the account itself.
 */
export const notificationClasses = ['newUpload', 'remind', 'nudge', 'comment', 'group', 'message'] as const;
export type NotificationClass = (typeof notificationClasses)[number];

/**
 * What news concerns, which decides what the volume of a group lets through to devices (row 147). `account`: the person's own
 * account, pushed at any volume. `you`: something done by, for or to this person: a decision, a request, an answer; pushed at
 * ALL and MENTIONS, the first of its kind at once. `group`: what happens in the group; pushed at ALL, together with what comes
 * within ten minutes.
 */
export type Concern = 'account' | 'you' | 'group';

/**
 * The text of a push message that stands for several of one kind from one group, in each language. It may name `{count}` and the
 * group's `{title}`, and no one else. `latest`: the last one says it all, as with a state.
 */
type Many = Readonly<Record<Locale, `${string}{count}${string}`>> | 'latest';
type ManyOn<S extends Screen> = 'groupId' extends (typeof screens)[S][number]
  ? { readonly many: Many }
  : { readonly many?: undefined };

/** The screens of the clients that news leads to, each with the ids that it needs. */
export const screens = {
  group: ['groupId'],
  room: ['groupId', 'roomId'],
  certification: ['groupId', 'certificationId'],
  mission: ['groupId', 'missionId'],
  post: ['groupId', 'postId'],
  applications: ['groupId'],
  account: [],
  reports: ['groupId'],
  plan: ['planId'],
  poll: ['groupId', 'pollId'],
  approvals: [],
  today: [],
  messages: ['accountId'],
  attendance: ['groupId'],
  records: ['groupId'],
  ranking: ['groupId', 'seasonId'],
} as const satisfies Record<string, readonly string[]>;
export type Screen = keyof typeof screens;
/** Every id that at least one screen needs. */
export type LinkId = (typeof screens)[Screen][number];

/**
 * The people whom a text may name: the one who caused the news, the one it is about, and several in their order. Their names are
 * looked up when the news is read.
 */
export type Named = 'actor' | 'person' | 'people';

/** A value that has its own words in each language. */
export type Spoken = Readonly<Record<Locale, string>>;

/** The names in the braces of a text. `{이/가}` and the like choose a particle and are no names. */
type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string}/${string}` ? never : Name) | NamesIn<Rest>
  : never;

/** One kind of news with its texts in both languages. Values are in braces, the same ones in each language. */
export interface News<Type extends string = string, Name extends string = string, S extends Screen = Screen> {
  readonly type: Type;
  readonly class: NotificationClass | 'always';
  readonly concerns: Concern;
  readonly screen: S;
  readonly texts: Readonly<Record<Locale, string>>;
  /** Absent where the screen is of no group: such news is pushed one by one, at any volume. */
  readonly many?: Many | undefined;
  /** The value that has words of what the news leads to. Where these are gone, the inbox shows the text without them. */
  readonly quotes?: string | undefined;
  /** Values that the texts need besides the names of people. Exists only for the compiler, never at run time. */
  readonly needs?: Exclude<Name, Named>;
  /** `person` if the texts name the person that the news is about, `people` if they name several. Exists only for the compiler. */
  readonly about?: Extract<Name, 'person' | 'people'>;
}

/** The text for a number of things of one kind: the one for many, where there is one. */
export const textFor = ({ texts, many }: Pick<News, 'texts' | 'many'>, count: number, locale: Locale): string =>
  count > 1 && many !== undefined && many !== 'latest' ? many[locale] : texts[locale];

/** Refuses texts whose languages name different values. */
type Same<Ko extends string, En extends string> = [NamesIn<Ko>, NamesIn<En>] extends [NamesIn<En>, NamesIn<Ko>]
  ? unknown
  : {
      readonly 'the languages name different values':
        | Exclude<NamesIn<Ko>, NamesIn<En>>
        | Exclude<NamesIn<En>, NamesIn<Ko>>;
    };

/**
 * Declares a kind of news. `{actor}` is the person who caused it, `{person}` the one it is about, `{people}` several. Every other name
 * in braces is a value that `tell` requires.
 *
 * @param type the name that clients know it by: `'MEMBER_LEFT'`
 * @example
 * news('MEMBER_LEFT', {
 *   class: 'group',
 *   concerns: 'group',
 *   screen: 'group',
 *   ko: '{actor}님이 {title}에서 나갔어요.',
 *   en: '{actor} left {title}.',
 *   many: { ko: '{title}에서 {count}분이 나갔어요.', en: '{count} people left {title}.' },
 * })
 */
export function news<const Type extends string, const Ko extends string, const En extends string, S extends Screen>(
  type: Type,
  {
    ko,
    en,
    ...rest
  }: {
    readonly class: NotificationClass | 'always';
    readonly concerns: Concern;
    readonly screen: S;
    readonly ko: Ko;
    readonly en: En;
    readonly quotes?: Exclude<NamesIn<Ko>, Named>;
  } & Same<Ko, En> &
    ManyOn<S>,
): News<Type, NamesIn<Ko>, S> {
  return { type, ...rest, texts: { ko, en } };
}
