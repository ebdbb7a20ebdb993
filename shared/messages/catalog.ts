import type { ProblemCode } from '../core/problems.ts';

export type Locale = 'ko' | 'en';
export const locales: readonly Locale[] = ['ko', 'en'];

/** Notifications this build sends (table 2.8 of the feature list). */
export type NotificationType =
  | 'GROUP_JOINED'
  | 'CERTIFICATION_SUBMITTED'
  | 'CERTIFICATION_APPROVED'
  | 'CERTIFICATION_DENIED';

export type MailTemplate = 'EMAIL_CODE_REGISTER' | 'EMAIL_CODE_KNOWN';

/** Reasons for which a single field is refused, where the schema itself cannot say them. */
export type FieldReason = 'startInPast' | 'endBeforeStart' | 'evidenceMissing' | 'idempotencyKey';

/**
 * Every text the server writes, in one language. Braces stand for values. Each language is a value of this type, so a
 * missing text fails the build.
 */
export interface Catalog {
  readonly problems: Readonly<Record<ProblemCode, string>>;
  readonly fields: Readonly<Record<FieldReason, string>>;
  readonly notifications: Readonly<Record<NotificationType, string>>;
  readonly mails: Readonly<Record<MailTemplate, { readonly subject: string; readonly text: string }>>;
  /** What stands in place of the name of somebody who left (row 85). */
  readonly unknownPerson: string;
}
