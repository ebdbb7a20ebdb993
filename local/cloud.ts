import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Clock } from '../shared/core/clock.ts';
import { createConsole } from './console.ts';
import { createDoor } from './door/door.ts';
import { createDoorFaults } from './door/faults.ts';
import { locate, type Place, placed } from './door/place.ts';
import type { BucketEngine } from './engines/bucket/bucket-engine.ts';
import { createEngines } from './engines/from-template.ts';
import type { MailEngine } from './engines/mail/mail-engine.ts';
import type { SecretsEngine } from './engines/secrets/secrets-engine.ts';
import type { TableEngine } from './engines/table/engine.ts';
import { bucketOrigin } from './gateways/bucket-origin.ts';
import { createDistribution } from './gateways/distribution.ts';
import { createFront, engineServer, inProcess as inProcessHandler, unsigned } from './gateways/front.ts';
import { bodyLimit, createHttpGateway, payloadTooLarge } from './gateways/http-gateway.ts';
import { closeServer, type HttpRequest, type HttpResponse, httpServer, listenOn } from './gateways/server.ts';
import { createSocketGateway } from './gateways/socket-gateway.ts';
import { fileCheckpoints } from './runtime/checkpoints.ts';
import { withSecrets } from './runtime/dynamic-references.ts';
import { createEventBus, type EventBus } from './runtime/events.ts';
import { createRunner, type FunctionDefinition, functionsIn, type Load, type Outcome } from './runtime/functions.ts';
import { createQueueSources, type Queues } from './runtime/queues.ts';
import { createRemoteStream, type RemoteStream } from './runtime/remote-stream.ts';
import { createRemoteTables, type OwnCredentials } from './runtime/replacements.ts';
import { writeUse } from './runtime/rights-used.ts';
import { type Credentials, createCallers } from './runtime/roles.ts';
import { createSchedules } from './runtime/schedules.ts';
import { grace, settling } from './runtime/settling.ts';
import type { ShiftedClock } from './runtime/shifted-clock.ts';
import { createStreams, memoryCheckpoints } from './runtime/streams.ts';
import { directClient } from './runtime/table-client.ts';
import { ofType, type Resource, readStacks, region } from './runtime/template.ts';

export interface CloudOptions {
  /** Folder that `cdk synth` wrote. */
  readonly template: string;
  readonly clock: Clock;
  readonly load: Load;
  /** The distribution's port; socket, console, engines and the API itself take the four after it. `random` takes free ones. */
  readonly listen: number | 'random';
  /** Where data stays between starts; in memory without. */
  readonly dataFolder?: string;
  /** Functions call the engines within the process instead of over HTTP. */
  readonly inProcess?: boolean;
  /** Functions, which must run from source, call the table engine without the SDK between (`table-client.ts`). */
  readonly directTable?: boolean;
  /** Leave the schedules to `runSchedule`: for tests that move the clock by days. */
  readonly manualSchedules?: boolean;
  /** Told of every line a function logs. */
  readonly onLog?: (functionId: string, line: string) => void;
  /** Endpoints of real services or other emulators to use in place of an engine. */
  readonly replace?: Partial<Record<'DYNAMODB' | 'S3' | 'SES', string>>;
  /** What functions call with where an engine is replaced: the developer's own, which no role of the stacks limits. */
  readonly replaceCredentials?: OwnCredentials;
  /** Milliseconds before a stream source, or an event's delivery, tries again; at once unless said. */
  readonly retryDelay?: (retry: number) => number;
  /** Opens the door for checks at the console (docs/checks.md); this clock is the cloud's `clock`, and can be moved. */
  readonly door?: ShiftedClock | undefined;
  /** Names the newest build of the site: open pages ask the console for it, and load anew when it is another one. */
  readonly siteBuild?: () => string;
}

