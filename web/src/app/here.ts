/** What is known of this device before anything is loaded. */
export type Locale = 'ko' | 'en';

/** What the person has chosen here, else what the browser speaks. */
export function languageHere(): Locale {
  const chosen = localStorage.getItem('locale');
  if (chosen === 'ko' || chosen === 'en') return chosen;
  return navigator.language.startsWith('ko') ? 'ko' : 'en';
}

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeHere = (): Theme => themes.find((each) => each === localStorage.getItem('theme')) ?? 'auto';

/** Kept across sign-outs: it spares this device what wrong guesses of strangers cost. */
export function deviceHere(): { readonly deviceToken?: string } {
  const deviceToken = localStorage.getItem('device');
  return deviceToken ? { deviceToken } : {};
}

/** A window with room for a list beside the screen of one of its places: the rail, a list and a screen of 620 pixels. The sheets say the same number. */
export const roomBeside = '(min-width: 1100px)';
