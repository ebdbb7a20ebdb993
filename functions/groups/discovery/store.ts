export interface LikeItem {
  readonly accountId: string;
  readonly groupId: string;
  readonly likedAt: string;
}
