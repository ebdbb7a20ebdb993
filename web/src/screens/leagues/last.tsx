import { Screen as League } from './league.tsx';

/** The week before this one: it never changes. */
export const Screen = ({ league }: { readonly league: string }) => <League league={league} isLast />;
