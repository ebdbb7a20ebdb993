import { kind } from '../../../shared/data/kind.ts';

export interface ExportItem {
  readonly accountId: string;
  readonly exportId: string;
  readonly status: 'PENDING' | 'READY';
  /** There until it is made: puts it into the job's list. */
  readonly waitingFor?: 'EXPORT';
  readonly requestedAt: string;
  readonly key?: string;
  readonly bytes?: number;
  readonly expiresAt: number;
}

export const items = {
  Export: kind<ExportItem>()({
    about: 'everything held about an account, as files to fetch',
    pk: 'EXPORTS#{accountId}',
    sk: 'EXPORT#{exportId}',
    gsi1: { pk: 'EXPORTS_WAITING#{waitingFor}', sk: '{requestedAt}#{exportId}', sparse: true },
    life: '24 h',
    of: { account: 'accountId' },
    fate: { account: { goes: 'with its file', by: 'dropExports (accounts/privacy/jobs.ts)' } },
    archive: { as: 'exports', found: { pattern: 'exportsOfAccount' } },
    patterns: {
      exportsWaiting: { serves: 'exports that were asked for, oldest first', index: 'gsi1' },
      exportsOfAccount: { serves: 'the exports of an account' },
    },
  }),
} as const;
