/** `npm start`: bundles the functions, synthesizes the stacks and runs them on this machine. */
import { existsSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../shared/core/clock.ts';
import type { Cloud } from './cloud.ts';
import { systemClock } from './runtime/clock.ts';
import { type Claim, claim, demandOwnItems, demandPorts } from './runtime/running.ts';
import { type ShiftedClock, shiftedClock } from './runtime/shifted-clock.ts';

const port = Number(process.env.PORT ?? 3000);
const dataFolder = process.env.MOIM_DATA ?? '.local';
const { MOIM_DOOR, MOIM_DEMO } = process.env;
/** Pixels, for tests: to draw the photos of the demo takes most of its time. */
const photoWidth = Number(process.env.MOIM_DEMO_PHOTO_WIDTH ?? 0);

/** Up to when a demo is filled. Its clock begins by the day of the same instant: midnight may come while moim starts. */
const until = Date.now();

/** Says that the data has been filled to its end. */
const filledFile = join(dataFolder, 'demo.json');

/**
 * Whether an empty moim shall be filled now.
 *
 * @throws Error in plain words for a folder that holds other data: a demo in the midst of it would help nobody
 */
function demandDemo(): boolean {
  if (!MOIM_DEMO || existsSync(filledFile)) return false;
  if (!existsSync(join(dataFolder, 'table.sqlite'))) return true;
  throw new Error(
    `${dataFolder}/ holds data that is no demo, or one that was broken off: delete the folder, or set MOIM_DATA to another one`,
  );
}

/**
 * A clock that can be moved: for the door, wherever the door has moved it (this data must not go back in time), and for a
 * demo, whose people have lived before now.
 */
async function shiftedClockOf(folder: string, fills: boolean): Promise<ShiftedClock | undefined> {
  const file = join(folder, 'clock.json');
  if (fills) return shiftedClock(file, (await import('./demo/fill.ts')).beginOf(until));
  return MOIM_DOOR || existsSync(file) ? shiftedClock(file) : undefined;
}

/** Milliseconds that a clock which runs may go on while it is read. */
const moment = 1000;

/** Fills an empty moim with people and groups, and brings its clock to now. */
async function fillDemo(cloud: Cloud, clock: ShiftedClock): Promise<void> {
  step('filling it with people and groups: a minute or two');
  const [{ fill }, { adminGrant }, { run }] = await Promise.all([
    import('./demo/fill.ts'),
    import('../bin/admin-grant.ts'),
    import('../bin/table.ts'),
  ]);
  const { apiUrl, consoleUrl, awsUrl, settle } = cloud;
  await fill(
    {
      ...{ apiUrl, consoleUrl, settle },
      ...(photoWidth > 0 && { photoWidth }),
      // What follows from one act is done before the next: on a slow machine it would pile up until functions are out of time.
      pause: settle,
      now: clock.now,
      // The clock runs on while people act: soon after midnight it may be past the next instant of a day that is minutes old.
      moveTo: (instant) => clock.moveTo(Math.max(instant, clock.now() + moment), settle, true),
      async appoint(email) {
        const { code, text } = await run(adminGrant, [email], { MOIM_ENGINES: awsUrl });
        if (code !== 0) throw new Error(text);
      },
    },
    until,
  );
  await clock.moveTo(Math.max(clock.now(), Date.now()), settle, true);
  clock.arrive();
  writeFileSync(filledFile, `${JSON.stringify({ filledAt: new Date(until).toISOString() })}\n`);
  step('filled it with people and groups');
}

/** Names the newest build of the site. */
let siteBuild = '';

/** Builds the site and puts it where a deployment puts it: a second or less. */
async function publishSite({ awsUrl, consoleUrl, owner }: Cloud): Promise<void> {
  const [{ buildWeb }, { deploySite }, { S3Client }] = await Promise.all([
    import('../web/build.ts'),
    import('../bin/web-deploy.ts'),
    import('@aws-sdk/client-s3'),
  ]);
  const { accessKeyId, secretAccessKey } = owner;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint: awsUrl, region: 'us-east-1', forcePathStyle: true, credentials });
  const built = await buildWeb({ reload: `${consoleUrl}/reload`, folder: join(dataFolder, 'web') });
  await deploySite(client, built);
  siteBuild = String(Date.now());
}

/** Builds the site anew when a file of it changes; the pages that are open load anew by themselves. */
function followSite(cloud: Cloud): void {
  let timer: NodeJS.Timeout | undefined;
  const publish = () =>
    publishSite(cloud).then(
      () => step('built the site anew'),
      (error: Error) => console.error(`the site stays as it was: ${error.message}`),
    );
  watch('web', { recursive: true }, () => {
    clearTimeout(timer);
    // An editor writes a file in several steps.
    timer = setTimeout(publish, 50);
  }).unref();
}

/** Tells of a step, with the seconds since the start. */
const step = (text: string) => console.log(`${(performance.now() / 1000).toFixed(1).padStart(5)} s  ${text}`);

/** Bundles the functions and writes the stacks; gives back the folder with the templates. */
async function synthesizeAll(): Promise<string> {
  step('bundling the functions (some seconds the first time)');
  const { buildFunctions } = await import('../lib/bundle.ts');
  // Loading the CDK takes a second or two on a cold disk: meanwhile esbuild works in a process of its own.
  const [bundles, { synthesize }] = await Promise.all([buildFunctions(), import('../lib/synthesize.ts')]);
  const changed = bundles.filter(({ fresh }) => !fresh).length;
  step(`bundled ${changed} of ${bundles.length} functions${changed === 0 ? ': none has changed' : ''}`);
  // Beside the data, so that two moims on one machine do not write each other's stacks.
  const template = join(dataFolder, 'cdk.out');
  rmSync(template, { recursive: true, force: true });
  // The first is where mails and links lead: `localhost`, because browsers make no passkeys on an IP address.
  const origins = [port, port + 2].flatMap((each) => [`http://localhost:${each}`, `http://127.0.0.1:${each}`]);
  const stacks = Object.keys(synthesize({ stage: 'dev', outdir: template, origins }));
  step(`synthesized ${stacks.length} stacks into ${template}/`);
  return template;
}

