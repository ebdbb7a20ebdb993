import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

/** Seconds that SQS holds a new message back at most, and that it hides a known one at most. */
const longestDelay = 900;
const longestHiding = 43_200;

const seconds = (ms: number, most: number) => Math.min(most, Math.max(0, Math.ceil(ms / 1000)));

/** The queue of parked changes, and the one for what failed for good. */
export interface ParkingQueue {
  /** Sends a message that arrives after `ms` milliseconds, or after 15 minutes where that is more. */
  park(message: object, ms: number): Promise<void>;
  /** Hides a received message for `ms` milliseconds, 12 hours at most. */
  hide(receiptHandle: string, ms: number): Promise<void>;
  /** Sends a message to where a person finds it. */
  giveUp(message: object): Promise<void>;
}

export function parkingQueueOf(platform: Platform): ParkingQueue {
  const client = inTime(new SQSClient(clientConfig(platform, 'SQS')), platform);
  const QueueUrl = required(platform.environment, 'PARKED_URL');
  return {
    async park(message, ms) {
      const MessageBody = JSON.stringify(message);
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: seconds(ms, longestDelay) }));
    },
    async hide(ReceiptHandle, ms) {
      const VisibilityTimeout = seconds(ms, longestHiding);
      await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    },
    async giveUp(message) {
      const failed = required(platform.environment, 'FAILED_URL');
      await client.send(new SendMessageCommand({ QueueUrl: failed, MessageBody: JSON.stringify(message) }));
    },
  };
}
