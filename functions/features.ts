/**
 * The one list of features, by area. Stacks, documents, client and sweeps read it; a new feature is one line here, under
 * the area whose folder it is in.
 */
import { composed } from '../shared/core/composed.ts';
import { type Area, type Feature, type PlacedFeature, placed } from '../shared/core/contract.ts';
import { contract as accounts } from './accounts/accounts/contract.ts';
import { contract as blocks } from './accounts/blocks/contract.ts';
import { contract as factors } from './accounts/factors/contract.ts';
import { contract as identities } from './accounts/identities/contract.ts';
import { contract as privacy } from './accounts/privacy/contract.ts';
import { contract as profiles } from './accounts/profiles/contract.ts';
import { contract as sessions } from './accounts/sessions/contract.ts';
import { contract as attendance } from './activity/attendance/contract.ts';
import { contract as certifications } from './activity/certifications/contract.ts';
import { contract as checkins } from './activity/checkins/contract.ts';
import { contract as cheers } from './activity/cheers/contract.ts';
import { contract as excuses } from './activity/excuses/contract.ts';
import { contract as files } from './activity/files/contract.ts';
import { contract as leagues } from './activity/leagues/contract.ts';
import { contract as missions } from './activity/missions/contract.ts';
import { contract as nudges } from './activity/nudges/contract.ts';
import { contract as photos } from './activity/photos/contract.ts';
import { contract as progress } from './activity/progress/contract.ts';
import { contract as rankings } from './activity/rankings/contract.ts';
import { contract as records } from './activity/records/contract.ts';
import { contract as reminders } from './activity/reminders/contract.ts';
import { contract as returning } from './activity/returning/contract.ts';
import { contract as reviews } from './activity/reviews/contract.ts';
import { contract as seasons } from './activity/seasons/contract.ts';
import { contract as today } from './activity/today/contract.ts';
import { contract as applications } from './groups/applications/contract.ts';
import { contract as clubs } from './groups/clubs/contract.ts';
import { contract as discovery } from './groups/discovery/contract.ts';
import { contract as groups } from './groups/groups/contract.ts';
import { contract as invites } from './groups/invites/contract.ts';
import { contract as lifecycle } from './groups/lifecycle/contract.ts';
import { contract as memberships } from './groups/memberships/contract.ts';
import { contract as plans } from './groups/plans/contract.ts';
import { contract as admin } from './operations/admin/contract.ts';
import { contract as minute } from './operations/minute/contract.ts';
import { contract as motivations } from './operations/motivations/contract.ts';
import { contract as reconciliation } from './operations/reconciliation/contract.ts';
import { contract as reports } from './operations/reports/contract.ts';
import { contract as system } from './operations/system/contract.ts';
import { contract as chat } from './talking/chat/contract.ts';
import { contract as chatFiles } from './talking/chat-files/contract.ts';
import { contract as comments } from './talking/comments/contract.ts';
import { contract as connections } from './talking/connections/contract.ts';
import { contract as devices } from './talking/devices/contract.ts';
import { contract as mail } from './talking/mail/contract.ts';
import { contract as messages } from './talking/messages/contract.ts';
import { contract as notifications } from './talking/notifications/contract.ts';
import { contract as polls } from './talking/polls/contract.ts';
import { contract as posts } from './talking/posts/contract.ts';
import { contract as volumes } from './talking/volumes/contract.ts';

/** The features of each area under their names, so that the client's type can be derived; in the order of the documents. */
const product = {
  accounts: { accounts, sessions, factors, identities, profiles, blocks, privacy },
  groups: { groups, discovery, memberships, applications, clubs, invites, lifecycle, plans },
  // biome-ignore format: one line an area, to which a feature adds its name
  activity: { missions, files, certifications, cheers, excuses, nudges, progress, photos, reviews, today, reminders, returning, seasons, records, rankings, attendance, checkins, leagues },
  // biome-ignore format: one line an area, to which a feature adds its name
  talking: { chat, 'chat-files': chatFiles, posts, comments, polls, messages, notifications, volumes, devices, connections, mail },
  operations: { admin, motivations, reports, reconciliation, minute, system },
} satisfies Readonly<Record<Area, Readonly<Record<string, Feature>>>>;

type Product = typeof product;
/** Every feature's contract under the feature's name. */
export type Features = Product['accounts'] &
  Product['groups'] &
  Product['activity'] &
  Product['talking'] &
  Product['operations'];

/** The kinds of what is due, of all features. */
export type DueKindName = { [Name in keyof Features]: keyof Features[Name]['due'] & string }[keyof Features];

export const features: readonly PlacedFeature[] = composed(
  (Object.entries(product) as [Area, Readonly<Record<string, Feature>>][]).flatMap(([area, ofArea]) =>
    Object.values(ofArea).map((feature) => placed(area, feature)),
  ),
);
