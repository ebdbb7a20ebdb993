import { feature } from '../../../shared/core/contract.ts';

/** DynamoDB serves two readers of its stream well. This one does what people wait for; `background` does the rest. */
export const contract = feature({
  name: 'deliveries',
  summary: 'What people see at once when something has changed: inbox, sockets, push messages',
  consumers: {
    deliver: {
      summary: 'Puts what the outbox tells into inboxes, onto open sockets and devices',
      entity: 'Outbox',
      on: ['INSERT'],
    },
    sessionOpened: { summary: 'Signs out the oldest of more than five devices', entity: 'Session', on: ['INSERT'] },
    sessionEnded: { summary: 'Closes the sockets of a session that is over', entity: 'Session', on: ['REMOVE'] },
    dropDevices: {
      summary: 'Sends no more push messages to what a session registered that is over',
      entity: 'Session',
      on: ['REMOVE'],
    },
    accountChanged: {
      summary: 'Ends the sessions that a new password or a lost right ends',
      entity: 'Account',
      on: ['MODIFY'],
    },
  },
  rights: {
    stream: {
      read: ['Account', 'NotificationSettings', 'Block'],
      query: ['connectionsOfAccount', 'sessionsOfAccount', 'devicesOfAccount', 'membersOfGroup'],
      write: ['Notification', 'Connection', 'Presence', 'Session', 'Device', 'DeviceClaim', 'NotificationSettings'],
      postToSockets: true,
      secrets: ['PushKeys'],
    },
  },
  // A batch is 25 events, and each may wait for push services until those that fail are left alone.
  tuning: { stream: { timeout: 120 } },
});
