import { feature } from '../../../shared/core/contract.ts';

/** DynamoDB serves two readers of its stream well. This one does what people wait for; `background` does the rest. */
export const contract = feature({
  name: 'deliveries',
  summary: 'Deliveries that people see at once: inbox, sockets and push messages',
  consumers: {
    deliver: {
      summary: 'Delivers outbox events to inboxes, open sockets and devices',
      entity: 'Outbox',
      on: ['INSERT'],
    },
    sessionOpened: { summary: 'Signs out the oldest of more than five devices', entity: 'Session', on: ['INSERT'] },
    sessionEnded: { summary: 'Closes the sockets of an ended session', entity: 'Session', on: ['REMOVE'] },
    dropDevices: {
      summary: 'Removes the push devices of an ended session',
      entity: 'Session',
      on: ['REMOVE'],
    },
    accountChanged: {
      summary: 'Ends sessions after a new password or a lost right',
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
