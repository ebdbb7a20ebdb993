/** SUSPENDED ends by itself at its time. WITHDRAWN accounts are erased soon after, and shown to nobody. */
export const accountStatuses = ['ACTIVE', 'PENDING', 'REJECTED', 'SUSPENDED', 'WITHDRAWN'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/** The role of an account in the deployment (row 14); the part in a group is another matter (`shared/access/powers.ts`). */
export const accountRoles = ['USER', 'ADMIN'] as const;
export type AccountRole = (typeof accountRoles)[number];

/** Purposes that an e-mail address is verified for. PROOF is asked for by a session, and gives no ticket (row 162). */
export const purposes = ['REGISTER', 'PASSWORD', 'EMAIL', 'LEAVE', 'MAIL', 'PROOF'] as const;
export type Purpose = (typeof purposes)[number];

export const genders = ['FEMALE', 'MALE', 'OTHER'] as const;
export type Gender = (typeof genders)[number];

/** Identity providers that people may sign in with. */
export const providerNames = ['google', 'apple', 'kakao', 'naver', 'github'] as const;
export type ProviderName = (typeof providerNames)[number];

/** Those that ask a person again on demand, and say in a signed token when they did (OpenID Connect). */
export const provingProviders = ['google', 'apple'] as const satisfies readonly ProviderName[];
