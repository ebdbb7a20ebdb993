/** What a person sets for this device: language and theme. */
import { store } from './store.ts';

export type Locale = 'ko' | 'en';
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = <T extends string>(key: string, values: readonly T[], otherwise: T): T => {
  const value = localStorage.getItem(key);
  return values.find((each) => each === value) ?? otherwise;
};

const localeStore = store<Locale>(kept('locale', ['ko', 'en'], navigator.language.startsWith('ko') ? 'ko' : 'en'));
const themeStore = store<Theme>(kept('theme', themes, 'auto'));

/** Change it with `speak` of the messages, which loads the texts first. */
export const locale = { get: localeStore.get, use: localeStore.use, subscribe: localeStore.subscribe };
export const theme = { get: themeStore.get, use: themeStore.use };

export function setLocale(value: Locale): void {
  localStorage.setItem('locale', value);
  document.documentElement.lang = value;
  localeStore.set(value);
}

export function setTheme(value: Theme): void {
  localStorage.setItem('theme', value);
  document.documentElement.dataset.theme = value;
  themeStore.set(value);
}