async function start(): Promise<{ cloud: Cloud; clock: Clock; mine: Claim }> {
  if (!Number.isInteger(port) || port < 1 || port > 65_531)
    throw new Error(`PORT is "${process.env.PORT}": give a port from 1 to 65531`);
  if (MOIM_DOOR && MOIM_DOOR !== 'open')
    throw new Error(`MOIM_DOOR is "${MOIM_DOOR}": "open" opens the door for checks, nothing else is known`);
  if (MOIM_DEMO && MOIM_DEMO !== '1')
    throw new Error(
      `MOIM_DEMO is "${MOIM_DEMO}": "1" fills an empty moim with people and groups, nothing else is known`,
    );
  const { DYNAMODB_ENDPOINT, S3_ENDPOINT, SES_ENDPOINT } = process.env;
  const replace = {
    ...(DYNAMODB_ENDPOINT ? { DYNAMODB: DYNAMODB_ENDPOINT } : {}),
    ...(S3_ENDPOINT ? { S3: S3_ENDPOINT } : {}),
    ...(SES_ENDPOINT ? { SES: SES_ENDPOINT } : {}),
  };
  const replaced = Object.keys(replace);
  if (replaced.length > 0 && (MOIM_DOOR || MOIM_DEMO))
    throw new Error(
      `${MOIM_DOOR ? 'the door for checks' : 'the demo'} needs moim's own engines, and ${replaced.join(', ')} is replaced`,
    );
  if (replaced.length > 0)
    console.log(
      `replaced: ${replaced.join(', ')}. Functions run with your own credentials there, not with their roles'.`,
    );
  // Before anything is written: what runs there already must not lose its stacks.
  const mine = claim(dataFolder);
  if (!replaced.includes('DYNAMODB')) demandOwnItems(dataFolder);
  await demandPorts(port);
  console.log(`moim starts on port ${port}, with its data in ${dataFolder}/`);
  const fills = demandDemo();
  const shifted = await shiftedClockOf(dataFolder, fills);
  const clock = shifted ?? systemClock;
  const template = await synthesizeAll();
  const [{ startCloud }, { bundleOf }, { readable }, { ownCredentials }] = await Promise.all([
    import('./cloud.ts'),
    import('./runtime/bundles.ts'),
    import('./runtime/readable.ts'),
    import('./runtime/replacements.ts'),
  ]);
  const cloud = await startCloud({
    template,
    clock,
    door: MOIM_DOOR ? shifted : undefined,
    load: bundleOf,
    listen: port,
    dataFolder,
    replace,
    siteBuild: () => siteBuild,
    ...(replaced.length > 0 ? { replaceCredentials: ownCredentials(process.env) } : {}),
    // 1 s, 2 s, 4 s, ... as a stream source waits; a minute at most.
    retryDelay: (retry) => Math.min(60_000, 1000 * 2 ** (retry - 1)),
    // Of two weeks in ten seconds nobody wants to read each request.
    onLog: (id, line) => clock.now() < Date.now() - 60_000 || console.log(readable(id, line)),
  });
  const { apiUrl: api, socketUrl: socket, consoleUrl, awsUrl: engines } = cloud;
  mine.tell({ api, socket, console: consoleUrl, engines });
  step(`opened the data, and ${cloud.functions.length} functions are ready to be called`);
  await publishSite(cloud).then(
    () => step('built the site'),
    // The API is of use without it, and the next change builds it.
    (error: Error) => console.error(`there is no site yet: ${error.message}`),
  );
  followSite(cloud);
  if (fills) await fillDemo(cloud, shifted!);
  return { cloud, clock, mine };
}

const { cloud, clock, mine } = await start().catch((error: unknown) => {
  console.error(`moim cannot start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});

const demo = MOIM_DEMO ? `${(await import('./demo/fill.ts')).signInsOf(`http://localhost:${port}`)}\n\n` : '';
const door = MOIM_DOOR ? `The door for checks is open: ${cloud.consoleUrl}/clock   (docs/checks.md)\n` : '';
const moved =
  clock.now() > Date.now() + 1000 ? `Its clock was moved: it is ${new Date(clock.now()).toISOString()}\n` : '';
console.log(`
moim is ready after ${(performance.now() / 1000).toFixed(1)} s

  Open       http://localhost:${port}   (sign up with a code from the mail box below)

  API        ${cloud.apiUrl}/v1
  Socket     ${cloud.socketUrl}/live
  Documents  ${cloud.consoleUrl}/docs
  Mail box   ${cloud.consoleUrl}/mail
  Engines    ${cloud.awsUrl}   (AWS_ACCESS_KEY_ID=${cloud.owner.accessKeyId} AWS_SECRET_ACCESS_KEY=${cloud.owner.secretAccessKey})

${demo}${door}${moved}Try it:      curl ${cloud.apiUrl}/health
The journey: MOIM_URL=${cloud.apiUrl} npm run demo     (in another terminal)
Data stays in ${dataFolder}/ until you delete it. Ctrl-C ends moim.
`);

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    if (ending) process.exit(1);
    ending = true;
    console.log('\nending: what runs is finished first (Ctrl-C again ends at once)');
    await Promise.race([cloud.settle(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
    await cloud.close();
    mine.release();
    console.log(`ended. Data stays in ${dataFolder}/`);
    process.exit(0);
  });
