import type { Locale, MailTemplate } from './catalog.ts';
import { mailEn } from './mail-en.ts';
import { mailKo } from './mail-ko.ts';

/**
 * Why a mail is sent: somebody entered the address, the account is concerned, a group of the account is concerned, or
 * the account wants such mails.
 */
type MailReason = 'asked' | 'account' | 'group' | 'notification';

interface MailText {
  readonly subject: string;
  /** Paragraphs, with an empty line between them. A paragraph that is nothing but a value is shown large in HTML. */
  readonly text: string;
  /** The label of the button that `{link}` becomes in HTML. */
  readonly button?: string;
}

/** Every text of mails, in one language. Only functions that send mails carry them. */
export interface MailCatalog {
  readonly mails: Readonly<Record<MailTemplate, MailText>>;
  readonly reasons: Readonly<Record<MailReason, string>>;
  /** The sender's name, which mail apps show in the place of the address. */
  readonly sender: string;
}

/** The name of the product in every language: 모임 would read as "a group". */
export const brand = 'moim';

const catalogs: Readonly<Record<Locale, MailCatalog>> = { ko: mailKo, en: mailEn };

/** All mail texts of a language. */
export const mailCatalogOf = (locale: Locale) => catalogs[locale];

/** Why a mail of each template is sent: the reason is shown at its foot. */
export const mailReasons: Readonly<Record<MailTemplate, MailReason>> = {
  EMAIL_CODE_REGISTER: 'asked',
  EMAIL_CODE_KNOWN: 'asked',
  EMAIL_CODE_PASSWORD: 'asked',
  EMAIL_NO_ACCOUNT: 'asked',
  EMAIL_CODE_EMAIL: 'asked',
  EMAIL_CODE_LEAVE: 'asked',
  EMAIL_CODE_MAIL: 'asked',
  EMAIL_TAKEN: 'asked',
  LOGIN_ID: 'asked',
  LOGIN_ID_NONE: 'asked',
  PASSWORD_CHANGED: 'account',
  EMAIL_CHANGED: 'account',
  ACCOUNT_APPROVED: 'account',
  ACCOUNT_REJECTED: 'account',
  ACCOUNT_WITHDRAWN: 'account',
  EXPORT_READY: 'account',
  SOCIAL_LINKED: 'account',
  LEADER_SILENT: 'group',
  CLUB_ACCEPTED: 'group',
  CLUB_REJECTED: 'group',
  WAY_ADDED: 'account',
  WAY_REMOVED: 'account',
  EMAIL_CODE_PROOF: 'asked',
  PASSWORD_RESET: 'account',
  NEW_SIGN_IN: 'account',
  ACCOUNT_SUSPENDED: 'account',
  NOTIFICATION: 'notification',
};

/**
 * Whether a mail is about the security of an account: its reader asked for it, or it tells of a change of the account or
 * of a way into it. All others are news.
 *
 * @example isSecurityMail('PASSWORD_CHANGED') // true
 */
export const isSecurityMail = (template: MailTemplate): boolean =>
  mailReasons[template] === 'asked' || mailReasons[template] === 'account';
