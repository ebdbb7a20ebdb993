interface ProblemDefinition {
  /** The HTTP status. */
  readonly status: number;
  /** When it happens: what the documents say of it. */
  readonly when: string;
  /** What a client does about it. */
  readonly remedy: string;
}

/**
 * Every problem moim answers with: its HTTP status, when it happens, and what a client does about it.
 * The texts people read are in `shared/messages`; a code without a text in each language does not compile.
 */
export const problemDefinitions = {
  ACCOUNT_PENDING: {
    status: 403,
    when: "The account waits for an administrator's approval.",
    remedy: 'Tell the person to wait for the mail.',
  },
  ACCOUNT_REJECTED: {
    status: 403,
    when: 'An administrator has rejected the account.',
    remedy: 'Show it; the mail holds the reason.',
  },
  ALREADY_APPLIED: {
    status: 409,
    when: 'The account has an application that waits.',
    remedy: 'Show it.',
  },
  ALREADY_DECIDED: {
    status: 409,
    when: 'It was already decided.',
    remedy: 'Show the state it has now.',
  },
  ALREADY_LINKED: {
    status: 409,
    when: 'The account is linked to somebody at this identity provider already.',
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
    remedy: 'Send less; files go to the bucket, not through the API.',
  },
  CAPACITY_BELOW_MEMBERS: {
    status: 409,
    when: 'The group has more members than that.',
    remedy: 'Choose more seats.',
  },
  CERTIFICATION_LIMIT: {
    status: 409,
    when: 'The day or the week of this mission is already used up.',
    remedy: 'Offer it again tomorrow or next week.',
  },
  CODE_INVALID: {
    status: 422,
    when: 'The code is wrong, used, expired or tried too often.',
    remedy: 'Ask again, or request another code.',
  },
  CODE_WRONG: {
    status: 422,
    when: 'The invite code or link is wrong, renewed or expired.',
    remedy: 'Ask for another.',
  },
  EMAIL_TAKEN: {
    status: 409,
    when: 'An account with this e-mail address exists.',
    remedy: 'Offer to sign in.',
  },
  EMAIL_UNVERIFIED: {
    status: 409,
    when: 'An account has the e-mail address, and the identity provider does not vouch for it.',
    remedy: 'Sign in the way the account was made, then link.',
  },
  GROUP_CLOSED: {
    status: 409,
    when: 'The group has ended or takes nobody any more.',
    remedy: 'Offer other groups.',
  },
  GROUP_FULL: {
    status: 409,
    when: 'Every seat of the group is taken.',
    remedy: 'Offer other groups.',
  },
  GROUP_LIMIT: {
    status: 409,
    when: 'The account is in as many groups of this kind as it may.',
    remedy: 'Offer to leave one.',
  },
  IDEMPOTENCY_IN_FLIGHT: {
    status: 409,
    when: 'The first request with this Idempotency-Key is still running.',
    remedy: 'Repeat after `Retry-After`.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    when: 'The Idempotency-Key came before with another request.',
    remedy: 'Use a new key for a new request.',
  },
  IDENTITY_TAKEN: {
    status: 409,
    when: 'The person at the identity provider is linked to another account.',
    remedy: 'Sign in with it, or link another.',
  },
  INTERNAL: {
    status: 500,
    when: 'moim failed. It was logged under the request id.',
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
    when: 'A field is missing, unknown or out of its limits; `errors` says which.',
    remedy: 'Correct the fields named.',
  },
  JOIN_BY_OTHER_WAY: {
    status: 409,
    when: 'The group is not joined at once but by application, code or link.',
    remedy: 'Offer the way the group names.',
  },
  KICKED: {
    status: 409,
    when: 'The account was removed from the group and may not come back.',
    remedy: 'Nothing, until the leader lifts it.',
  },
  LAST_WAY_IN: {
    status: 409,
    when: 'It is the only way the account can be signed in to.',
    remedy: 'Offer to set a password or to link another provider first.',
  },
  LEADER_MUST_HAND_OVER: {
    status: 409,
    when: 'A leader cannot leave others without one.',
    remedy: 'Offer to hand over or to disband.',
  },
  LEADS_GROUPS: {
    status: 409,
    when: 'The account leads a group that has other members and has not ended.',
    remedy: 'Offer to hand the groups over or to disband them.',
  },
  LOGIN_ID_TAKEN: {
    status: 409,
    when: 'Another account has this login id.',
    remedy: 'Choose another.',
  },
  MALFORMED_BODY: {
    status: 400,
    when: 'The body is not JSON.',
    remedy: 'Send JSON in UTF-8.',
  },
  MESSAGE_TOO_LARGE: {
    status: 413,
    when: 'A socket message is above 16 KB.',
    remedy: 'Send less.',
  },
  NICKNAME_TAKEN: {
    status: 409,
    when: 'Another account has this nickname.',
    remedy: 'Choose another.',
  },
  NOT_APPLICABLE: {
    status: 409,
    when: "The group's kind or state does not allow it.",
    remedy: 'Show the group as it is now.',
  },
  NOT_FOUND: {
    status: 404,
    when: 'There is no such thing, or the caller may not see it; the answer does not tell which.',
    remedy: 'Go back.',
  },
  NOT_IN_PERIOD: {
    status: 409,
    when: 'The mission takes certifications only from its first day to a day after its last.',
    remedy: 'Show the period.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    when: "A refresh cookie came with a page that is not the deployment's own.",
    remedy: 'Refresh from a page of the product.',
  },
  OWN_DECISION: {
    status: 409,
    when: 'Nobody decides on what is their own.',
    remedy: 'Leave it to somebody else with that power.',
  },
  PASSWORD_REFUSED: {
    status: 422,
    when: 'The password breaks the rule: 8-64 printable ASCII characters, a letter, a digit and a special character, no space, not the own e-mail or nickname.',
    remedy: 'Ask for another.',
  },
  PASSWORD_WRONG: {
    status: 422,
    when: 'The current password is wrong.',
    remedy: 'Ask again.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    when: 'The resource changed since it was read (`If-Match`).',
    remedy: 'Read it again, then repeat the edit.',
  },
  PROVIDER_FAILED: {
    status: 502,
    when: 'The identity provider did not answer, or not as it should.',
    remedy: 'Offer to try again or another way to sign in.',
  },
  REFRESH_INVALID: {
    status: 401,
    when: 'The refresh token is unknown, expired or was used before; in the last case the session is over.',
    remedy: 'Sign in again.',
  },
  RESUME_FIRST: {
    status: 409,
    when: 'The last entry that the sender knows does not exist, or too many have come after it.',
    remedy: 'Read on to the end. If your own entry is there, it was taken; else send it again from where you are now.',
  },
  SIGN_IN_FAILED: {
    status: 401,
    when: 'The e-mail address or the password is wrong; the answer does not tell which.',
    remedy: 'Ask again.',
  },
  SOCIAL_SIGN_IN_INVALID: {
    status: 422,
    when: 'The sign-in at the identity provider is unknown, expired, used or was refused there.',
    remedy: 'Begin it again.',
  },
  TICKET_INVALID: {
    status: 422,
    when: 'The ticket is forged, used, expired or was issued for something else.',
    remedy: 'Verify the e-mail address again.',
  },
  TOKEN_INVALID: {
    status: 401,
    when: 'The access token is missing, forged or expired.',
    remedy: 'Refresh it once; else sign in.',
  },
  TOO_MANY_BLOCKS: {
    status: 409,
    when: 'The account has blocked as many others as it may.',
    remedy: 'Offer to take back one of the blocks.',
  },
  TOO_MANY_DEVICES: {
    status: 409,
    when: 'The account has as many devices for push messages as it may.',
    remedy: 'Offer to remove one.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    when: 'Too much in too short a time.',
    remedy: 'Repeat after `Retry-After`.',
  },
  TRY_AGAIN: {
    status: 503,
    when: 'Somebody else changed the same thing at the same moment, several times in a row.',
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
    when: 'An upload is missing, used, of another account or group, or not the file it claims to be.',
    remedy: 'Upload the file again.',
  },
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof problemDefinitions;

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
