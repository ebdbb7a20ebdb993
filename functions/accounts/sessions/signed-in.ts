import type { Table } from '../../../shared/data/table.ts';

/** More than the five devices and the few that sign in at the same moment there never are. */
export const sessionsOf = async (table: Table, accountId: string) =>
  (await table.query('sessionsOfAccount', { accountId }, { limit: 100, consistent: true })).items;

/** Whether somebody is signed in anywhere: has used moim within the life of a session. */
export const isSignedIn = async (table: Table, accountId: string, now: number) =>
  (await sessionsOf(table, accountId)).some(({ expiresAt }) => expiresAt > now / 1000);
