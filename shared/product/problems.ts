import { attendanceProblems } from './attendance-problems.ts';
import { checkInProblems } from './check-in-problems.ts';
import { missionProblems } from './mission-problems.ts';
import { recordProblems } from './record-problems.ts';
import { signInProblems } from './sign-in-problems.ts';
import { talkingProblems } from './talking-problems.ts';

interface ProblemDefinition {
  /** The HTTP status. */
  readonly status: number;
  /** When it happens, for the documents. */
  readonly when: string;
  /** What a client does about it. */
  readonly remedy: string;
}

/**
 * Every problem moim answers with: its HTTP status, when it happens, and what a client does about it.
 * The texts people read are in `shared/messages`; a code without a text in each language does not compile.
 */
export const problemDefinitions = {
  ...signInProblems,
  ...talkingProblems,
  ...missionProblems,
  ...recordProblems,
  ...attendanceProblems,
  ...checkInProblems,
  ALREADY_APPLIED: {
    status: 409,
    when: 'The account already has a pending application.',
    remedy: 'Show the application.',
  },
  ALREADY_DECIDED: {
    status: 409,
    when: 'A decision has already been made.',
    remedy: 'Show the current state.',
  },
  ALREADY_LINKED: {
    status: 409,
    when: 'The account is already linked to another identity of this provider.',
    remedy: 'Offer to unlink that one first.',
  },
  ALREADY_MEMBER: {
    status: 409,
    when: 'The account is already a member of the group.',
    remedy: 'Open the group.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    when: 'The body is larger than the route allows.',
    remedy: 'Send less; upload files to the bucket, not through the API.',
  },
  CAPACITY_BELOW_MEMBERS: {
    status: 409,
    when: 'The group has more members than the requested seats.',
    remedy: 'Choose more seats.',
  },
  CODE_WRONG: {
    status: 422,
    when: 'The invite code or link is wrong, renewed or expired.',
    remedy: 'Ask for another invite.',
  },
  EMAIL_TAKEN: {
    status: 409,
    when: 'An account with this e-mail address already exists.',
    remedy: 'Offer to sign in.',
  },
  EMAIL_UNVERIFIED: {
    status: 409,
    when: 'An account has this e-mail address, and the identity provider does not vouch for it, or the account asks for a code of an authenticator app.',
    remedy: 'Sign in to that account, then link the provider.',
  },
  GROUP_CLOSED: {
    status: 409,
    when: 'The group has ended or is no longer accepting members.',
    remedy: 'Offer other groups.',
  },
  GROUP_FULL: {
    status: 409,
    when: 'Every seat of the group is taken.',
    remedy: 'Offer other groups.',
  },
  GROUP_LIMIT: {
    status: 409,
    when: 'The account has reached the limit for groups of this kind.',
    remedy: 'Offer to leave a group.',
  },
  IDEMPOTENCY_IN_FLIGHT: {
    status: 409,
    when: 'The first request with this Idempotency-Key is still running.',
    remedy: 'Repeat after `Retry-After`.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    when: 'The Idempotency-Key was already used for another request.',
    remedy: 'Use a new key for a new request.',
  },
  IDENTITY_TAKEN: {
    status: 409,
    when: 'The identity is linked to another account.',
    remedy: 'Sign in with it, or link another identity.',
  },
  INTERNAL: {
    status: 500,
    when: 'moim failed. The error is logged under the request id.',
    remedy: 'Repeat with the same Idempotency-Key.',
  },
  INVALID_CURSOR: {
    status: 422,
    when: 'The cursor is broken or belongs to another query.',
    remedy: 'Start the list from its first page.',
  },
  INVALID_PERIOD: {
    status: 422,
    when: 'The dates contradict each other or lie in the past.',
    remedy: 'Correct the dates.',
  },
  INVALID_REQUEST: {
    status: 422,
    when: 'A field is missing, unknown or not valid; `errors` names each field and says what to do.',
    remedy: 'Show the reason at each field.',
  },
  JOIN_BY_OTHER_WAY: {
    status: 409,
    when: 'The group cannot be joined directly, only by application or invite.',
    remedy: 'Offer the way that the group names.',
  },
  KICKED: {
    status: 409,
    when: 'The account was removed from the group and may not join again.',
    remedy: 'Nothing, until the leader lifts the removal.',
  },
  LAST_WAY_IN: {
    status: 409,
    when: 'This is the only way to sign in to the account.',
    remedy: 'Offer to set a password or to link another provider first.',
  },
  LEADER_MUST_HAND_OVER: {
    status: 409,
    when: 'A leader cannot leave the other members without a leader.',
    remedy: 'Offer to hand the group over or to disband it.',
  },
  LEADS_GROUPS: {
    status: 409,
    when: 'The account leads an active group with other members.',
    remedy: 'Offer to hand the groups over or to disband them.',
  },
  LOGIN_ID_TAKEN: {
    status: 409,
    when: 'Another account has this login id.',
    remedy: 'Ask for another login id.',
  },
  MALFORMED_BODY: {
    status: 400,
    when: 'The body is not valid JSON.',
    remedy: 'Send JSON in UTF-8.',
  },
  MANAGER_LIMIT: {
    status: 409,
    when: 'The group has as many managers as a group may have.',
    remedy: 'Offer to make another manager a member again.',
  },
  MEMBERSHIP_PENDING: {
    status: 403,
    when: 'The club has not decided on the application of the account.',
    remedy: 'Tell the person to wait for the mail. Offer to withdraw the application.',
  },
  MESSAGE_TOO_LARGE: {
    status: 413,
    when: 'A socket message is larger than 16 KB.',
    remedy: 'Send less.',
  },
  MOTIVATION_LIMIT: {
    status: 409,
    when: 'There are as many texts that encourage in reminders as there can be.',
    remedy: 'Offer to delete one.',
  },
  NICKNAME_TAKEN: {
    status: 409,
    when: 'Another account has this nickname.',
    remedy: 'Ask for another nickname.',
  },
  NOT_APPLICABLE: {
    status: 409,
    when: 'The kind or the state of the group or account does not allow it.',
    remedy: 'Show the current state.',
  },
  NOT_DECODED: {
    status: 409,
    when: 'The photos of the certification are still being prepared.',
    remedy: 'Repeat after `Retry-After`.',
  },
  NOT_FOUND: {
    status: 404,
    when: 'The resource does not exist, or the caller may not see it; the answer does not tell which.',
    remedy: 'Go back.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    when: 'A refresh cookie came from a page outside the deployment.',
    remedy: 'Refresh from a page of the product.',
  },
  OWN_DECISION: {
    status: 409,
    when: 'People cannot decide about themselves or their own content.',
    remedy: 'Leave it to somebody else with the same power.',
  },
  PHOTO_BROKEN: {
    status: 409,
    when: 'A photo of the certification cannot be opened.',
    remedy: 'Wait until the author has replaced it.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    when: 'The resource has changed since it was read (`If-Match`).',
    remedy: 'Read it again, then repeat the edit.',
  },
  PROVIDER_FAILED: {
    status: 502,
    when: 'The identity provider did not answer, or gave an unexpected answer.',
    remedy: 'Offer to try again or another way to sign in.',
  },
  REFRESH_INVALID: {
    status: 401,
    when: 'The refresh token is unknown, expired or already used. A used token ends the session.',
    remedy: 'Sign in again.',
  },
  REJOIN_REFUSED: {
    status: 409,
    when: 'The account has left the group, which does not accept former members.',
    remedy: 'Offer other groups.',
  },
  REMINDER_LIMIT: {
    status: 409,
    when: 'The own times would be more than three reminders on one day, or are set for too many missions.',
    remedy: 'Show the times of the other missions, and offer to change them.',
  },
  SOCIAL_SIGN_IN_INVALID: {
    status: 422,
    when: 'The sign-in is unknown, expired or used, or the provider refused it.',
    remedy: 'Start the sign-in again.',
  },
  TICKET_INVALID: {
    status: 422,
    when: 'The ticket is forged, used, expired or for another purpose.',
    remedy: 'Verify the e-mail address again.',
  },
  TOKEN_INVALID: {
    status: 401,
    when: 'The access token is missing, forged or expired, or its session has ended.',
    remedy: 'Refresh it once; if that fails, sign in.',
  },
  TOO_MANY_BLOCKS: {
    status: 409,
    when: 'The account has reached the limit for blocked people.',
    remedy: 'Offer to unblock somebody.',
  },
  TOO_MANY_DEVICES: {
    status: 409,
    when: 'The account has reached the limit for push devices.',
    remedy: 'Offer to remove a device.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    when: 'The account or its network sent too many requests in a short time.',
    remedy: 'Repeat after `Retry-After`.',
  },
  TRY_AGAIN: {
    status: 503,
    when: 'Other requests changed the same resource at the same moment, several times in a row.',
    remedy: 'Repeat after `Retry-After`.',
  },
  UNKNOWN_ACTION: {
    status: 404,
    when: 'The socket message names no action.',
    remedy: 'Correct the client.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    when: 'The body is not `application/json` in UTF-8.',
    remedy: 'Set the Content-Type.',
  },
  UPLOAD_INVALID: {
    status: 422,
    when: 'The upload is missing, expired, of another account or group, not the type of file it claims to be, or no photo that can be accepted; then `errors` says why.',
    remedy: 'Show the reason, if there is one. Upload another file, or the same file again.',
  },
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof problemDefinitions;

/**
 * How people show anew who they are (row 162): their password; a passkey; a code of their authenticator app; a code by mail
 * to the account's own address; their identity provider, which asks them again.
 */
export const waysToProve = ['PASSWORD', 'PASSKEY', 'TOTP', 'MAIL', 'PROVIDER'] as const;
export type WayToProve = (typeof waysToProve)[number];

/** Why nobody may sign in to an account, and until when: ISO 8601 in UTC. */
export interface Suspension {
  readonly reason: string;
  readonly until: string;
}

/** One wrong field: its place (RFC 6901 pointer into the body, or `query/limit`) and what to do, in people's words. */
export interface FieldError {
  readonly pointer: string;
  readonly reason: string;
}

/** A refusal for the caller. Throw it anywhere below the pipeline; it becomes `application/problem+json`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  /** Seconds after which a repetition makes sense. */
  readonly retryAfter: number | undefined;
  /** The ways in which the account can show who it is, if that is what is needed. */
  readonly ways: readonly WayToProve[] | undefined;
  /** Why and until when the account is suspended, if it is. */
  readonly suspension: Suspension | undefined;

  constructor(
    code: ProblemCode,
    more: {
      errors?: readonly FieldError[];
      retryAfter?: number;
      ways?: readonly WayToProve[];
      suspension?: Suspension | undefined;
    } = {},
  ) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.errors = more.errors ?? [];
    this.retryAfter = more.retryAfter;
    this.ways = more.ways;
    this.suspension = more.suspension;
  }
}
