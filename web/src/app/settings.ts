/** What a person sets for this device: language and theme. */
import { type Locale, languageHere, type Theme, themeHere } from './here.ts';
import { store } from './store.ts';

export type { Locale, Theme } from './here.ts';

const localeStore = store<Locale>(languageHere());
const themeStore = store<Theme>(themeHere());

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
