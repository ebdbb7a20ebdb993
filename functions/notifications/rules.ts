/** Whom an event is told to: everybody it names once, but never the one who caused it (table 2.8). */
export const recipientsOf = ({ to, actorId }: { readonly to: readonly string[]; readonly actorId: string }) =>
  [...new Set(to)].filter((accountId) => accountId !== actorId);
