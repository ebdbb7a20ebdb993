import type { ProblemCode } from '../product/problems.ts';

export type Locale = 'ko' | 'en';
export const locales: readonly Locale[] = ['ko', 'en'];

/** The mails that moim sends. Their texts are in `mail-ko.ts` and `mail-en.ts`. */
export type MailTemplate =
  | 'EMAIL_CODE_REGISTER'
  | 'EMAIL_CODE_KNOWN'
  | 'EMAIL_CODE_PASSWORD'
  | 'EMAIL_NO_ACCOUNT'
  | 'EMAIL_CODE_EMAIL'
  | 'EMAIL_CODE_LEAVE'
  | 'EMAIL_CODE_MAIL'
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
  | 'WAY_ADDED'
  | 'WAY_REMOVED'
  | 'EMAIL_CODE_PROOF'
  | 'PASSWORD_RESET'
  | 'NEW_SIGN_IN'
  | 'ACCOUNT_SUSPENDED'
  | 'LEADER_SILENT'
  | 'CLUB_ACCEPTED'
  | 'CLUB_REJECTED'
  | 'NOTIFICATION';

/** Why a field is refused: what schemas find by themselves. `fields.ts` chooses among these. */
type SchemaReason =
  | 'required'
  | 'empty'
  | 'text'
  | 'digits'
  | 'wholeDigits'
  | 'yesOrNo'
  | 'list'
  | 'parts'
  | 'unknown'
  | 'only'
  | 'oneOf'
  | 'choice'
  | 'shortest'
  | 'longest'
  | 'length'
  | 'lowest'
  | 'above'
  | 'highest'
  | 'below'
  | 'fewest'
  | 'most'
  | 'count'
  | 'multiple'
  | 'email'
  | 'webAddress'
  | 'id'
  | 'date'
  | 'instant'
  | 'time'
  | 'format'
  | 'other';

/** Why a field is refused: what a contract names by `because()`. */
type ContractReason =
  | 'afterBeforeOrSeqs'
  | 'avatarOrUpload'
  | 'birthDateTooEarly'
  | 'checklist'
  | 'checklistPhotos'
  | 'codeOrToken'
  | 'commentSubject'
  | 'customCategory'
  | 'day'
  | 'dayStart'
  | 'deviceProof'
  | 'duplicates'
  | 'checkInCode'
  | 'emailCode'
  | 'emailOrLoginId'
  | 'fileEnding'
  | 'fileName'
  | 'fileTooLarge'
  | 'frequency'
  | 'ids'
  | 'imageType'
  | 'inviteToken'
  | 'loginId'
  | 'denialReason'
  | 'makeUpAlone'
  | 'marks'
  | 'meetingStart'
  | 'missionDue'
  | 'missionFrequency'
  | 'missionTimes'
  | 'month'
  | 'nothingGiven'
  | 'oneName'
  | 'onlyClubs'
  | 'pageParts'
  | 'plainText'
  | 'publicAddress'
  | 'pushKey'
  | 'pushReceipt'
  | 'pushToken'
  | 'realName'
  | 'recordLevels'
  | 'reasonOfAcceptance'
  | 'rejectionReason'
  | 'reportSubject'
  | 'reservedName'
  | 'sameTimes'
  | 'seqs'
  | 'pauseDay'
  | 'singleLine'
  | 'timeZone';

/** Why a field is refused: what only a service can tell. */
type ServiceReason =
  | 'answersNothing'
  | 'begun'
  | 'startInPast'
  | 'endBeforeStart'
  | 'endNeeded'
  | 'endOnlyLater'
  | 'deadlineAfterStart'
  | 'deadlineInPast'
  | 'seats'
  | 'checkAll'
  | 'photoForEach'
  | 'occurredAhead'
  | 'occurredLongAgo'
  | 'seasonStart'
  | 'seasonStartFixed'
  | 'seasonEnd'
  | 'seasonEndFixed'
  | 'seasonLength'
  | 'meetingStaff'
  | 'recordEnd'
  | 'recordAhead'
  | 'recordDay'
  | 'recordSameDay'
  | 'excuseFrom'
  | 'excuseUntil'
  | 'evidenceMissing'
  | 'redirectUri'
  | 'pollChoice'
  | 'pollOneChoice'
  | 'pollSameChoices'
  | 'pollEnd'
  | 'passwordCharacters'
  | 'passwordLetter'
  | 'passwordDigit'
  | 'passwordSpecial'
  | 'passwordCommon'
  | 'passwordOwn'
  | 'passwordSame'
  | 'birthDateNotPast'
  | 'idempotencyKey'
  | 'ownAccount'
  | 'ownThing'
  | 'photoBroken'
  | 'photoHeic'
  | 'photoKind'
  | 'photoMoves'
  | 'photoOther'
  | 'photoPixels'
  | 'pushEndpoint'
  | 'suspensionEnd'
  | 'uploadMissing';

/** Every reason for which a single field is refused. */
export type FieldReason = SchemaReason | ContractReason | ServiceReason;

/**
 * Every text that the server writes in one language, except mails (`mail-catalog.ts`) and news (`news.ts` of each
 * feature). Braces stand for values. Each language is a value of this type, so a missing text fails the build.
 */
export interface Catalog {
  readonly problems: Readonly<Record<ProblemCode, string>>;
  readonly fields: Readonly<Record<FieldReason, string>>;
  /** Names of the states that a notification mentions. */
  readonly statuses: Readonly<Record<'RECRUITING' | 'IN_PROGRESS' | 'FINISHED' | 'COMPLETED', string>>;
  /** Names of the roles in a group. */
  readonly roles: Readonly<Record<'LEADER' | 'MANAGER' | 'MEMBER', string>>;
  /** Names of the identity providers. */
  readonly providers: Readonly<Record<'google' | 'apple' | 'kakao' | 'naver' | 'github', string>>;
  /** How mails name what leads into an account. */
  readonly ways: Readonly<Record<'PASSKEY' | 'IDENTITY' | 'TOTP' | 'ADMINISTRATOR' | 'NONE', string>>;
  /** Row 159: the text of a test message. */
  readonly pushTest: string;
  /** Shown in place of the name of a withdrawn account (row 85). */
  readonly unknownPerson: string;
  /** Stands for words that are hidden or deleted. */
  readonly goneWords: string;
  /** A name in a list of several people. */
  readonly oneOfSeveral: string;
}
