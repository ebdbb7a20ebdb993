/** The part of SQS that moim uses: queues in which failed work waits for a person. */
export interface Queues {
  send(queueArn: string, body: unknown): void;
  /** Messages of the queue whose name contains the text, oldest first. */
  messages(name: string): readonly unknown[];
  all(): Readonly<Record<string, readonly unknown[]>>;
}

export function createQueues(): Queues {
  const queues = new Map<string, unknown[]>();
  return {
    send: (arn, body) => void queues.set(arn, [...(queues.get(arn) ?? []), structuredClone(body)]),
    messages: (name) => [...queues].filter(([arn]) => arn.includes(name)).flatMap(([, bodies]) => bodies),
    all: () => Object.fromEntries(queues),
  };
}
