/**
 * The one list of news: everything that people are told of. A new kind is a value in the `news.ts` of its feature; a
 * feature with its first news is one line here.
 */
import type { News } from '../shared/messages/news.ts';
import { privacyNews } from './accounts/privacy/news.ts';
import { sessionNews } from './accounts/sessions/news.ts';
import { attendanceNews } from './activity/attendance/news.ts';
import { certificationNews } from './activity/certifications/news.ts';
import { cheerNews } from './activity/cheers/news.ts';
import { excuseNews } from './activity/excuses/news.ts';
import { missionNews } from './activity/missions/news.ts';
import { nudgeNews } from './activity/nudges/news.ts';
import { rankingNews } from './activity/rankings/news.ts';
import { recordNews } from './activity/records/news.ts';
import { reminderNews } from './activity/reminders/news.ts';
import { returningNews } from './activity/returning/news.ts';
import { applicationNews } from './groups/applications/news.ts';
import { groupNews } from './groups/core/news.ts';
import { editingNews } from './groups/groups/news.ts';
import { disbandingNews } from './groups/lifecycle/news.ts';
import { memberNews } from './groups/memberships/news.ts';
import { adminNews } from './operations/admin/news.ts';
import { reportNews } from './operations/reports/news.ts';
import { chatNews } from './talking/chat/news.ts';
import { commentNews } from './talking/comments/news.ts';
import { messageNews } from './talking/messages/news.ts';
import { pollNews } from './talking/polls/news.ts';
import { postNews } from './talking/posts/news.ts';

const all = [
  ...Object.values(privacyNews),
  ...Object.values(sessionNews),
  ...Object.values(missionNews),
  ...Object.values(certificationNews),
  ...Object.values(excuseNews),
  ...Object.values(attendanceNews),
  ...Object.values(cheerNews),
  ...Object.values(nudgeNews),
  ...Object.values(recordNews),
  ...Object.values(rankingNews),
  ...Object.values(reminderNews),
  ...Object.values(returningNews),
  ...Object.values(applicationNews),
  ...Object.values(groupNews),
  ...Object.values(editingNews),
  ...Object.values(disbandingNews),
  ...Object.values(memberNews),
  ...Object.values(adminNews),
  ...Object.values(reportNews),
  ...Object.values(postNews),
  ...Object.values(commentNews),
  ...Object.values(pollNews),
  ...Object.values(messageNews),
  ...Object.values(chatNews),
];

export type NotificationType = (typeof all)[number]['type'];

/** All types of news, in the order of the documents. */
export const notificationTypes = all.map(({ type }) => type) as [NotificationType, ...NotificationType[]];

const byType: ReadonlyMap<string, News<NotificationType>> = new Map(all.map((each) => [each.type, each]));

/** The news of a type; undefined for a type that only another build tells. */
export const newsOf = (type: string): News<NotificationType> | undefined => byType.get(type);
