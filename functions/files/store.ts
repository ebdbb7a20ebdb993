export interface UploadItem {
  readonly uploadId: string;
  readonly accountId: string;
  readonly groupId: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly expiresAt: number;
}