export interface Cloud {
  /** The distribution's address: of the API and of pictures. */
  readonly apiUrl: string;
  /** The API's own address, behind the distribution. */
  readonly originUrl: string;
  readonly socketUrl: string;
  readonly consoleUrl: string;
  readonly awsUrl: string;
  /** Credentials that may do everything. */
  readonly owner: Credentials;
  readonly table: TableEngine;
  readonly bucket: BucketEngine;
  readonly mail: MailEngine;
  readonly events: EventBus;
  readonly queues: Queues;
  readonly functions: readonly FunctionDefinition[];
  /** Every log line so far, with the function that wrote it. */
  readonly logs: readonly { readonly functionId: string; readonly line: string }[];
  readonly openSockets: () => number;
  invoke(functionId: string, event: unknown): Promise<Outcome>;
  /** One request to the distribution that takes no connection: what thousands of them would cost most. */
  request(request: HttpRequest): Promise<HttpResponse>;
  runSchedule(name: string): Promise<void>;
  /** Resolves when all that was caused is done: no invocation runs, every stream source has caught up. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Lines that stay in memory, at least; a laptop's cloud may run for weeks. */
const keptLogs = 10_000;
/** Reads the streams of a replaced table engine, having seen to it that its tables are there. */
async function remoteTable(
  resources: readonly Resource[],
  endpoint: string,
  own: OwnCredentials,
): Promise<RemoteStream> {
  const tables = ofType(resources, 'AWS::DynamoDB::Table').map(({ id, properties }) => ({
    ...properties,
    TableName: id,
  }));
  await createRemoteTables(endpoint, region, own, tables);
  const tableNames = tables.map(({ TableName }) => TableName);
  return createRemoteStream({
    endpoint,
    region,
    credentials: { ...own },
    tableNames,
    onProblem: (text) => console.error(text),
  });
}

/** Where the servers of a cloud listen; empty until they do. */
interface Urls {
  api: string;
  origin: string;
  socket: string;
  console: string;
  aws: string;
}

/** Listens with the servers of API, socket, console and engines. */
async function listenWith(servers: readonly Server[], listen: CloudOptions['listen']): Promise<Urls> {
  const ports: number[] = [];
  for (const [i, server] of servers.entries()) ports.push(await listenOn(server, listen === 'random' ? 0 : listen + i));
  const at = (scheme: string, i: number) => `${scheme}://127.0.0.1:${ports[i]}`;
  return { api: at('http', 0), socket: at('ws', 1), console: at('http', 2), aws: at('http', 3), origin: at('http', 4) };
}

/** What is open already is closed again when the start fails half-way: the same process may try another port. */
async function orUndo<T>(undo: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await undo();
    throw error;
  }
}

/** The last lines that functions logged. */
function createLogs(onLog: CloudOptions['onLog']) {
  const logs: { functionId: string; line: string }[] = [];
  const write = (functionId: string, line: string) => {
    logs.push({ functionId, line });
    if (logs.length > keptLogs * 2) logs.splice(0, keptLogs);
    onLog?.(functionId, line);
  };
  return { logs, write };
}

/** A text with local addresses in place of those that CloudFront, API Gateway and S3 give. */
const localized = (text: string, urls: Urls): string =>
  text
    .replace(/https:\/\/[\w-]+\.cloudfront\.net/g, urls.api)
    .replace(/wss:\/\/[\w-]+\.execute-api\.[\w.-]+/g, urls.socket)
    .replace(/https:\/\/[\w-]+\.execute-api\.[\w.-]+/g, urls.socket.replace('ws:', 'http:'))
    .replace(/https:\/\/[\w-]+\.s3\.[\w.-]+/g, urls.aws);

/**
 * The security policy of the site as it is on a laptop: it has two names there, and photos have the address of one of them; and
 * it may ask the console for a new build.
 */
function policyHere(policy: string, urls: Urls): string {
  const site = `${urls.api} ${urls.api.replace('127.0.0.1', 'localhost')}`;
  return policy
    .replace(/(img|media)-src 'self'/g, `$1-src 'self' ${site}`)
    .replace("connect-src 'self'", `connect-src 'self' ${site} ${urls.console}`);
}

/** The variables of a function: those of the template with local addresses, and what Lambda adds. */
function environmentOf(
  { id, environment }: FunctionDefinition,
  {
    urls,
    replace,
    credentials,
    secrets,
  }: {
    urls: Urls;
    replace: NonNullable<CloudOptions['replace']>;
    credentials: OwnCredentials;
    secrets: SecretsEngine;
  },
): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const rewritten = Object.entries(environment).map(([name, value]) => [
    name,
    localized(withSecrets(value, secrets), urls),
  ]);
  return {
    ...Object.fromEntries(rewritten),
    AWS_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: id,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken ? { AWS_SESSION_TOKEN: sessionToken } : {}),
    AWS_ENDPOINT_URL_DYNAMODB: replace.DYNAMODB ?? urls.aws,
    AWS_ENDPOINT_URL_S3: replace.S3 ?? urls.aws,
    AWS_ENDPOINT_URL_SES: replace.SES ?? urls.aws,
    AWS_ENDPOINT_URL_SQS: urls.aws,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: urls.aws,
  };
}

