/** News for people, as values of the feature that they are about: when something happened, who is told in which words. */
import type { Locale } from './catalog.ts';

/** What people switch on and off (row 18); `always` is for what concerns the account itself. */
export const notificationClasses = ['newUpload', 'remind', 'nudge', 'comment', 'group', 'message'] as const;
export type NotificationClass = (typeof notificationClasses)[number];

/** Where news lead to: screens of the clients, with the ids that each needs. */
export const screens = {
  group: ['groupId'],
  certification: ['groupId', 'certificationId'],
  applications: ['groupId'],
  account: [],
  reports: ['groupId'],
  plan: ['planId'],
} as const satisfies Record<string, readonly string[]>;
export type Screen = keyof typeof screens;
/** Every id that some screen needs. */
export type LinkId = (typeof screens)[Screen][number];

/** The people whom a text may name: who caused the news, and whom it is about. Their names are looked up when it is read. */
export type Named = 'actor' | 'person';

/** The names in a text's braces; `{이/가}` and its like choose a particle and are no names. */
type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string}/${string}` ? never : Name) | NamesIn<Rest>
  : never;

/** The texts of one kind of news in both languages; values stand in braces, the same in each. */
export interface News<Type extends string = string, Name extends string = string, S extends Screen = Screen> {
  readonly type: Type;
  readonly class: NotificationClass | 'always';
  readonly screen: S;
  readonly texts: Readonly<Record<Locale, string>>;
  /** Values that the texts need besides people's names. A type only: never there at run time. */
  readonly needs?: Exclude<Name, Named>;
  /** Whether the texts name whom the news is about. A type only. */
  readonly about?: Extract<Name, 'person'>;
}

/** Both languages name the same values. */
type Same<Ko extends string, En extends string> = [NamesIn<Ko>, NamesIn<En>] extends [NamesIn<En>, NamesIn<Ko>]
  ? unknown
  : {
      readonly 'the languages name different values':
        | Exclude<NamesIn<Ko>, NamesIn<En>>
        | Exclude<NamesIn<En>, NamesIn<Ko>>;
    };

/**
 * Declares a kind of news. `{actor}` is who caused it, `{person}` whom it is about; every other name in braces is a value
 * that whoever tells it must give.
 *
 * @param type how clients know it: `'MEMBER_LEFT'`
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
