/** CreateTable, DescribeTable, DeleteTable, ListTables and the time-to-live settings. */

import { randomUUID } from 'node:crypto';
import createTableValidation from 'dynalite/validations/createTable.js';
import listTablesValidation from 'dynalite/validations/listTables.js';
import { invalidParameter, TableError, tableNotFound, validationError } from './errors.ts';
import { limits } from './limits.ts';
import { authorize, findTable, type Session } from './session.ts';
import type { State } from './state.ts';
import type { Table } from './table.ts';
import type { TableDefinition, TableParameters } from './types.ts';
import { checkShape } from './validate.ts';

const createTypes = {
  ...createTableValidation.types,
  StreamSpecification: {
    type: 'FieldStruct<StreamSpecification>',
    children: {
      StreamEnabled: 'Boolean',
      StreamViewType: { type: 'String', enum: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'] },
    },
  },
};

type Body = Record<string, unknown>;

/** The table name of a request, after checking that the caller may act on that table. */
function tableNameOf(session: Session, action: string, body: Body): string {
  const name = body.TableName;
  if (typeof name !== 'string') throw validationError("The parameter 'TableName' is required but was not present");
  authorize(session, action, session.state.arnPrefix + name);
  return name;
}

export function createTable(session: Session, body: Body): object {
  const name = tableNameOf(session, 'CreateTable', body);
  if (body.LocalSecondaryIndexes) throw validationError('The table engine does not know LocalSecondaryIndexes');
  const { state } = session;
  const parameters = checkShape(createTypes, body, createTableValidation.custom) as unknown as TableParameters;
  checkNames(parameters);
  if (state.tables.has(name)) {
    throw new TableError('ResourceInUseException', `Table already exists: ${name}`);
  }
  return { TableDescription: describe(state.define(newDefinition(state, parameters))) };
}

/**
 * Limits that dynalite's validators leave out: the names of attributes of keys and indexes, and how many are projected.
 *
 * @throws TableError ValidationException
 */
export function checkNames({ AttributeDefinitions, GlobalSecondaryIndexes = [] }: TableParameters): void {
  const keys = AttributeDefinitions.map(({ AttributeName }) => AttributeName);
  const projected = GlobalSecondaryIndexes.flatMap(({ Projection }) => Projection.NonKeyAttributes ?? []);
  const checkLengths = (names: string[], { least, most }: { least: number; most: number }) => {
    const wrong = names.find((name) => name.length < least || name.length > most);
    if (wrong === undefined) return;
    throw invalidParameter(
      `The name of a key or projected attribute must be between ${least} and ${most} characters, inclusive`,
    );
  };
  checkLengths(keys, limits.keyNameChars);
  checkLengths(projected, limits.projectedNameChars);
  if (projected.length > limits.projectedAttributes.most) {
    throw invalidParameter(`More than ${limits.projectedAttributes.most} attributes are projected into the indexes`);
  }
}

/** A definition with an id of its own. */
export function newDefinition(state: State, parameters: TableParameters): TableDefinition {
  const now = state.clock.now();
  const stream = parameters.StreamSpecification;
  const streams = stream && stream.StreamEnabled !== false;
  return {
    ...parameters,
    TableId: randomUUID(),
    CreationDateTime: now / 1000,
    // Like in AWS, the label is the creation time of the stream in milliseconds.
    ...(streams && { streamLabel: new Date(now).toISOString().slice(0, -1) }),
  };
}

/** The description of a table in the form of DescribeTable. Sizes are exact, while AWS's are up to six hours old. */
export function describe(table: Table): object {
  const { definition } = table;
  const noThroughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 };
  const indexes = [...table.indexes.values()].map((index) => ({
    ...index.parameters,
    IndexArn: index.arn,
    IndexStatus: 'ACTIVE',
    ItemCount: index.entries.size,
    IndexSizeBytes: sizeOf(index.entries),
    ProvisionedThroughput: noThroughput,
  }));
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: definition.TableId,
    TableStatus: 'ACTIVE',
    CreationDateTime: definition.CreationDateTime,
    AttributeDefinitions: definition.AttributeDefinitions,
    KeySchema: definition.KeySchema,
    BillingModeSummary: { BillingMode: definition.BillingMode ?? 'PAY_PER_REQUEST' },
    ProvisionedThroughput: noThroughput,
    ItemCount: table.items.size,
    TableSizeBytes: sizeOf(table.items),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    ...(table.streamArn !== undefined && {
      StreamSpecification: { ...definition.StreamSpecification, StreamEnabled: true },
      LatestStreamArn: table.streamArn,
      LatestStreamLabel: definition.streamLabel,
    }),
  };
}

function sizeOf(entries: Table['items'] | { entries(): Iterable<[string, { size: number }]> }): number {
  let size = 0;
  for (const [, entry] of entries.entries()) size += entry.size;
  return size;
}

export function describeTable(session: Session, body: Body): object {
  const name = tableNameOf(session, 'DescribeTable', body);
  const table = session.tables.get(name);
  if (!table) throw tableNotFound(name);
  return { Table: describe(table) };
}

export function deleteTable(session: Session, body: Body): object {
  const name = tableNameOf(session, 'DeleteTable', body);
  const table = session.tables.get(name);
  if (!table) throw tableNotFound(name);
  session.state.drop(table);
  return { TableDescription: { ...describe(table), TableStatus: 'DELETING' } };
}

export function listTables(session: Session, body: Body): object {
  authorize(session, 'ListTables', '*');
  const { ExclusiveStartTableName: after, Limit: limit = 100 } = checkShape(listTablesValidation.types, body) as {
    ExclusiveStartTableName?: string;
    Limit?: number;
  };
  const names = [...session.tables.keys()].sort().filter((name) => after === undefined || name > after);
  const page = names.slice(0, limit);
  return { TableNames: page, LastEvaluatedTableName: names.length > limit ? page.at(-1) : undefined };
}

export function updateTimeToLive(session: Session, body: Body): object {
  const table = findTable(session, tableNameOf(session, 'UpdateTimeToLive', body));
  const wanted = body.TimeToLiveSpecification as { Enabled?: unknown; AttributeName?: unknown } | undefined;
  if (typeof wanted?.Enabled !== 'boolean' || typeof wanted.AttributeName !== 'string' || !wanted.AttributeName) {
    throw validationError('TimeToLiveSpecification must have Enabled and AttributeName');
  }
  if (wanted.AttributeName.length > limits.expiryNameChars.most) {
    throw validationError(`The AttributeName must have at most ${limits.expiryNameChars.most} characters`);
  }
  const specification = { Enabled: wanted.Enabled, AttributeName: wanted.AttributeName };
  const current = timeToLive(table);
  if (wanted.Enabled === (current !== undefined)) {
    throw validationError(`TimeToLive is already ${wanted.Enabled ? 'enabled' : 'disabled'}`);
  }
  if (!wanted.Enabled && wanted.AttributeName !== current) {
    throw validationError(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
  }
  session.state.define({ ...table.definition, TimeToLiveSpecification: specification });
  return { TimeToLiveSpecification: specification };
}

/** The attribute with the expiry time of items, if the table has one. */
function timeToLive({ definition }: Table): string | undefined {
  const specification = definition.TimeToLiveSpecification;
  return specification?.Enabled === false ? undefined : specification?.AttributeName;
}

export function describeTimeToLive(session: Session, body: Body): object {
  const table = findTable(session, tableNameOf(session, 'DescribeTimeToLive', body));
  const attribute = timeToLive(table);
  return {
    TimeToLiveDescription:
      attribute === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
  };
}
