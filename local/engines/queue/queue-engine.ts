import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../../shared/core/clock.ts';
import { account, region } from '../../runtime/template.ts';
import { type Caller, type Engine, type EngineResponse, refusalText } from '../engine.ts';
import { type Message, messageStore } from './queue-store.ts';

/** CloudFormation's properties of a queue, as far as they are known here. Times are seconds. */
export interface QueueProperties {
  readonly VisibilityTimeout?: number;
  readonly MessageRetentionPeriod?: number;
  readonly DelaySeconds?: number;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

export interface QueueEngineOptions {
  readonly clock: Clock;
  /** Where messages are kept over a restart; without it they live in memory. */
  readonly file?: string;
}

export interface QueueEngine extends Engine {
  createQueue(name: string, properties?: QueueProperties): void;
  /** Sends as AWS's own services do: without a role. */
  send(queueArn: string, body: unknown): void;
  /** Hands out messages, and hides them for the queue's time. */
  receive(queueArn: string, most: number): Message[];
  /** Deletes a message for who received it last. */
  done(receipt: string): void;
  /** When a message of a queue can be received next; undefined where it has none. */
  nextAt(queueArn: string): number | undefined;
  /** Called when something has come, or is seen earlier or later than it was. */
  subscribe(listener: () => void): void;
  /** The contents of messages of queues whose name contains the text, oldest first. */
  messages(name: string): readonly unknown[];
  all(): Readonly<Record<string, readonly unknown[]>>;
  close(): void;
}

class SqsRefusal extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what SQS is asked is read by its names; what is wrong is refused
type Input = Readonly<Record<string, any>>;
const nameOf = (arnOrUrl: string) => arnOrUrl.split(/[/:]/).at(-1)!;
const arnOf = (name: string) => `arn:aws:sqs:${region}:${account}:${name}`;
const urlOf = (name: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`;
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const within = (value: number | undefined, most: number, name: string) => {
  if (value !== undefined && !(value >= 0 && value <= most))
    throw new SqsRefusal('InvalidParameterValue', `Value ${value} for parameter ${name} is invalid.`);
  return value;
};

const readable = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};

function answer(status: number, content: object, headers: Record<string, string> = {}): EngineResponse {
  const type = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(content)) };
}

/** The state of all queues: what comes, is handed out, hidden and deleted. */
function createState({ clock, file }: QueueEngineOptions) {
  const store = messageStore(file);
  const queues = new Map<string, QueueProperties>();
  const messages = new Map(store.load().map((message) => [message.id, message]));
  const listeners: (() => void)[] = [];
  const put = (message: Message) => {
    messages.set(message.id, message);
    store.put(message);
    for (const listener of listeners) listener();
  };
  const drop = (id: string) => {
    messages.delete(id);
    store.remove(id);
  };
  /** The messages of a queue that are not too old. */
  const heldBy = (name: string) => {
    const { MessageRetentionPeriod: seconds = 345_600 } = queues.get(name) ?? {};
    const own = [...messages.values()].filter(({ queue }) => queue === name);
    for (const { id } of own.filter(({ sentAt }) => sentAt + seconds * 1000 <= clock.now())) drop(id);
    return own.filter(({ id }) => messages.has(id));
  };
  const held = (receipt: string) => {
    const found = [...messages.values()].find((message) => message.receipt === receipt);
    if (!found)
      throw new SqsRefusal('ReceiptHandleIsInvalid', 'The input receipt handle is not a valid receipt handle.');
    return found;
  };

  return {
    queues,
    listeners,
    heldBy,
    close: store.close,
    names: () => [...new Set([...queues.keys(), ...[...messages.values()].map(({ queue }) => queue)])],
    add(name: string, body: string, delay = queues.get(name)?.DelaySeconds ?? 0): Message {
      const now = clock.now();
      const sent = { id: randomUUID(), queue: name, body, sentAt: now, visibleAt: now + delay * 1000, receives: 0 };
      put(sent);
      return sent;
    },
    receive(name: string, most: number, hiddenFor = queues.get(name)?.VisibilityTimeout ?? 30): Message[] {
      const now = clock.now();
      const { RedrivePolicy: redrive } = queues.get(name) ?? {};
      const given: Message[] = [];
      for (const message of heldBy(name).filter(({ visibleAt }) => visibleAt <= now)) {
        if (given.length === most) break;
        // A message that was received too often moves, with its age, instead of being received once more.
        if (redrive && message.receives >= redrive.maxReceiveCount) {
          const { receipt: _, ...moved } = message;
          put({ ...moved, queue: nameOf(redrive.deadLetterTargetArn), visibleAt: now, receives: 0 });
          continue;
        }
        const { receives, firstReceivedAt = now } = message;
        const handed = { ...message, receives: receives + 1, firstReceivedAt, receipt: randomUUID() };
        put({ ...handed, visibleAt: now + hiddenFor * 1000 });
        given.push(handed);
      }
      return given;
    },
    hide: (receipt: string, seconds: number) => put({ ...held(receipt), visibleAt: clock.now() + seconds * 1000 }),
    /** A handle that is not the last any more deletes nothing, and nobody is told. */
    done(receipt: string): void {
      const found = [...messages.values()].find((message) => message.receipt === receipt);
      if (found) drop(found.id);
    },
  };
}

type State = ReturnType<typeof createState>;

const attributesOf = ({ sentAt, receives, firstReceivedAt }: Message) => ({
  SentTimestamp: String(sentAt),
  ApproximateReceiveCount: String(receives),
  ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
});

/** The operations on a queue, for callers who may. */
const operations: Readonly<Record<string, (state: State, name: string, input: Input, now: number) => object>> = {
  SendMessage(state, name, { MessageBody, DelaySeconds }) {
    const { id } = state.add(name, MessageBody, within(DelaySeconds, 900, 'DelaySeconds'));
    return { MessageId: id, MD5OfMessageBody: md5(MessageBody) };
  },
  ReceiveMessage(state, name, { MaxNumberOfMessages = 1, VisibilityTimeout }) {
    const most = within(MaxNumberOfMessages, 10, 'MaxNumberOfMessages')!;
    const given = state.receive(name, most, within(VisibilityTimeout, 43_200, 'VisibilityTimeout'));
    const Messages = given.map((message) => ({
      MessageId: message.id,
      ReceiptHandle: message.receipt,
      Body: message.body,
      MD5OfBody: md5(message.body),
      Attributes: attributesOf(message),
    }));
    return Messages.length > 0 ? { Messages } : {};
  },
  DeleteMessage(state, _, { ReceiptHandle }) {
    state.done(ReceiptHandle);
    return {};
  },
  ChangeMessageVisibility(state, _, { ReceiptHandle, VisibilityTimeout }) {
    state.hide(ReceiptHandle, within(VisibilityTimeout, 43_200, 'VisibilityTimeout')!);
    return {};
  },
  GetQueueAttributes(state, name, _, now) {
    const held = state.heldBy(name);
    const hidden = held.filter(({ visibleAt }) => visibleAt > now);
    return {
      Attributes: {
        QueueArn: arnOf(name),
        ApproximateNumberOfMessages: String(held.length - hidden.length),
        ApproximateNumberOfMessagesNotVisible: String(hidden.filter(({ receives }) => receives > 0).length),
        ApproximateNumberOfMessagesDelayed: String(hidden.filter(({ receives }) => receives === 0).length),
      },
    };
  },
};

/**
 * Stands in for SQS with standard queues, as `@aws-sdk/client-sqs` speaks it: messages that are hidden while somebody works
 * on them, delays, counts of receives, dead-letter queues and retention. A receive never waits for a message.
 */
export function createQueueEngine(options: QueueEngineOptions): QueueEngine {
  const { clock } = options;
  const state = createState(options);

  function demand(caller: Caller, operation: string, name: string): void {
    const resource = arnOf(name);
    const action = `sqs:${operation}`;
    if (!caller.allows(action, resource))
      throw new SqsRefusal('AccessDeniedException', refusalText(caller, action, resource));
    if (name !== '*' && !state.queues.has(name))
      throw new SqsRefusal('QueueDoesNotExist', 'The specified queue does not exist.');
  }
  function carryOut(operation: string, input: Input, caller: Caller): object {
    if (operation === 'ListQueues') {
      demand(caller, operation, '*');
      const { QueueNamePrefix = '' } = input;
      return {
        QueueUrls: state
          .names()
          .filter((name) => name.startsWith(QueueNamePrefix))
          .map(urlOf),
      };
    }
    const work = operations[operation];
    if (!work) throw new SqsRefusal('InvalidAction', `The local queues do not know ${operation}.`);
    const name = nameOf(String(input.QueueUrl));
    demand(caller, operation, name);
    return work(state, name, input, clock.now());
  }

  return {
    async handle(request, caller) {
      try {
        const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
        return answer(200, carryOut(operation, JSON.parse(Buffer.from(request.body).toString() || '{}'), caller));
      } catch (error) {
        if (!(error instanceof SqsRefusal)) throw error;
        const { name, message } = error;
        return answer(400, { __type: `com.amazonaws.sqs#${name}`, message }, { 'x-amzn-errortype': name });
      }
    },
    createQueue: (name, properties = {}) => void state.queues.set(name, properties),
    send: (arn, body) => void state.add(nameOf(arn), JSON.stringify(body)),
    receive: (arn, most) => state.receive(nameOf(arn), most),
    done: state.done,
    nextAt(arn) {
      const held = state.heldBy(nameOf(arn));
      return held.length === 0 ? undefined : Math.min(...held.map(({ visibleAt }) => visibleAt));
    },
    subscribe: (listener) => void state.listeners.push(listener),
    messages: (text) =>
      state
        .names()
        .filter((name) => name.includes(text))
        .flatMap((name) => state.heldBy(name))
        .map(({ body }) => readable(body)),
    all: () =>
      Object.fromEntries(
        state.names().map((name) => [arnOf(name), state.heldBy(name).map(({ body }) => readable(body))]),
      ),
    close: state.close,
  };
}
