import type { texts as ko } from './ko.ts';

export const texts: typeof ko = {
  title: 'Me',
  language: 'Language',
  theme: 'Appearance',
  themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
  signOut: 'Sign out',
  since: (date) => `Here since ${date}`,
};