/** Makes the parts of a cloud: engines, functions with their roles, gateways. Nothing listens and nothing runs yet. */
function createParts(resources: readonly Resource[], urls: Urls, options: CloudOptions) {
  const { template, clock, load, dataFolder, onLog, replace = {} } = options;
  const callers = createCallers();
  const own = options.replaceCredentials;
  if (own) callers.admitOwner(own);

  const { table, bucket, mail, secrets, queues } = createEngines(resources, {
    clock,
    dataFolder,
    credentials: callers.find,
    publish: (told) => events.put(told),
  });
  const functions = functionsIn(resources);
  const credentials = new Map(functions.map(({ id, statements }) => [id, callers.admit(id, statements)]));
  const { logs, write } = createLogs(onLog);
  const variablesOf = (definition: FunctionDefinition) =>
    environmentOf(definition, { urls, replace, credentials: own ?? credentials.get(definition.id)!, secrets });

  const door = options.door && { faults: createDoorFaults(table.faults), place: { ip: undefined } as Place };
  const around = door?.faults.around ?? ((_, engine) => engine);
  const engines = {
    dynamodb: around('table', table),
    s3: around('bucket', bucket),
    ses: around('mail', mail),
    sqs: queues,
    secretsmanager: around('secrets', secrets),
  };
  const management = {
    handle: (...request: Parameters<TableEngine['handle']>) => sockets.management.handle(...request),
  };
  const front = createFront({ ...engines, 'execute-api': management }, callers, clock);
  const runner = createRunner(functions, {
    clock,
    load,
    variablesOf,
    templateFolder: template,
    requestHandler: options.inProcess ? inProcessHandler(front) : undefined,
    signerOf: options.inProcess && !replace.DYNAMODB ? unsigned : undefined,
    tableClientOf: options.directTable ? (id) => directClient(table, callers.find(id)!.caller) : undefined,
    write,
  });
  const retryDelay = options.retryDelay ? { retryDelay: options.retryDelay } : {};
  const events = createEventBus(resources, { runner, queues, clock, ...retryDelay });
  const gateway = createHttpGateway(resources, runner, clock);
  const place = door?.place;
  const bucketAtEdge = bucketOrigin(resources, callers, { now: clock.now, handler: () => inProcessHandler(front) });
  const distribution = createDistribution(resources, {
    api: gateway.handle,
    bucket: bucketAtEdge,
    now: clock.now,
    withSecrets: (text) => withSecrets(text, secrets),
    localized: (text) => (options.siteBuild ? policyHere(localized(text, urls), urls) : localized(text, urls)),
  });
  const api = place ? placed(place, distribution) : distribution;
  const origin = place ? placed(place, gateway.handle) : gateway.handle;
  const sockets = createSocketGateway(resources, runner, clock, place && ((...from) => locate(place, ...from)));
  return { callers, table, bucket, mail, functions, logs, front, runner, queues, events, api, origin, sockets, door };
}

/** Starts the cloud that a template describes, on 127.0.0.1. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { template, clock, listen, dataFolder, replace = {}, replaceCredentials: own } = options;
  if (dataFolder) mkdirSync(dataFolder, { recursive: true });
  const resources = readStacks(template);
  const urls: Urls = { api: '', origin: '', socket: '', console: '', aws: '' };
  const parts = createParts(resources, urls, options);
  const { callers, table, bucket, mail, functions, logs, front, runner, queues, events, api, origin, sockets } = parts;
  const retryDelay = options.retryDelay ? { retryDelay: options.retryDelay } : {};
  const checkpoints = dataFolder ? fileCheckpoints(join(dataFolder, 'streams.json')) : memoryCheckpoints();

  const pages = createConsole({ mail, queues, urls, siteBuild: options.siteBuild });
  let door: ReturnType<typeof createDoor> | undefined;
  const servers: Server[] = [
    httpServer(api, bodyLimit, payloadTooLarge),
    // The socket's own port also takes posts to `@connections`, as the one domain of a WebSocket API does.
    engineServer(front, callers),
    httpServer(async (request) => (await door?.(request)) ?? pages(request)),
    engineServer(front, callers),
    httpServer(origin, bodyLimit, payloadTooLarge),
  ];
  sockets.attach(servers[1]!);
  const closeBasics = async () => {
    await Promise.all(servers.map(closeServer));
    table.close();
    bucket.close();
    queues.close();
  };
  const { streams, parked, schedules, remote } = await orUndo(closeBasics, async () => {
    Object.assign(urls, await listenWith(servers, listen));
    const remote = replace.DYNAMODB && own ? await remoteTable(resources, replace.DYNAMODB, own) : undefined;
    const delivery = { table: remote ?? table, runner, queues, clock, checkpoints, ...retryDelay };
    return {
      remote,
      // The schedules first: nothing is delivered while something may still be wrong with the template.
      schedules: createSchedules(resources, { runner, queues, clock, manual: options.manualSchedules ?? false }),
      streams: createStreams(resources, delivery),
      parked: createQueueSources(resources, { engine: queues, runner, clock }),
    };
  });
  const busy = () =>
    runner.running() > 0 || sockets.running() > 0 || events.running() > 0 || !streams.idle() || !parked.idle();
  const settle = settling([runner, sockets, streams, parked, events], busy);
  const quiet = settling([runner], () => runner.running() > 0);
  if (options.door && parts.door)
    door = createDoor({ clock: options.door, ...parts.door, schedules, streams, quiet, settle });

  return {
    apiUrl: urls.api,
    originUrl: urls.origin,
    socketUrl: urls.socket,
    consoleUrl: urls.console,
    awsUrl: urls.aws,
    owner: callers.owner,
    table,
    bucket,
    mail,
    events,
    queues,
    functions,
    logs,
    openSockets: sockets.size,
    invoke: (functionId, event) => runner.invoke(functionId, event),
    request: api,
    runSchedule: schedules.run,
    settle,
    async close() {
      schedules.close();
      await sockets.close();
      await Promise.all(servers.map(closeServer));
      streams.close();
      parked.close();
      events.close();
      await remote?.close();
      await grace(runner.idle());
      table.close();
      bucket.close();
      queues.close();
      writeUse();
    },
  };
}
