import { iso } from '../../../shared/core/time.ts';
import { drop, upsert, type Write } from '../../../shared/data/writes.ts';
import type { AccountRole } from '../../accounts/accounts/values.ts';

/** The write that makes somebody an administrator, or a user again. Set the account's `role` with it: that is shown. */
export const administration = (accountId: string, role: AccountRole, now: number): Write =>
  role === 'ADMIN'
    ? upsert('Administrator', { accountId }, { set: { administers: 'MOIM', since: iso(now) } })
    : drop('Administrator', { accountId });
