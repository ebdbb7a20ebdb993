/**
 * The one list of kinds of items: what the table holds. A new kind is a row in the `items.ts` of its feature; a feature
 * with its first kind is one line here.
 */
import { items as kernel } from '../shared/data/items.ts';
import { items as accounts } from './accounts/accounts/items.ts';
import { items as blocks } from './accounts/blocks/items.ts';
import { items as factors } from './accounts/factors/items.ts';
import { items as identities } from './accounts/identities/items.ts';
import { items as privacy } from './accounts/privacy/items.ts';
import { items as sessions } from './accounts/sessions/items.ts';
import { items as attendance } from './activity/attendance/items.ts';
import { items as boards } from './activity/boards/items.ts';
import { items as certifications } from './activity/certifications/items.ts';
import { items as checkins } from './activity/checkins/items.ts';
import { items as cheers } from './activity/cheers/items.ts';
import { items as excuses } from './activity/excuses/items.ts';
import { items as leagues } from './activity/leagues/items.ts';
import { items as missions } from './activity/missions/items.ts';
import { items as nudges } from './activity/nudges/items.ts';
import { items as progress } from './activity/progress/items.ts';
import { items as records } from './activity/records/items.ts';
import { items as reminders } from './activity/reminders/items.ts';
import { items as reviews } from './activity/reviews/items.ts';
import { items as seasons } from './activity/seasons/items.ts';
import { items as today } from './activity/today/items.ts';
import { items as written } from './activity/written/items.ts';
import { items as clubs } from './groups/clubs/items.ts';
import { items as core } from './groups/core/items.ts';
import { items as discovery } from './groups/discovery/items.ts';
import { items as invites } from './groups/invites/items.ts';
import { items as plans } from './groups/plans/items.ts';
import { items as motivations } from './operations/motivations/items.ts';
import { items as reconciliation } from './operations/reconciliation/items.ts';
import { items as reports } from './operations/reports/items.ts';
import { items as chat } from './talking/chat/items.ts';
import { items as comments } from './talking/comments/items.ts';
import { items as connections } from './talking/connections/items.ts';
import { items as devices } from './talking/devices/items.ts';
import { items as mail } from './talking/mail/items.ts';
import { items as messages } from './talking/messages/items.ts';
import { items as notifications } from './talking/notifications/items.ts';
import { items as polls } from './talking/polls/items.ts';
import { items as posts } from './talking/posts/items.ts';

export const items = {
  ...accounts,
  ...factors,
  ...identities,
  ...sessions,
  ...blocks,
  ...privacy,
  ...core,
  ...clubs,
  ...discovery,
  ...invites,
  ...plans,
  ...missions,
  ...certifications,
  ...cheers,
  ...excuses,
  ...nudges,
  ...progress,
  ...reviews,
  ...reminders,
  ...written,
  ...today,
  ...seasons,
  ...records,
  ...boards,
  ...attendance,
  ...leagues,
  ...checkins,
  ...notifications,
  ...devices,
  ...connections,
  ...mail,
  ...chat,
  ...posts,
  ...comments,
  ...polls,
  ...messages,
  ...reports,
  ...motivations,
  ...reconciliation,
  ...kernel,
};
