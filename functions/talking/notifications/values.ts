/** The rights of every consumer that delivers. */
export const deliveryRights = {
  read: ['Account', 'NotificationSettings', 'Block'],
  query: ['connectionsOfAccount', 'devicesOfAccount', 'membersOfGroup', 'heldOfGroup'],
  write: [
    ...(['Held', 'Due'] as const),
    ...(['Notification', 'Connection', 'Presence', 'Device', 'DeviceClaim', 'NotificationSettings'] as const),
    ...(['Mail', 'Quota'] as const),
  ],
  postToSockets: true,
  secrets: ['PushKeys'],
} as const;

/** ALL: every kind of news wakes devices. MENTIONS: what concerns the person. NOTHING: nothing but what concerns their account. */
export const volumes = ['ALL', 'MENTIONS', 'NOTHING'] as const;
export type Volume = (typeof volumes)[number];

/** How long a pause is: an hour, until 08:00 of tomorrow, or through a day. */
export const pauses = ['HOUR', 'MORNING', 'DAY'] as const;

/** The kinds of items whose words a notification may quote (`quoting.ts`). */
export const quotedKinds = ['Post', 'Poll', 'Message'] as const;
