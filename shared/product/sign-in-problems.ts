/** Problems of showing who one is: a part of `problemDefinitions`. */
export const signInProblems = {
  ACCOUNT_PENDING: {
    status: 403,
    when: 'The account is waiting for the approval of an administrator.',
    remedy: 'Tell the person to wait for the mail.',
  },
  ACCOUNT_REJECTED: {
    status: 403,
    when: 'An administrator has rejected the account.',
    remedy: 'Show it; the mail contains the reason. Offer a copy and the erasure, with a code for the purpose LEAVE.',
  },
  ACCOUNT_SUSPENDED: {
    status: 403,
    when: 'An administrator has suspended the account for a time; `suspension` says why and until when.',
    remedy: 'Show both. Another sign-in works from `suspension.until` on.',
  },
  CODE_INVALID: {
    status: 422,
    when: 'The code is wrong, used, expired or was tried too often.',
    remedy: 'Ask for the code again, or request another one.',
  },
  CODE_NEEDED: {
    status: 403,
    when: 'The password is right, and the account also asks for a code of its authenticator app.',
    remedy: 'Ask for the code, or for a recovery code, and send the same request with `code`.',
  },
  FACTOR_NEEDED: {
    status: 403,
    when: 'Administrators need a sign-in of the last 12 hours with a passkey or an authenticator app.',
    remedy:
      'Offer to add a passkey or an authenticator app, or to sign in with it. Without one of them, the session stays an ordinary one.',
  },
  PASSKEY_INVALID: {
    status: 422,
    when: 'The passkey is not one of the account, its answer is to another or an old challenge, or it is for another site.',
    remedy: 'Get a new challenge and ask for the passkey again, or offer another way.',
  },
  PASSKEY_LIMIT: {
    status: 409,
    when: 'The account has as many passkeys as it may have.',
    remedy: 'Offer to remove one first.',
  },
  PASSWORD_REFUSED: {
    status: 422,
    when: 'The password breaks the rule: 8 to 64 printable ASCII characters with a letter, a digit and a special character; no space; not the e-mail address or the nickname of the account; not a common one; not the current one.',
    remedy: 'Show the reasons in `errors`, and ask for another password.',
  },
  PASSWORD_WRONG: {
    status: 422,
    when: 'The current password is wrong.',
    remedy: 'Ask for the password again.',
  },
  PROOF_NEEDED: {
    status: 403,
    when: 'The route needs proof of the last five minutes of who is there; `ways` names the ways that the account has.',
    remedy:
      'Ask for one of `ways`, send it to `POST /v1/sessions/current/proofs`, and repeat the request. If there is none, sign in again.',
  },
  SIGN_IN_FAILED: {
    status: 401,
    when: 'The e-mail address, the login id or the password is wrong; the answer does not tell which.',
    remedy: 'Ask for them again.',
  },
} as const;
