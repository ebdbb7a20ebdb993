import { createPublicKey } from 'node:crypto';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import { privateKeyOf } from '../functions/accounts/sessions/keys.ts';
import { issueAccessToken } from '../functions/accounts/sessions/tokens.ts';
import { contract as groups } from '../functions/groups/groups/contract.ts';
import { buildFunctions } from '../lib/bundle.ts';
import { bundleOf } from '../local/runtime/bundles.ts';
import { dynamoOf } from '../shared/adapters/dynamo.ts';
import type { Platform } from '../shared/core/platform.ts';
import { checked } from '../shared/http/parse.ts';
import { logOf } from '../shared/observe/log.ts';
import { httpEvent } from './events.ts';
import { founded, plainLine, readsToken, validByHand } from './hand-written.ts';
import { cpuTimes, times, us, type Work } from './measure.ts';
import { type Part, type Table, verdict } from './report.ts';
import { environment, sessionKey, stubClient } from './stub-client.ts';

/** The latest line is kept, so that the compiler cannot remove the code that makes it. */
const written = { line: '' };
const platform: Platform = {
  environment,
  now: Date.now,
  write(line) {
    written.line = line;
  },
  requestHandler: stubClient,
};
const context = {} as never;

/** A function from the same file that would be deployed, on a platform where every service answers at once. */
async function deployed(id: string): Promise<(event: unknown) => Promise<unknown>> {
  const handler = (await bundleOf(id, `.build/functions/${id}`)).on({
    ...platform,
    environment: { ...environment, SERVICE: id },
  });
  return async (event) => {
    const answer = (await handler(event, context)) as { statusCode?: number; body?: string };
    if ((answer.statusCode ?? 200) >= 300) throw new Error(`${id} answered ${answer.statusCode}: ${answer.body}`);
    return answer;
  };
}

const account = {
  accountId: '019a7f3e-0000-7000-8000-000000000001',
  sessionId: '019a7f3e-0000-7000-8000-000000000002',
  expiresAt: 4_102_444_800,
};
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** The body with the most fields of all routes. */
const challenge = {
  kind: 'CHALLENGE',
  title: 'Algorithms every day',
  description: 'We solve one problem a day and explain it to each other, first in words and then in code.',
  promise: 'No day without a line of code',
  certificationRule: 'A photo of your notes, with the date on it',
  category: 'IT',
  frequency: { every: 'DAY' },
  capacity: 10,
  startDate: day(2),
  endDate: day(16),
  timeZone: 'Asia/Seoul',
};

interface Request {
  readonly event: ReturnType<typeof httpEvent>;
  /** The equivalent work of a bare handler. */
  readonly bare: (event: { readonly body?: string }) => Promise<unknown>;
}

