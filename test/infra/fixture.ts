import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionsOf } from '../../lib/function-id.ts';
import { action, feature, type PlacedFeature, placed, route } from '../../shared/core/contract.ts';

/** Uses all that a contract can say, so that what is tested does not hang on what the product happens to offer. */
const guards = feature({
  name: 'guards',
  summary: 'Says who comes',
  routes: {
    signIn: route({
      method: 'POST',
      path: '/v1/sessions',
      summary: 'Sign in',
      auth: 'none',
      fromPlace: 'codeFromPlace',
    }),
  },
  answersFor: ['httpAuthorizer', 'socketAuthorizer'],
  rights: {
    http: { read: ['Credential'], write: ['Session'], secrets: ['SessionKey'], sendMail: true },
    httpAuthorizer: { secrets: ['SessionKey'] },
    socketAuthorizer: { write: ['SocketTicket'] },
  },
});

const walks = feature({
  name: 'night-walks',
  summary: 'Walks by night',
  routes: {
    plan: route({ method: 'POST', path: '/v1/walks', summary: 'Plan a walk', auth: 'account' }),
    list: route({
      method: 'GET',
      path: '/v1/groups/{groupId}/walks',
      summary: 'The walks of a group',
      auth: 'account',
    }),
    about: route({ method: 'GET', path: '/about', summary: 'What this is', auth: 'none' }),
  },
  actions: {
    wave: action({ name: 'walk.wave', summary: 'Wave' }),
    shout: action({ name: 'walk.shout', summary: 'Shout' }),
  },
  jobs: {
    remind: { summary: 'Reminds', schedule: { cron: '0 9 * * ? *', zone: 'Asia/Seoul' } },
    sweep: { summary: 'Sweeps', schedule: { rate: '5 minutes' } },
  },
  consumers: {
    tell: {
      summary: 'Tells',
      entity: 'Outbox',
      on: ['INSERT'],
      lane: 'live',
      rights: { query: ['connectionsOfAccount'], write: ['Notification'], postToSockets: true },
    },
    forget: {
      summary: 'Forgets',
      entity: 'Export',
      on: ['MODIFY', 'REMOVE'],
      lane: 'live',
      rights: { write: ['Notification'] },
      keeps: ['exportId'],
    },
  },
  answersFor: ['lifecycle', 'fallback'],
  rights: {
    http: {
      read: ['Account', 'Membership'],
      query: ['missionsOfGroup', 'membersOfGroup', 'groupsOfAccount', 'certificationsOfMember'],
      write: ['Mission', 'Outbox'],
      check: ['Group'],
      readObjects: ['walks/'],
      writeObjects: ['uploads/', 'walks/'],
      deleteObjects: ['walks/'],
    },
    socket: { write: ['Connection'] },
    job: { query: ['connectionsOfAccount'], write: ['Connection'] },
  },
  tuning: { job: { memory: 1024, timeout: 300 } },
});

export const fixture: readonly PlacedFeature[] = [placed('accounts', guards), placed('activity', walks)];

/** A folder with an empty bundle per function. */
export function stubAssets(features: readonly PlacedFeature[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'moim-assets-'));
  for (const { id } of functionsOf(features)) {
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, 'index.js'), `exports.handler = async () => '${id}';\n`);
  }
  return folder;
}
