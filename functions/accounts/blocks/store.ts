export interface BlockItem {
  readonly accountId: string;
  readonly blockedId: string;
  readonly blockedAt: string;
}
