import type { Link } from '../../shared/data/outbox.ts';
import type { NotificationType } from '../../shared/messages/catalog.ts';

export interface NotificationItem {
  readonly accountId: string;
  readonly notificationId: string;
  readonly notice: NotificationType;
  readonly values: Readonly<Record<string, string>>;
  readonly link: Link;
  readonly createdAt: string;
  readonly readAt?: string;
  readonly expiresAt: number;
}

export interface InboxItem {
  readonly accountId: string;
  readonly unread: number;
}
