/** Shared by the commands of an operator: how they are asked, and where the table is. */
import { parseArgs } from 'node:util';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { addressesIn } from '../local/runtime/running.ts';
import type { Environment } from '../shared/core/platform.ts';
import { newMeter } from '../shared/data/meter.ts';
import { type Table, tableOf } from '../shared/data/table.ts';

export interface Command {
  /** How it is typed, with the one word that it is about. */
  readonly usage: string;
  /** Options that it takes besides `--stage`, each with a text. */
  readonly options?: readonly string[];
  /** Gives back what to tell. The message of an error that it throws is told too. */
  work(table: Table, word: string, place: Place): Promise<string>;
}

/** Where a command works: on a stage of AWS, or on this machine where none is named. */
export interface Place {
  readonly stage: string | undefined;
  readonly environment: Environment;
  /** The table, for what `Table` does not offer. */
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  /** What was given for the options of the command. */
  readonly options: Readonly<Record<string, string | undefined>>;
}

/** How a command ended: its exit code, and what it says. */
export interface Ended {
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

/** Reads the command line; undefined where it is no way to use a command. */
function asked(args: string[], own: readonly string[]) {
  const options = Object.fromEntries(['stage', ...own].map((name) => [name, { type: 'string' as const }]));
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [word, ...more] = positionals;
    // The stage on AWS that is meant; without one, moim on this machine.
    return word === undefined || more.length > 0 ? undefined : { word, values, stage: values.stage };
  } catch {
    // An option that there is not.
    return undefined;
  }
}

/** Runs a command with what stands behind it on the command line. */
export async function run(
  { usage, options = [], work }: Command,
  args: string[],
  environment: Environment,
): Promise<Ended> {
  const given = asked(args, options);
  const stages = '--stage prod   the stage on AWS, with your own credentials; without it, moim on this machine';
  if (!given) return { code: 2, text: `usage: ${usage} [--stage prod]\n  ${stages}` };
  try {
    const { table, ...place } = await openTable(given.stage, environment);
    return {
      code: 0,
      text: await work(table, given.word, { stage: given.stage, environment, ...place, options: given.values }),
    };
  } catch (error) {
    return { code: 1, text: String(error instanceof Error ? error.message : error) };
  }
}

/** Runs a command as the process that it is. */
export async function main(command: Command): Promise<void> {
  const { code, text } = await run(command, process.argv.slice(2), process.env);
  (code === 0 ? console.log : console.error)(text);
  process.exitCode = code;
}

/**
 * On this machine: where `npm start` has its engines, and what it prints as the owner's credentials. Whoever sets an address
 * or a port means it; else the moim that runs with its data in this folder is asked.
 */
export function local({ MOIM_ENGINES, MOIM_DATA = '.local', PORT }: Environment) {
  const said = MOIM_ENGINES ?? (PORT ? `http://127.0.0.1:${Number(PORT) + 3}` : undefined);
  return {
    endpoint: said ?? addressesIn(MOIM_DATA)?.engines ?? 'http://127.0.0.1:3003',
    region: 'us-east-1',
    credentials: { accessKeyId: 'LOCALKEY', secretAccessKey: 'x' },
  };
}

/** Says what to do where the tables or queues of a stage cannot be reached. */
export function unreachable(what: string, stage: string | undefined, environment: Environment, error: Error): Error {
  const cause = `${error.name} ${error.message}`;
  if (stage !== undefined) return new Error(`cannot reach the ${what} of AWS: ${cause}`);
  const { endpoint } = local(environment);
  return new Error(
    `no moim answers at ${endpoint} (is \`npm start\` running?): start one, or say by PORT=… or MOIM_DATA=… which one you mean. ${cause}`,
  );
}

/**
 * The table of a stage. CloudFormation names it after its stack, so it is found by name: that asks for no right and no
 * package besides DynamoDB's. Throws an Error that says what is missing.
 */
async function openTable(stage: string | undefined, environment: Environment) {
  const client = new DynamoDBClient(stage === undefined ? local(environment) : {});
  const prefix = stage === undefined ? 'Table' : `moim-${stage}-state-Table`;
  const found: string[] = [];
  for (let ExclusiveStartTableName: string | undefined; ; ) {
    const page = await client.send(new ListTablesCommand({ ExclusiveStartTableName })).catch((error: Error) => {
      throw unreachable('tables', stage, environment, error);
    });
    found.push(...(page.TableNames ?? []).filter((name) => name.startsWith(prefix)));
    ExclusiveStartTableName = page.LastEvaluatedTableName;
    if (!ExclusiveStartTableName) break;
  }
  if (found.length !== 1)
    throw new Error(`${found.length} tables are named ${prefix}…: are region and account the right ones?`);
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const [tableName] = found as [string];
  const table: Table = tableOf(documents, tableName, { useCase: 'a script', meter: newMeter() });
  return { table, documents, tableName };
}
