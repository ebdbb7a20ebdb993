/**
 * What one person does in a month: nobody was watched yet, so it is a scenario, made from the rules of the product. It is
 * the one that the design counted with: 367 requests and 72 events of sockets.
 */
import type { Step } from './journey.ts';

interface Often {
  readonly times: number;
  readonly why: string;
}

/** A visit: the app is opened, looked at for a quarter of an hour, and left. */
export const visits = { times: 18, minutes: 15, why: 'nine active days with two visits' };

export const profile: Partial<Readonly<Record<Step, Often>>> = {
  'ask for a code': { times: 0.1, why: 'one in ten people is new' },
  'confirm the code': { times: 0.1, why: 'as above' },
  'sign up': { times: 0.1, why: 'as above' },
  'sign in': { times: 0.5, why: 'a session lives as long as somebody comes within 14 days' },
  refresh: { times: 18, why: 'an access token lives for 15 minutes: one a visit' },
  'own account': { times: 18, why: 'the start of each visit' },
  'own groups': { times: 18, why: 'the start of each visit' },
  'an own group': { times: 36, why: 'the two groups of the average member, each visit' },
  missions: { times: 36, why: 'the page of a group shows its mission' },
  members: { times: 10, why: 'about each second active day, and after a join' },
  'feed of 20': { times: 60, why: 'what people come for: three to four times a visit' },
  'one certification': { times: 10, why: 'a photo opened, from the feed or a notification' },
  'presign an upload': { times: 12, why: 'one for each certification' },
  submit: { times: 12, why: 'nine active days; some people certify in two groups' },
  approve: { times: 11, why: 'leaders approve nine of ten' },
  deny: { times: 0.5, why: 'one of twenty is denied' },
  edit: { times: 0.5, why: 'and mended' },
  'groups to join': { times: 15, why: 'browsing: five times three pages' },
  'a group': { times: 12, why: 'and some of the groups on them' },
  like: { times: 3, why: 'while browsing' },
  join: { times: 1, why: 'a challenge lasts some weeks' },
  'found a challenge': { times: 0.05, why: 'one person in twenty' },
  notifications: { times: 54, why: 'the start of each visit, and after two of its events' },
  'read a notification': { times: 21, why: 'about one a visit; the rest is read together' },
  'a ticket for a socket': { times: 18, why: 'a socket a visit' },
  connect: { times: 18, why: 'a socket a visit' },
  ping: { times: 36, why: 'each five minutes of a visit' },
  disconnect: { times: 18, why: 'the end of a visit' },
};

/** Events that the server sends to an open socket: a third of a person's notifications meets one. */
export const pushed = 12;
/** Mails: a code for who is new, and a summary for each member who did not come for a while. */
export const mails = 1;
/** Once for each access token, which is good for as long as a visit lasts, and each five minutes within it. */
export const authorizations = visits.times * 3;
/** GB that the items of a person take after a year, of which twelve certifications a month are the most. */
export const itemsGb = 0.0003;

/** What becomes of photos in the scenario. */
export const photoHabits = {
  /** Photos sent a month: one with each certification. */
  sent: 12,
  /** Pages of the feed looked at a month, and photos on each. */
  feeds: 60,
  photosAFeed: 20,
  /** Photos opened at their full size. */
  opened: 10,
  /** Minutes for which everybody gets the same address of a photo (`steadySeconds` in `shared/adapters/media.ts`). */
  steadyMinutes: 10,
  /** Months for which a photo is kept on average: until its group is purged, some time after its end. */
  keptMonths: 12,
  /** Caches of CloudFront that fetch a photo for themselves: people of one country share one or two. */
  edges: 2,
} as const;
