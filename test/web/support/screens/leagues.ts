/** Leagues of everybody. */
import { click, type Look } from './look.ts';

const titles = [/^전국 리그$/, /^National league$/] as const;

export const leagues: readonly Look[] = [
  { name: 'leagues', path: () => '/leagues', titles },
  { name: 'leagues-category', path: () => '/leagues/IT', titles },
  { name: 'leagues-last', path: () => '/leagues/ALL/last', titles },
  { name: 'leagues-how', path: () => '/leagues', titles, opens: click('어떻게 보일까요?', 'How should we show you?') },
];
