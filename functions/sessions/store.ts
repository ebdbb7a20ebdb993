export interface SessionItem {
  readonly accountId: string;
  readonly sessionId: string;
  readonly device: string;
  /** Hash of the one refresh token that works now. */
  readonly refreshHash: string;
  readonly createdAt: string;
  readonly refreshedAt: string;
  readonly expiresAt: number;
}
