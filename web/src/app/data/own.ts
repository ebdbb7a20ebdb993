/** Questions about the person's own account. All keys begin with `me`: `changed('me')` asks them again. */
import type { ListQuestion, Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

export type Session = ItemOf<Answer<'sessions', 'listSessions'>>;
export type Passkey = Answer<'factors', 'getFactors'>['passkeys'][number];
export type NotificationSettings = Answer<'notifications', 'getNotificationSettings'>;
export type DataExport = ItemOf<Answer<'privacy', 'listExports'>>;
export type Reminder = ItemOf<Answer<'reminders', 'listReminders'>>;
type SignIns = Answer<'sessions', 'listSignIns'>;
type Blocks = Answer<'blocks', 'listBlocks'>;

const at = (cursor: string | undefined) => ({ query: { limit: 30, ...(cursor ? { cursor } : {}) } });

export const profile = (): Question<Answer<'profiles', 'getOwnProfile'>> => ({
  key: ['me', 'profile'],
  ask: () => api.profiles.getOwnProfile(),
});

export const sessions = (): Question<Answer<'sessions', 'listSessions'>> => ({
  key: ['me', 'sessions'],
  ask: () => api.sessions.listSessions(),
  kept: false,
});

export const signIns = (): ListQuestion<SignIns> => ({
  key: ['me', 'sign-ins'],
  ask: (cursor) => api.sessions.listSignIns(at(cursor)),
  kept: false,
});

export const factors = (): Question<Answer<'factors', 'getFactors'>> => ({
  key: ['me', 'factors'],
  ask: () => api.factors.getFactors(),
  kept: false,
});

export const notificationSettings = (): Question<NotificationSettings> => ({
  key: ['me', 'notifications'],
  ask: () => api.notifications.getNotificationSettings(),
});

type Volumes = Answer<'volumes', 'listVolumes'>;
export type GroupLoudness = ItemOf<Volumes>;

/** How loud each group is. */
export const volumes = (): ListQuestion<Volumes> => ({
  key: ['me', 'volumes'],
  ask: (cursor) => api.volumes.listVolumes(at(cursor)),
});

export const blocks = (): ListQuestion<Blocks> => ({
  key: ['me', 'blocks'],
  ask: (cursor) => api.blocks.listBlocks(at(cursor)),
});

/** Needs a proof: ask it only when the person wants to see it. */
export const exports = (): Question<Answer<'privacy', 'listExports'>> => ({
  key: ['me', 'exports'],
  ask: () => api.privacy.listExports(),
  kept: false,
});

/** Where push messages to the person go. */
export const pushDevices = (): Question<Answer<'devices', 'listDevices'>> => ({
  key: ['me', 'push-devices'],
  ask: () => api.devices.listDevices(),
});

/** The missions for which the person has chosen when to be reminded. */
export const reminders = (): Question<Answer<'reminders', 'listReminders'>> => ({
  key: ['me', 'reminders'],
  ask: () => api.reminders.listReminders(),
});
