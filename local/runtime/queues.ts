/** SQS as far as moim uses it: where what failed waits for a person. */
export interface Queues {
  send(queueArn: string, body: unknown): void;
  /** Messages of a queue whose name contains the text, oldest first. */
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
