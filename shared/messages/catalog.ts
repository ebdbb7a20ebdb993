import type { ProblemCode } from '../product/problems.ts';

export type Locale = 'ko' | 'en';
export const locales: readonly Locale[] = ['ko', 'en'];

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
 * Every text the server writes in one language, but for mails (`mail-catalog.ts`) and news (each feature's `news.ts`).
 * Braces stand for values. Each language is a value of this type, so a missing text fails the build.
 */
export interface Catalog {
  readonly problems: Readonly<Record<ProblemCode, string>>;
  readonly fields: Readonly<Record<FieldReason, string>>;
  /** What people call the states that a notification names. */
  readonly statuses: Readonly<Record<'RECRUITING' | 'IN_PROGRESS' | 'FINISHED' | 'COMPLETED', string>>;
  /** What people call the parts in a group. */
  readonly roles: Readonly<Record<'LEADER' | 'MANAGER' | 'MEMBER', string>>;
  /** What people call the identity providers. */
  readonly providers: Readonly<Record<'google' | 'apple' | 'kakao' | 'naver' | 'github', string>>;
  /** What stands in place of the name of somebody who left (row 85). */
  readonly unknownPerson: string;
}
