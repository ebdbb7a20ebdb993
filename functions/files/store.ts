export interface UploadItem {
  readonly uploadId: string;
  readonly accountId: string;
  readonly groupId: string;
  readonly type: string;
  readonly bytes: number;
  readonly expiresAt: number;
}
