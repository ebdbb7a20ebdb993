/**
 * The texts of the client: one folder an area, one file a language. A device loads the language it shows and the areas it
 * opens. English has the type of Korean, so a text that is missing does not compile.
 */
import { type Locale, locale, setLocale } from '../app/settings.ts';
import { store } from '../app/store.ts';

/** One line an area. `common` is always there: the kit and the shell use it. */
export const areas = {
  common: { ko: () => import('./common/ko.ts'), en: () => import('./common/en.ts') },
  welcome: { ko: () => import('./welcome/ko.ts'), en: () => import('./welcome/en.ts') },
  home: { ko: () => import('./home/ko.ts'), en: () => import('./home/en.ts') },
  group: { ko: () => import('./group/ko.ts'), en: () => import('./group/en.ts') },
  progress: { ko: () => import('./progress/ko.ts'), en: () => import('./progress/en.ts') },
  talk: { ko: () => import('./talk/ko.ts'), en: () => import('./talk/en.ts') },
  missions: { ko: () => import('./missions/ko.ts'), en: () => import('./missions/en.ts') },
  posts: { ko: () => import('./posts/ko.ts'), en: () => import('./posts/en.ts') },
  attendance: { ko: () => import('./attendance/ko.ts'), en: () => import('./attendance/en.ts') },
  polls: { ko: () => import('./polls/ko.ts'), en: () => import('./polls/en.ts') },
  records: { ko: () => import('./records/ko.ts'), en: () => import('./records/en.ts') },
  returning: { ko: () => import('./returning/ko.ts'), en: () => import('./returning/en.ts') },
  leagues: { ko: () => import('./leagues/ko.ts'), en: () => import('./leagues/en.ts') },
  find: { ko: () => import('./find/ko.ts'), en: () => import('./find/en.ts') },
  inbox: { ko: () => import('./inbox/ko.ts'), en: () => import('./inbox/en.ts') },
  messages: { ko: () => import('./messages/ko.ts'), en: () => import('./messages/en.ts') },
  prove: { ko: () => import('./prove/ko.ts'), en: () => import('./prove/en.ts') },
  manage: { ko: () => import('./manage/ko.ts'), en: () => import('./manage/en.ts') },
  club: { ko: () => import('./club/ko.ts'), en: () => import('./club/en.ts') },
  admin: { ko: () => import('./admin/ko.ts'), en: () => import('./admin/en.ts') },
  me: { ko: () => import('./me/ko.ts'), en: () => import('./me/en.ts') },
};

export type Area = keyof typeof areas;
export type Texts<A extends Area> = Awaited<ReturnType<(typeof areas)[A]['ko']>>['texts'];

const loaded = /* @__PURE__ */ store<Partial<Record<Area, unknown>>>({});

const load = async (area: Area, language: Locale) => [area, (await areas[area][language]()).texts] as const;

/** Loads the texts of an area. The router does it before it shows a screen. */
export async function readTexts(area: Area): Promise<void> {
  if (loaded.get()[area]) return;
  const language = locale.get();
  const [, texts] = await load(area, language);
  // The language may have changed meanwhile.
  if (language === locale.get()) loaded.set({ ...loaded.get(), [area]: texts });
  else await readTexts(area);
}

/** Changes the language: all texts that are shown at once, when they have been loaded. */
export async function speak(language: Locale): Promise<void> {
  const shown = Object.keys(loaded.get()) as Area[];
  const texts = await Promise.all(shown.map((area) => load(area, language)));
  loaded.set(Object.fromEntries(texts));
  setLocale(language);
}

/**
 * The texts of an area in the language of the device, for a component.
 *
 * @example const say = useTexts('group'); say.wall
 */
export const useTexts = <A extends Area>(area: A): Texts<A> => loaded.use()[area] as Texts<A>;

/** The same outside of components. */
export const textsOf = <A extends Area>(area: A): Texts<A> => loaded.get()[area] as Texts<A>;
