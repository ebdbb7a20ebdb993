import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import type { Clock } from '../../shared/core/clock.ts';
import type { Deployable } from '../../shared/core/deployable.ts';
import type { Environment, Platform, RequestHandler, RequestSigner } from '../../shared/core/platform.ts';
import type { Statement } from './iam.ts';
import { functionArn, ofType, type Resource } from './template.ts';

/** A function of the templates. */
export interface FunctionDefinition {
  /** Its environment variable SERVICE. */
  readonly id: string;
  readonly arn: string;
  readonly asset: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  readonly memory: number;
  readonly statements: readonly Statement[];
}

/** The functions of the stacks, each with the policies of its role. */
export function functionsIn(resources: readonly Resource[]): FunctionDefinition[] {
  const roles = new Map(
    ofType(resources, 'AWS::IAM::Role').map(({ id, properties }) => [
      `arn:aws:iam::000000000000:role/${id}`,
      (properties.Policies ?? []).flatMap(
        (each: { PolicyDocument: { Statement: Statement[] } }) => each.PolicyDocument.Statement,
      ),
    ]),
  );
  return ofType(resources, 'AWS::Lambda::Function').map(({ id, properties, asset }) => {
    const environment = properties.Environment.Variables;
    return {
      id: environment.SERVICE,
      arn: functionArn(properties.FunctionName ?? id),
      asset: asset ?? '',
      environment,
      timeout: properties.Timeout,
      memory: properties.MemorySize,
      statements: roles.get(properties.Role) ?? [],
    };
  });
}

/** The result of an invocation for its caller: the result of the function, or its error in Lambda's form. */
export type Outcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

/** Loads a function's handler: from its bundle, or (in tests) from its source. */
export type Load = (id: string, assetFolder: string) => Promise<Deployable<unknown, unknown>>;

/** The maximum bytes of payload of a synchronous invocation, in each direction (Lambda's quota). */
const payloadLimit = 6 * 1024 * 1024;

export interface RunnerOptions {
  readonly clock: Clock;
  readonly load: Load;
  /** Variables in addition to those of the template: region, credentials, endpoints. */
  readonly variablesOf: (definition: FunctionDefinition) => Environment;
  readonly write: (id: string, line: string) => void;
  readonly requestHandler?: RequestHandler | undefined;
  /** The signer for a function's requests to the table, by its access key. */
  readonly signerOf?: ((accessKeyId: string) => RequestSigner) | undefined;
  /** The client of a function to the table in place of the SDK's, by its access key. */
  readonly tableClientOf?: ((accessKeyId: string) => Platform['tableClient']) | undefined;
  readonly templateFolder: string;
}

export interface Runner {
  /** Invokes a function by its id or ARN. Never rejects. */
  invoke(name: string, event: unknown): Promise<Outcome>;
  /** The number of invocations in progress. */
  running(): number;
  /** Called each time an invocation has ended. */
  onIdle(listener: () => void): void;
  /** Resolves when no invocation is in progress. */
  idle(): Promise<void>;
}

export function createRunner(definitions: readonly FunctionDefinition[], options: RunnerOptions): Runner {
  const { clock, load, variablesOf, write, requestHandler, signerOf, tableClientOf, templateFolder } = options;
  const byName = new Map(definitions.flatMap((each) => [[each.id, each] as const, [each.arn, each] as const]));
  const instances = new Map<string, Promise<(event: unknown, context: Context) => Promise<unknown>>>();
  const listeners: (() => void)[] = [];
  let running = 0;

  function instanceOf(definition: FunctionDefinition) {
    const { id, asset, environment } = definition;
    const found = instances.get(id);
    if (found) return found;
    const started = load(id, `${templateFolder}/${asset}`).then((deployable) => {
      const variables = variablesOf(definition);
      return deployable.on({
        environment: Object.freeze({ ...environment, ...variables }),
        now: clock.now,
        at: clock.at,
        write: (line) => write(id, line),
        requestHandler,
        signer: signerOf?.(variables.AWS_ACCESS_KEY_ID!),
        tableClient: tableClientOf?.(variables.AWS_ACCESS_KEY_ID!),
      });
    });
    instances.set(id, started);
    // Like a failed cold start: the next event tries again.
    started.catch(() => instances.delete(id));
    return started;
  }

  function contextOf({ id, arn, timeout, memory }: FunctionDefinition): Context {
    const deadline = Date.now() + timeout * 1000;
    return {
      awsRequestId: randomUUID(),
      functionName: id,
      functionVersion: '1',
      invokedFunctionArn: `${arn}:live`,
      memoryLimitInMB: String(memory),
      logGroupName: `/aws/lambda/${id}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    } as Context;
  }

  async function run(definition: FunctionDefinition, event: unknown): Promise<unknown> {
    const payload = JSON.stringify(event);
    if (Buffer.byteLength(payload) > payloadLimit) throw new Error('the payload is above 6 MB, the limit of Lambda');
    const handler = await instanceOf(definition);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const message = `Task timed out after ${definition.timeout} seconds`;
      timer = setTimeout(
        () => reject(Object.assign(new Error(message), { name: 'Sandbox.Timedout' })),
        definition.timeout * 1000,
      );
      timer.unref();
    });
    // JSON in both directions, as over the network: nothing is shared, and undefined and dates are lost.
    const result = await Promise.race([handler(JSON.parse(payload), contextOf(definition)), late]).finally(() =>
      clearTimeout(timer),
    );
    const answer = JSON.stringify(result ?? null);
    if (Buffer.byteLength(answer) > payloadLimit) throw new Error('the answer is above 6 MB, the limit of Lambda');
    return JSON.parse(answer);
  }

  return {
    async invoke(name, event) {
      const definition = byName.get(name.replace(/:live$/, ''));
      if (!definition)
        return { ok: false, errorType: 'ResourceNotFoundException', errorMessage: `there is no function ${name}` };
      running++;
      try {
        return { ok: true, payload: await run(definition, event) };
      } catch (error) {
        const { name: errorType, message, stack } = error instanceof Error ? error : new Error(String(error));
        write(
          definition.id,
          JSON.stringify({ level: 'ERROR', message: 'Invoke Error', errorType, errorMessage: message, stack }),
        );
        return { ok: false, errorType, errorMessage: message };
      } finally {
        running--;
        for (const listener of listeners) listener();
      }
    },
    running: () => running,
    onIdle: (listener) => void listeners.push(listener),
    idle: () =>
      running === 0
        ? Promise.resolve()
        : new Promise((resolve) => void listeners.push(() => void (running === 0 && resolve()))),
  };
}
