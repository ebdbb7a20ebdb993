import type { ProblemCode } from '../product/problems.ts';

export type Locale = 'ko' | 'en';
export const locales: readonly Locale[] = ['ko', 'en'];

/** Notifications this build sends (table 2.8 of the feature list). */
export type NotificationType =
  | 'GROUP_JOINED'
  | 'CERTIFICATION_SUBMITTED'
  | 'CERTIFICATION_APPROVED'
  | 'CERTIFICATION_DENIED'
  | 'GROUP_STATUS'
  | 'GROUP_EXTENDED'
  | 'GROUP_DISBANDING'
  | 'GROUP_KEPT'
  | 'GROUP_DELETED'
  | 'GROUP_APPROVED'
  | 'GROUP_REJECTED'
  | 'APPLICATION_RECEIVED'
  | 'APPLICATION_ACCEPTED'
  | 'APPLICATION_REJECTED'
  | 'MEMBER_LEFT'
  | 'MEMBER_KICKED'
  | 'KICKED'
  | 'WARNED'
  | 'OWNER_CHANGED'
  | 'ROLE_CHANGED'
  | 'LEADER_SILENT'
  | 'ACCOUNT_APPROVED'
  | 'EXPORT_READY'
  | 'REPORT_RECEIVED'
  | 'REPORT_HIDDEN'
  | 'REPORT_ACCEPTED'
  | 'REPORT_REJECTED'
  | 'PLAN_HIDDEN'
  | 'PLAN_RESTORED';

/** Mails this build sends; their texts are in `mail-ko.ts` and `mail-en.ts`. */
export type MailTemplate =
  | 'EMAIL_CODE_REGISTER'
  | 'EMAIL_CODE_KNOWN'
  | 'EMAIL_CODE_PASSWORD'
  | 'EMAIL_NO_ACCOUNT'
  | 'EMAIL_CODE_EMAIL'
  | 'EMAIL_TAKEN'
  | 'LOGIN_ID'
  | 'LOGIN_ID_NONE'
  | 'PASSWORD_CHANGED'
  | 'EMAIL_CHANGED'
  | 'ACCOUNT_APPROVED'
  | 'ACCOUNT_REJECTED'
  | 'ACCOUNT_WITHDRAWN'
  | 'EXPORT_READY'
  | 'SOCIAL_LINKED'
  | 'LEADER_SILENT'
  | 'NOTIFICATION';

/** Reasons for which a single field is refused, where the schema itself cannot say them. */
export type FieldReason =
  | 'startInPast'
  | 'endBeforeStart'
  | 'endNeeded'
  | 'endOnlyLater'
  | 'deadlineAfterStart'
  | 'deadlineInPast'
  | 'seats'
  | 'evidenceMissing'
  | 'redirectUri'
  | 'birthDateNotPast'
  | 'idempotencyKey'
  | 'ownAccount'
  | 'ownThing'
  | 'pushEndpoint'
  | 'pushKey';

/**
 * Every text the server writes, in one language. Braces stand for values. Each language is a value of this type, so a
 * missing text fails the build.
 */
export interface Catalog {
  readonly problems: Readonly<Record<ProblemCode, string>>;
  readonly fields: Readonly<Record<FieldReason, string>>;
  readonly notifications: Readonly<Record<NotificationType, string>>;
  /** What people call the states that a notification names. */
  readonly statuses: Readonly<Record<'RECRUITING' | 'IN_PROGRESS' | 'FINISHED' | 'COMPLETED', string>>;
  /** What people call the parts in a group. */
  readonly roles: Readonly<Record<'LEADER' | 'MANAGER' | 'MEMBER', string>>;
  /** What people call the identity providers. */
  readonly providers: Readonly<Record<'google' | 'apple' | 'kakao' | 'naver' | 'github', string>>;
  /** What stands in place of the name of somebody who left (row 85). */
  readonly unknownPerson: string;
}
