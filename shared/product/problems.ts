/**
 * Every problem moim answers with: its HTTP status, when it happens, and what a client does about it.
 * The texts people read are in `shared/messages`; a code without a text in each language does not compile.
 */
const definitions = {
  ACCOUNT_PENDING: [403, "The account waits for an administrator's approval.", 'Tell the person to wait for the mail.'],
  ACCOUNT_REJECTED: [403, 'An administrator has rejected the account.', 'Show it; the mail holds the reason.'],
  ALREADY_APPLIED: [409, 'The account has an application that waits.', 'Show it.'],
  ALREADY_DECIDED: [409, 'It was already decided.', 'Show the state it has now.'],
  ALREADY_LINKED: [
    409,
    'The account is linked to somebody at this identity provider already.',
    'Offer to unlink that one first.',
  ],
  ALREADY_MEMBER: [409, 'The account is already a member of the group.', 'Open the group.'],
  BODY_TOO_LARGE: [
    413,
    'The body is larger than the route allows.',
    'Send less; files go to the bucket, not through the API.',
  ],
  CAPACITY_BELOW_MEMBERS: [409, 'The group has more members than that.', 'Choose more seats.'],
  CERTIFICATION_LIMIT: [
    409,
    'The day or the week of this mission is already used up.',
    'Offer it again tomorrow or next week.',
  ],
  CODE_INVALID: [422, 'The code is wrong, used, expired or tried too often.', 'Ask again, or request another code.'],
  CODE_WRONG: [422, 'The invite code or link is wrong, renewed or expired.', 'Ask for another.'],
  EMAIL_TAKEN: [409, 'An account with this e-mail address exists.', 'Offer to sign in.'],
  EMAIL_UNVERIFIED: [
    409,
    'An account has the e-mail address, and the identity provider does not vouch for it.',
    'Sign in the way the account was made, then link.',
  ],
  GROUP_CLOSED: [409, 'The group has ended or takes nobody any more.', 'Offer other groups.'],
  GROUP_FULL: [409, 'Every seat of the group is taken.', 'Offer other groups.'],
  GROUP_LIMIT: [409, 'The account is in as many groups of this kind as it may.', 'Offer to leave one.'],
  IDEMPOTENCY_IN_FLIGHT: [
    409,
    'The first request with this Idempotency-Key is still running.',
    'Repeat after `Retry-After`.',
  ],
  IDEMPOTENCY_KEY_REUSED: [
    422,
    'The Idempotency-Key came before with another request.',
    'Use a new key for a new request.',
  ],
  IDENTITY_TAKEN: [
    409,
    'The person at the identity provider is linked to another account.',
    'Sign in with it, or link another.',
  ],
  INTERNAL: [500, 'moim failed. It was logged under the request id.', 'Repeat with the same Idempotency-Key.'],
  INVALID_CURSOR: [422, 'The cursor is broken or belongs to another query.', 'Start the list from its first page.'],
  INVALID_PERIOD: [422, 'The dates contradict each other or lie in the past.', 'Correct the dates.'],
  INVALID_REQUEST: [
    422,
    'A field is missing, unknown or out of its limits; `errors` says which.',
    'Correct the fields named.',
  ],
  JOIN_BY_OTHER_WAY: [
    409,
    'The group is not joined at once but by application, code or link.',
    'Offer the way the group names.',
  ],
  KICKED: [409, 'The account was removed from the group and may not come back.', 'Nothing, until the leader lifts it.'],
  LAST_WAY_IN: [
    409,
    'It is the only way the account can be signed in to.',
    'Offer to set a password or to link another provider first.',
  ],
  LEADER_MUST_HAND_OVER: [409, 'A leader cannot leave others without one.', 'Offer to hand over or to disband.'],
  LEADS_GROUPS: [
    409,
    'The account leads a group that has other members and has not ended.',
    'Offer to hand the groups over or to disband them.',
  ],
  LOGIN_ID_TAKEN: [409, 'Another account has this login id.', 'Choose another.'],
  MALFORMED_BODY: [400, 'The body is not JSON.', 'Send JSON in UTF-8.'],
  MESSAGE_TOO_LARGE: [413, 'A socket message is above 16 KB.', 'Send less.'],
  NICKNAME_TAKEN: [409, 'Another account has this nickname.', 'Choose another.'],
  NOT_APPLICABLE: [409, "The group's kind or state does not allow it.", 'Show the group as it is now.'],
  NOT_FOUND: [404, 'There is no such thing, or the caller may not see it; the answer does not tell which.', 'Go back.'],
  NOT_IN_PERIOD: [
    409,
    'The mission takes certifications only from its first day to a day after its last.',
    'Show the period.',
  ],
  ORIGIN_REFUSED: [
    403,
    "A refresh cookie came with a page that is not the deployment's own.",
    'Refresh from a page of the product.',
  ],
  OWN_DECISION: [409, 'Nobody decides on what is their own.', 'Leave it to somebody else with that power.'],
  PASSWORD_REFUSED: [
    422,
    'The password breaks the rule: 8-64 printable ASCII characters, a letter, a digit and a special character, no space, not the own e-mail or nickname.',
    'Ask for another.',
  ],
  PASSWORD_WRONG: [422, 'The current password is wrong.', 'Ask again.'],
  PRECONDITION_FAILED: [
    412,
    'The resource changed since it was read (`If-Match`).',
    'Read it again, then repeat the edit.',
  ],
  PROVIDER_FAILED: [
    502,
    'The identity provider did not answer, or not as it should.',
    'Offer to try again or another way to sign in.',
  ],
  REFRESH_INVALID: [
    401,
    'The refresh token is unknown, expired or was used before; in the last case the session is over.',
    'Sign in again.',
  ],
  SIGN_IN_FAILED: [401, 'The e-mail address or the password is wrong; the answer does not tell which.', 'Ask again.'],
  SOCIAL_SIGN_IN_INVALID: [
    422,
    'The sign-in at the identity provider is unknown, expired, used or was refused there.',
    'Begin it again.',
  ],
  TICKET_INVALID: [
    422,
    'The ticket is forged, used, expired or was issued for something else.',
    'Verify the e-mail address again.',
  ],
  TOKEN_INVALID: [401, 'The access token is missing, forged or expired.', 'Refresh it once; else sign in.'],
  TOO_MANY_BLOCKS: [409, 'The account has blocked as many others as it may.', 'Offer to take back one of the blocks.'],
  TOO_MANY_DEVICES: [409, 'The account has as many devices for push messages as it may.', 'Offer to remove one.'],
  TOO_MANY_REQUESTS: [429, 'Too much in too short a time.', 'Repeat after `Retry-After`.'],
  TRY_AGAIN: [
    503,
    'Somebody else changed the same thing at the same moment, several times in a row.',
    'Repeat after `Retry-After`.',
  ],
  UNKNOWN_ACTION: [404, 'The socket message names no action.', 'Correct the client.'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The body is not `application/json` in UTF-8.', 'Set the Content-Type.'],
  UPLOAD_INVALID: [
    422,
    'An upload is missing, used, of another account or group, or not the file it claims to be.',
    'Upload the file again.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ProblemCode = keyof typeof definitions;

export interface ProblemDefinition {
  readonly status: number;
  readonly when: string;
  readonly remedy: string;
}

export const problemDefinitions = Object.fromEntries(
  Object.entries(definitions).map(([code, [status, when, remedy]]) => [code, { status, when, remedy }]),
) as Readonly<Record<ProblemCode, ProblemDefinition>>;

/** One field that is wrong: where it stands (RFC 6901 pointer into the body, or `query/limit`) and why. */
export interface FieldError {
  readonly pointer: string;
  readonly reason: string;
}

/** A refusal that the caller is told of. Throw it anywhere below the pipeline; it becomes `application/problem+json`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  /** Seconds after which a repetition makes sense. */
  readonly retryAfter: number | undefined;

  constructor(code: ProblemCode, more: { errors?: readonly FieldError[]; retryAfter?: number } = {}) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.errors = more.errors ?? [];
    this.retryAfter = more.retryAfter;
  }
}
