import { kind } from '../../../shared/data/kind.ts';

export interface ExportItem {
  readonly accountId: string;
  readonly exportId: string;
  readonly status: 'PENDING' | 'READY';
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
    life: '24 h',
    of: { account: 'accountId' },
    fate: { account: { goes: 'with its file', by: 'dropExports (accounts/privacy/erasing.ts)' } },
    archive: { as: 'exports', found: { pattern: 'exportsOfAccount' } },
    patterns: {
      exportsOfAccount: { serves: 'the exports of an account' },
    },
  }),
} as const;
