import type { Locale } from '../../../shared/messages/catalog.ts';

export interface ConnectionItem {
  readonly accountId: string;
  readonly connectionId: string;
  readonly sessionId: string;
  readonly locale: Locale;
  readonly shard: string;
  readonly seenAt: string;
  readonly expiresAt: number;
}
