import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/core/clock.ts';
import { checkPattern, fits, type Pattern } from './filter.ts';
import type { Outcome, Runner } from './functions.ts';
import type { Queues } from './queues.ts';
import { account, ofType, type Resource, region } from './template.ts';

/** An event that a service sends to EventBridge. The bus adds the other fields. */
export interface Told {
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources?: readonly string[];
  readonly detail: unknown;
}

/** The default event bus: delivers each event to the functions whose rules match it. */
export interface EventBus {
  put(told: Told): void;
  /** The number of deliveries in progress, including waits between tries. */
  running(): number;
  onIdle(listener: () => void): void;
  close(): void;
}

export interface EventBusOptions {
  readonly runner: Runner;
  readonly queues: Queues;
  readonly clock: Clock;
  /** Milliseconds on the clock to wait before retry 1, 2, ...; none unless given, so that tests need not wait. */
  readonly retryDelay?: (retry: number) => number;
}

interface Target {
  readonly Arn: string;
  readonly DeadLetterConfig?: { readonly Arn: string };
}
interface Rule {
  readonly arn: string;
  readonly pattern: Pattern;
  readonly targets: readonly Target[];
}
/** The settings of Lambda's asynchronous invocation. */
interface Asynchronously {
  readonly MaximumRetryAttempts?: number;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination: string } };
}

/**
 * The part of EventBridge that moim uses: rules on the default bus, with functions as targets that are invoked
 * asynchronously.
 */
export function createEventBus(
  resources: readonly Resource[],
  { runner, queues, clock, retryDelay = () => 0 }: EventBusOptions,
): EventBus {
  const rules: Rule[] = ofType(resources, 'AWS::Events::Rule')
    .filter(({ properties }) => properties.State !== 'DISABLED')
    .map(({ id, properties }) => {
      // An unsupported rule must fail when the cloud starts, not at the first event.
      checkPattern(properties.EventPattern);
      return { arn: ruleArn(id), pattern: properties.EventPattern, targets: properties.Targets ?? [] };
    });
  const settings = new Map<string, Asynchronously>(
    ofType(resources, 'AWS::Lambda::EventInvokeConfig').map(({ properties }) => [properties.FunctionName, properties]),
  );
  const permitted = new Set(
    ofType(resources, 'AWS::Lambda::Permission')
      .filter(({ properties }) => properties.Principal === 'events.amazonaws.com')
      .map(({ properties }) => `${properties.SourceArn} ${properties.FunctionName}`),
  );
  const listeners: (() => void)[] = [];
  const waits = new Set<() => void>();
  let running = 0;
  let closed = false;

  function pause(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        waits.delete(end);
        callOff();
        resolve();
      };
      const callOff = clock.at(clock.now() + ms, end);
      waits.add(end);
    });
  }

  /** Lambda's asynchronous invocation: retries, then the function's destination for failures. */
  async function invoke(functionArn: string, event: unknown): Promise<void> {
    const { MaximumRetryAttempts = 2, DestinationConfig } = settings.get(functionArn.split(':').at(-1)!) ?? {};
    for (let attempt = 1; !closed; attempt++) {
      const outcome = await runner.invoke(functionArn, event);
      if (outcome.ok) return;
      if (attempt > MaximumRetryAttempts) {
        const destination = DestinationConfig?.OnFailure?.Destination;
        if (destination) queues.send(destination, failure(functionArn, event, outcome, attempt, clock.now()));
        return;
      }
      await pause(retryDelay(attempt));
    }
  }

  async function deliver({ arn }: Rule, target: Target, event: unknown): Promise<void> {
    running++;
    try {
      if (permitted.has(`${arn} ${target.Arn}`)) await invoke(target.Arn, event);
      else if (target.DeadLetterConfig) queues.send(target.DeadLetterConfig.Arn, event);
    } finally {
      running--;
      for (const listener of listeners) listener();
    }
  }

  return {
    put(told) {
      const at = new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z');
      const envelope = { version: '0', id: randomUUID(), account, time: at, region, resources: [], ...told };
      for (const rule of rules)
        if (fits(rule.pattern, envelope)) for (const target of rule.targets) void deliver(rule, target, envelope);
    },
    running: () => running,
    onIdle: (listener) => void listeners.push(listener),
    close() {
      closed = true;
      for (const end of [...waits]) end();
    },
  };
}

const ruleArn = (id: string) => `arn:aws:events:${region}:${account}:rule/${id}`;

/** The message that Lambda sends to a function's destination for failures: the event, and the reason. */
const failure = (
  functionArn: string,
  requestPayload: unknown,
  { errorType, errorMessage }: Extract<Outcome, { ok: false }>,
  approximateInvokeCount: number,
  now: number,
) => ({
  version: '1.0',
  timestamp: new Date(now).toISOString(),
  requestContext: { requestId: randomUUID(), functionArn, condition: 'RetriesExhausted', approximateInvokeCount },
  requestPayload,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorType, errorMessage },
});
