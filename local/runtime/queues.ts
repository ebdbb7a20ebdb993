import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Clock } from '../../shared/core/clock.ts';
import type { QueueEngine } from '../engines/queue/queue-engine.ts';
import type { Message } from '../engines/queue/queue-store.ts';
import type { Runner } from './functions.ts';
import { ofType, type Properties, type Resource, region } from './template.ts';

/** SQS as the rest of the cloud sees it. */
export type Queues = Pick<QueueEngine, 'send' | 'messages' | 'all'>;

export interface QueueSources {
  /** Whether nothing that can be received now is left, and nothing received is worked on. */
  idle(): boolean;
  onIdle(listener: () => void): void;
  close(): void;
}

interface Source {
  readonly properties: Properties;
  running: number;
  callOff: () => void;
}

const eventOf = (messages: readonly Message[], arn: string): SQSEvent => ({
  Records: messages.map(({ id, receipt = '', body, sentAt, receives, firstReceivedAt }) => ({
    messageId: id,
    receiptHandle: receipt,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  })),
});

/** Hands the messages of queues to the functions whose event source mappings ask for them, at least once. */
export function createQueueSources(
  resources: readonly Resource[],
  { engine, runner, clock }: { engine: QueueEngine; runner: Runner; clock: Clock },
): QueueSources {
  const listeners: (() => void)[] = [];
  let closed = false;
  const sources = ofType(resources, 'AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => /^arn:aws:sqs:/.test(properties.EventSourceArn))
    .map(({ properties }): Source => ({ properties, running: 0, callOff: () => {} }));

  /** Messages that are done are deleted; those that failed are seen again when their time comes. */
  async function work(source: Source, messages: readonly Message[]): Promise<void> {
    const { FunctionName, EventSourceArn, FunctionResponseTypes } = source.properties;
    source.running++;
    const outcome = await runner.invoke(FunctionName, eventOf(messages, EventSourceArn));
    source.running--;
    const partial = FunctionResponseTypes?.includes('ReportBatchItemFailures');
    const { batchItemFailures = [] } = outcome.ok ? ((outcome.payload ?? {}) as Partial<SQSBatchResponse>) : {};
    const failed = new Set(partial ? batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) : []);
    if (outcome.ok) for (const { id, receipt } of messages) if (!failed.has(id)) engine.done(receipt!);
    poll(source);
    for (const listener of listeners) listener();
  }

  function poll(source: Source): void {
    source.callOff();
    const { EventSourceArn, BatchSize = 10, ScalingConfig } = source.properties;
    const most = ScalingConfig?.MaximumConcurrency ?? 10;
    while (!closed && source.running < most) {
      const messages = engine.receive(EventSourceArn, BatchSize);
      if (messages.length === 0) break;
      void work(source, messages);
    }
    const next = engine.nextAt(EventSourceArn);
    if (!closed && next !== undefined && next > clock.now()) source.callOff = clock.at(next, () => poll(source));
  }

  // A message is looked for when the turn in which it came has ended: those that came with it are in the same batch.
  let looking = false;
  const look = () => {
    if (looking) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      for (const source of sources) poll(source);
      for (const listener of listeners) listener();
    });
  };
  engine.subscribe(look);
  look();

  return {
    idle: () =>
      !looking &&
      sources.every(({ running, properties }) => {
        const next = engine.nextAt(properties.EventSourceArn);
        return running === 0 && (next === undefined || next > clock.now());
      }),
    onIdle: (listener) => void listeners.push(listener),
    close() {
      closed = true;
      for (const { callOff } of sources) callOff();
    },
  };
}
