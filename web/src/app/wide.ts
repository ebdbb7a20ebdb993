/** Whether the window has room for a list beside the screen of one of its places. */
import { roomBeside } from './here.ts';
import { store } from './store.ts';

const room = matchMedia(roomBeside);
const watched = store(room.matches);
room.addEventListener('change', () => watched.set(room.matches));

/** For a component: it is drawn again when the window changes. */
export const useWide = watched.use;
