/** Row 81: what members comment on. A further kind is one word here, its news, and its rows in `written/kinds.ts` and the contract. */
export const commented = ['post', 'certification', 'poll'] as const;
export type Commented = (typeof commented)[number];
