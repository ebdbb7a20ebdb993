import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

/** The longest delay of a new message and the longest visibility timeout that SQS allows, in seconds. */
const longestDelay = 900;
const longestHiding = 43_200;

const seconds = (ms: number, most: number) => Math.min(most, Math.max(0, Math.ceil(ms / 1000)));

/** The queue of parked changes, and the queue of changes that failed for good. */
export interface ParkingQueue {
  /** Sends a message that arrives after `ms` milliseconds, at most 15 minutes. */
  park(message: object, ms: number): Promise<void>;
  /** Hides a received message for `ms` milliseconds, 12 hours at most. */
  hide(receiptHandle: string, ms: number): Promise<void>;
  /** Sends a message to the queue for a person. */
  giveUp(message: object): Promise<void>;
}

/**
 * The queue of parked changes, or another one of the same kind.
 *
 * @param variable the environment variable with its address
 */
export function parkingQueueOf(platform: Platform, variable = 'PARKED_URL'): ParkingQueue {
  const client = inTime(new SQSClient(clientConfig(platform, 'SQS')), platform);
  const QueueUrl = required(platform.environment, variable);
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
