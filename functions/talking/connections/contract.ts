import * as z from 'zod';
import { action, feature, instant, route } from '../../../shared/core/contract.ts';

const issueSocketTicket = route({
  method: 'POST',
  path: '/v1/socket-tickets',
  summary: 'Get an address for the socket',
  description:
    'The address holds a ticket that works once, within 60 s. Browsers cannot send headers with a WebSocket.',
  auth: 'account',
  status: 201,
  result: z.object({ url: z.url(), expiresAt: instant }),
});

const ping = action({
  name: 'ping',
  summary: 'Keeps the socket open; send it every five minutes',
  reply: z.object({ time: instant }),
});

export const contract = feature({
  name: 'connections',
  summary: 'Sockets: tickets and presence',
  routes: { issueSocketTicket },
  actions: { ping },
  answersFor: ['lifecycle', 'socketAuthorizer'],
  rights: {
    http: { check: ['Session', 'Authority'], write: ['SocketTicket'] },
    socket: { query: ['connectionsOfAccount'], write: ['Connection', 'Presence'] },
    socketAuthorizer: { read: ['Session', 'Authority'], write: ['SocketTicket'] },
  },
});
