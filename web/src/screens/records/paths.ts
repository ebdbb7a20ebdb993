/** Where one sets the level, from which one comes back. */
export const profilePath = (groupId: string, then: string) =>
  `/groups/${groupId}/profile?then=${encodeURIComponent(then)}`;
