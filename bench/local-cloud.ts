import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { buildFunctions } from '../lib/bundle.ts';
import { startCloud } from '../local/cloud.ts';
import { bundleOf } from '../local/runtime/bundles.ts';
import { systemClock } from '../local/runtime/clock.ts';
import setUp from '../test/support/global-setup.ts';
import { testTemplates } from '../test/support/templates.ts';
import type { Load } from './load.ts';
import { median, times } from './measure.ts';
import { type Part, type Table, verdict } from './report.ts';

const run = promisify(execFile);
const starts = 3;
const milliseconds = 2000;

async function readiness(step: (text: string) => void): Promise<Table> {
  await buildFunctions();
  step('all bundles from nothing');
  const outdir = '.build/bench/fresh';
  rmSync(outdir, { recursive: true, force: true });
  const began = performance.now();
  await buildFunctions({ outdir });
  const fromNothing = performance.now() - began;
  const found: Record<string, number>[] = [];
  for (let round = 1; round <= starts; round++) {
    step(`start of the local cloud, ${round} of ${starts}`);
    const data = mkdtempSync(join(tmpdir(), 'moim-bench-'));
    const { stdout } = await run(process.execPath, ['bench/ready.ts', data]);
    found.push(JSON.parse(stdout.trim().split('\n').at(-1)!));
    rmSync(data, { recursive: true, force: true });
  }
  const of = (name: string) => median(found.map((each) => each[name]!));
  const ready = of('ready');
  const row = (name: string, key: string) => [name, of(key).toFixed(0), `${((100 * of(key)) / ready).toFixed(0)} %`];
  return {
    title: 'Start of the local cloud',
    compares: `Milliseconds in a fresh process that does the same as \`npm start\`, with bundles built before and an empty data folder; medians of ${starts}.`,
    columns: ['step', 'ms', 'of the whole'],
    rows: [
      row('Node begins', 'began'),
      row('load the build, the CDK and the engines', 'load'),
      row('check that no bundle is stale', 'build'),
      row('synthesize the stacks', 'synthesis'),
      row('start the engines and gateways', 'start'),
      row('**ready**', 'ready'),
      row('then: first answer (GET /health)', 'firstAnswer'),
      ['in addition, at the very first start: build all bundles', fromNothing.toFixed(0), ''],
    ],
    target: 'ready within 10 s of the end of `npm ci`, the first build included; within 3 s after that',
    verdict: verdict(ready <= 3000 && ready + fromNothing <= 10_000, `${ready.toFixed(0)} ms`),
  };
}

/** Answers per second of one server to 16 connections. */
async function rate(port: number, path: string, headers: readonly string[] = []): Promise<number> {
  const workerData: Load = { port, path, headers, connections: 16, milliseconds };
  const worker = new Worker(new URL('./load.ts', import.meta.url), { workerData });
  const { answered, failed } = await new Promise<{ answered: number; failed: number }>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  if (failed > 0) throw new Error(`${failed} requests of ${path} failed`);
  return answered / (milliseconds / 1000);
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function throughput(step: (text: string) => void): Promise<Table> {
  await setUp();
  const template = testTemplates();
  const cloud = await startCloud({ template, clock: systemClock, load: bundleOf, listen: 'random' });
  const text = await (await fetch(`${cloud.apiUrl}/health`)).text();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  });
  const bare = await listening(server);
  const moim = Number(new URL(cloud.apiUrl).port);
  step(`${milliseconds / 1000} s of requests each: bare node:http, GET /health, a list from the table`);
  const ofBare = await rate(bare, '/health');
  const ofHealth = await rate(moim, '/health');
  const ofList = await rate(moim, '/v1/groups');
  server.close();
  await cloud.close();
  const row = (name: string, found: number) => [name, found.toFixed(0), times(found / ofBare)];
  return {
    title: 'Requests a second through the local gateway',
    compares: `Answers a second to 16 connections from one thread, for ${milliseconds / 1000} s each, on loopback: a bare node:http server with the same body; GET /health through gateway and function; GET /v1/groups, which also asks the table engine over HTTP. All in one process, the gateway's throttle raised.`,
    columns: ['server', 'requests a second', 'beside bare'],
    rows: [
      row('bare node:http', ofBare),
      row('moim, GET /health', ofHealth),
      row('moim, GET /v1/groups (empty)', ofList),
    ],
    target: 'a laptop serves one developer and a test suite: 1,000 a second without the table, 200 with it',
    verdict: verdict(ofHealth >= 1000 && ofList >= 200, `${ofHealth.toFixed(0)} and ${ofList.toFixed(0)}`),
    notes: [
      'Payloads go through JSON in both directions and permissions are checked at each call, as on AWS. These numbers say nothing about API Gateway and Lambda.',
    ],
  };
}

export const localCloud: Part = {
  name: 'local-cloud',
  title: 'The local cloud',
  run: async (step) => [await readiness(step), await throughput(step)],
};