async function requests(step: (text: string) => void): Promise<Table> {
  const [system, accounts, found] = await Promise.all(['system-http', 'accounts-http', 'groups-http'].map(deployed));
  const client = dynamoOf(platform);
  const answer = (body: unknown) => ({ statusCode: 200, body: JSON.stringify(body) });
  const put = (Item: object) => ({ Put: { TableName: 'moim', Item, ConditionExpression: 'attribute_not_exists(pk)' } });
  const health: Request = {
    event: httpEvent('GET /health'),
    bare: async () => answer({ status: 'ok', time: new Date().toISOString(), stage: 'bench' }),
  };
  const read: Request = {
    event: httpEvent('GET /v1/accounts/me', { account }),
    bare: async () => {
      const Key = { pk: `ACCOUNT#${account.accountId}`, sk: 'PROFILE' };
      return answer((await client.send(new GetCommand({ TableName: 'moim', Key, ConsistentRead: true }))).Item);
    },
  };
  const write: Request = {
    event: httpEvent('POST /v1/groups', { account, body: challenge }),
    bare: async ({ body = '' }) => {
      const { group, member, mission } = founded(JSON.parse(body), account.accountId);
      await client.send(new TransactWriteCommand({ TransactItems: [group, member, mission].map(put) }));
      return answer(group);
    },
  };
  const headers = { 'idempotency-key': 'c0ffee00-0000-4000-8000-000000000000' };
  const keyed: Request = { ...write, event: httpEvent('POST /v1/groups', { account, body: challenge, headers }) };

  const cases: readonly [string, Request, (event: unknown) => Promise<unknown>][] = [
    ['GET /health', health, system!],
    ['GET /v1/accounts/me', read, accounts!],
    ['POST /v1/groups', write, found!],
    ['POST /v1/groups, with a key', keyed, found!],
  ];
  const rows: string[][] = [];
  let worst = 0;
  let overMiddy = 0;
  for (const [name, { event, bare }, ours] of cases) {
    step(`CPU of ${name}`);
    const behindMiddy = middy().handler(bare as never) as unknown as (event: unknown, context: unknown) => unknown;
    const cpu = await cpuTimes({
      bare: () => bare(event),
      middy: () => behindMiddy(event, context),
      moim: () => ours(event),
    });
    const ratio = cpu.moim / cpu.bare;
    if (event.routeKey !== 'GET /health') worst = Math.max(worst, ratio);
    overMiddy = Math.max(overMiddy, cpu.moim - cpu.middy);
    rows.push([name, us(cpu.bare), us(cpu.middy), us(cpu.moim), us(cpu.moim - cpu.bare), times(ratio)]);
  }
  return {
    title: 'CPU of a request',
    compares:
      'Microseconds of CPU a request, all threads together. *Bare* is a handler that makes the same SDK calls and answers the same JSON without checks; *bare middy* is the same behind middy; *moim* is the deployed function. All get the same event, and the same stub replaces the network and answers at once. Batches run in turns.',
    columns: ['request', 'bare', 'bare middy', 'moim', 'over bare', 'ratio'],
    rows,
    target: 'with the table at most 2 times the bare handler, and at most 400 us over it',
    verdict: verdict(worst <= 2 && overMiddy <= 400, `up to ${times(worst)} and ${us(overMiddy)} us over`),
    notes: [
      'POST /v1/groups writes the group, the seat of its leader and its first mission. So does bare.',
      'moim does more than bare: identity, validation both ways, problems, meter, one redacted log line. With a key it also derives a key, seals the answer and marshals one more item.',
      'A function that has just started is not compiled yet. Its first requests cost up to four times as much, for bare and moim alike.',
      'GET /health does nothing else, so its difference is the price of the pipeline. Its ratio says nothing, because a handler that only builds a small text costs next to nothing.',
    ],
  };
}

/** One row of the table of single steps. */
async function stepRow(name: string, moim: Work, plainName: string, plain: Work, limit: number) {
  const cpu = await cpuTimes({ moim, plain });
  const met = cpu.moim <= limit;
  return { met, row: [name, us(cpu.moim), plainName, us(cpu.plain), times(cpu.moim / cpu.plain), `${limit}`] };
}

async function steps(step: (text: string) => void): Promise<Table> {
  const publicKey = createPublicKey(privateKeyOf(sessionKey));
  const { token } = await issueAccessToken(sessionKey, account, Date.now());
  const judge = await deployed('sessions-http-authorizer');
  const asked = { identitySource: [`Bearer ${token}`], requestContext: { requestId: 'JKJaXmPLvHcESHA=' } };
  const log = logOf(platform);
  const fields = {
    requestId: 'JKJaXmPLvHcESHA=',
    route: 'createGroup',
    status: 201,
    account: account.accountId,
    ms: 12,
    requests: 1,
    roundTrips: 1,
    readUnits: 0,
    writeUnits: 8,
  };
  step('CPU of single steps: token, validation, log line');
  const rows = [
    await stepRow(
      'judge an access token (authorizer)',
      () => judge(asked),
      'node:crypto',
      () => readsToken(token, publicKey),
      150,
    ),
    await stepRow(
      'validate the largest body',
      () => checked(groups.routes.createGroup.body, challenge, '', 'ko'),
      'hand-written',
      () => validByHand(challenge),
      20,
    ),
    await stepRow(
      'a log line',
      () => log.info(fields, 'answered'),
      'JSON.stringify',
      () => plainLine(fields, platform.write),
      15,
    ),
  ];
  return {
    title: 'CPU of single steps',
    compares:
      'Microseconds of CPU of the steps of every request, beside the least code that could do the same. Batches run in turns.',
    columns: ['step', 'moim', 'beside', 'us', 'ratio', 'limit (us)'],
    rows: rows.map(({ row }) => row),
    target: 'each below its limit; together they are small compared to one SDK call (some 300-500 us)',
    verdict: verdict(
      rows.every(({ met }) => met),
      'see the limits',
    ),
    notes: [
      'The gateway caches the authorizer’s answer for five minutes per token, so few requests pay for it. Most of its time is WebCrypto’s way to its thread and back.',
    ],
  };
}

export const cpu: Part = {
  name: 'cpu',
  title: 'CPU of requests and of their steps',
  async run(step) {
    await buildFunctions();
    return [await requests(step), await steps(step)];
  },
};
