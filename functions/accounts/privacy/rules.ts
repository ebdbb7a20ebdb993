/** The groups that somebody cannot leave as they are: led by them, with others in it, and not over (row 17). */
export const ledWithOthers = (
  groups: readonly {
    readonly role: string;
    readonly state: string;
    readonly memberCount: number;
    readonly endsOn: string;
    readonly today: string;
    readonly deleted: boolean;
  }[],
) =>
  groups.filter(
    ({ role, state, memberCount, endsOn, today, deleted }) =>
      role === 'LEADER' && state === 'ACTIVE' && memberCount > 1 && today <= endsOn && !deleted,
  );

/** Where an export lies. The bucket drops what is there after two days. */
export const exportKey = (accountId: string, exportId: string) => `exports/${accountId}/${exportId}.zip`;

/** Where an image stands in the archive: a name that every system can store. */
export const nameInArchive = (key: string) => `images/${key.replace(/[^\w.-]+/g, '_')}`;
