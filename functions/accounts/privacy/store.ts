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
