/** What the commands of an operator share: where the table is, and how to reach it. */
import { parseArgs } from 'node:util';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { newMeter } from '../shared/data/meter.ts';
import { type Table, tableOf } from '../shared/data/table.ts';

export interface Command {
  /** What stands on the command line besides the options. */
  readonly words: readonly string[];
  /** The stage on AWS that is meant; without one, moim on this machine. */
  readonly stage: string | undefined;
}

/** Reads the command line, or says how it is used and ends. */
export function readCommand(usage: string, words: number): Command {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { stage: { type: 'string' } } });
    if (positionals.length === words) return { words: positionals, stage: values.stage };
  } catch {
    // An option that there is not: told below.
  }
  console.error(
    `usage: ${usage}\n  --stage prod   the stage on AWS, with your own credentials; without it, moim on this machine`,
  );
  process.exit(2);
}

/** On this machine: where `npm start` has its engines, and what it prints as the owner's credentials. */
const local = () => ({
  endpoint: process.env.MOIM_ENGINES ?? `http://127.0.0.1:${Number(process.env.PORT ?? 3000) + 3}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'LOCALKEY', secretAccessKey: 'x' },
});

/**
 * The table of a stage. CloudFormation names it after its stack, so it is found by name: that asks for no right and no
 * package besides DynamoDB's. Throws an Error that says what is missing.
 */
export async function openTable(stage: string | undefined): Promise<Table> {
  const client = new DynamoDBClient(stage === undefined ? local() : {});
  const prefix = stage === undefined ? 'Table' : `moim-${stage}-state-Table`;
  const found: string[] = [];
  for (let ExclusiveStartTableName: string | undefined; ; ) {
    const page = await client.send(new ListTablesCommand({ ExclusiveStartTableName })).catch((error: Error) => {
      const where = stage === undefined ? 'moim on this machine (is `npm start` running?)' : 'AWS';
      throw new Error(`cannot reach the tables of ${where}: ${error.name} ${error.message}`);
    });
    found.push(...(page.TableNames ?? []).filter((name) => name.startsWith(prefix)));
    ExclusiveStartTableName = page.LastEvaluatedTableName;
    if (!ExclusiveStartTableName) break;
  }
  if (found.length !== 1)
    throw new Error(`${found.length} tables are named ${prefix}…: are region and account the right ones?`);
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return tableOf(documents, found[0]!, newMeter());
}

/** Does the work of a command; what it throws is told in one line. */
export function runCommand(work: () => Promise<string>): void {
  work().then(console.log, (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
