/** Whether the window has room for a list beside the screen of one of its places. */
import { store } from './store.ts';

/** The rail, a list and a screen of 620 pixels; the sheets say the same number. */
const room = matchMedia('(min-width: 1100px)');
const watched = store(room.matches);
room.addEventListener('change', () => watched.set(room.matches));

/** For a component: it is drawn again when the window changes. */
export const useWide = watched.use;
