/** How a session was opened. */
export const openers = ['PASSWORD', 'PASSKEY', 'PROVIDER'] as const;
export type Opener = (typeof openers)[number];
