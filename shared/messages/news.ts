/**
 * News for people, declared as values by the features: each kind has a class, a screen and its texts in both languages.
 */
import type { Locale } from './catalog.ts';

/**
 * The classes of notifications that people switch on and off (row 18). `always` is for news about the account itself.
 */
export const notificationClasses = ['newUpload', 'remind', 'nudge', 'comment', 'group', 'message'] as const;
export type NotificationClass = (typeof notificationClasses)[number];

/** The screens of the clients that news leads to, each with the ids that it needs. */
export const screens = {
  group: ['groupId'],
  certification: ['groupId', 'certificationId'],
  mission: ['groupId', 'missionId'],
  applications: ['groupId'],
  account: [],
  reports: ['groupId'],
  plan: ['planId'],
  approvals: [],
  today: [],
} as const satisfies Record<string, readonly string[]>;
export type Screen = keyof typeof screens;
/** Every id that at least one screen needs. */
export type LinkId = (typeof screens)[Screen][number];

/**
 * The people whom a text may name: the one who caused the news, and the one it is about. Their names are looked up when
 * the news is read.
 */
export type Named = 'actor' | 'person';

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
  readonly screen: S;
  readonly texts: Readonly<Record<Locale, string>>;
  /** Values that the texts need besides the names of people. Exists only for the compiler, never at run time. */
  readonly needs?: Exclude<Name, Named>;
  /** `person` if the texts name the person that the news is about. Exists only for the compiler. */
  readonly about?: Extract<Name, 'person'>;
}

/** Refuses texts whose languages name different values. */
type Same<Ko extends string, En extends string> = [NamesIn<Ko>, NamesIn<En>] extends [NamesIn<En>, NamesIn<Ko>]
  ? unknown
  : {
      readonly 'the languages name different values':
        | Exclude<NamesIn<Ko>, NamesIn<En>>
        | Exclude<NamesIn<En>, NamesIn<Ko>>;
    };

/**
 * Declares a kind of news. `{actor}` is the person who caused it, `{person}` the one it is about. Every other name in
 * braces is a value that `tell` requires.
 *
 * @param type the name that clients know it by: `'MEMBER_LEFT'`
 * @example news('MEMBER_LEFT', { class: 'group', screen: 'group', ko: '{actor}님이 {title}에서 나갔어요.', en: '{actor} left {title}.' })
 */
export function news<const Type extends string, const Ko extends string, const En extends string, S extends Screen>(
  type: Type,
  {
    ko,
    en,
    ...rest
  }: {
    readonly class: NotificationClass | 'always';
    readonly screen: S;
    readonly ko: Ko;
    readonly en: En;
  } & Same<Ko, En>,
): News<Type, NamesIn<Ko>, S> {
  return { type, class: rest.class, screen: rest.screen, texts: { ko, en } };
}
