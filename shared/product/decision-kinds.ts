/**
 * What people decide on, by the kind that the subject of a decision begins with. A client has a word for each kind that it
 * lists: a kind that is added here does not compile there without one.
 */

/** Decisions on a person: the id of the subject is theirs. */
export const personKinds = ['member', 'application', 'attendance'] as const;

/** Decisions in the history of a group. Those of `functions/activity/written/kinds.ts` come from reports, as that on a plan. */
export const groupDecisionKinds = [
  ...personKinds,
  ...['certification', 'excuse', 'record', 'group', 'plan'],
  ...['post', 'comment', 'poll', 'message'],
] as const;

/** Decisions in the history of an account, which administrators read. */
export const accountDecisionKinds = ['account', 'sessions', 'privateMessage'] as const;

export type GroupDecisionKind = (typeof groupDecisionKinds)[number];
export type AccountDecisionKind = (typeof accountDecisionKinds)[number];
export type DecisionKind =
  | GroupDecisionKind
  | AccountDecisionKind
  // Its history is read by nobody yet.
  | 'motivation';
