/** Private messages. */
import type { Look } from './look.ts';

export const messages: readonly Look[] = [
  { name: 'messages', path: () => '/messages', titles: [/^쪽지$/, /^Messages$/] },
  {
    name: 'messages-thread',
    path: ({ writerId }) => `/messages/${writerId}`,
    titles: [/하나/, /하나/],
  },
];
