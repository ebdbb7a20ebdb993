/** Creates or adapts tables so that they fit the description in a template. */

import createTableValidation from 'dynalite/validations/createTable.js';
import { checkNames, newDefinition } from './definitions.ts';
import type { State } from './state.ts';
import type { Table } from './table.ts';
import type { TableDefinition, TableParameters } from './types.ts';
import { checkShape } from './validate.ts';

/**
 * Creates the table, or adapts the existing one to the description: indexes are rebuilt from the items, and the stream
 * and time to live are switched on or off.
 *
 * @throws Error if the description is invalid, or if the existing table has another primary key, because its items
 * could not be kept
 */
export function ensureTable(state: State, parameters: TableParameters): Table {
  const definition = normalized(parameters);
  const existing = state.tables.get(definition.TableName);
  if (!existing) return state.define(newDefinition(state, definition));
  const { TableId, CreationDateTime, streamLabel, ...current } = existing.definition;
  if (same(current, definition)) return existing;
  const keyOf = ({ KeySchema, AttributeDefinitions }: TableParameters) =>
    KeySchema.map((key) => [key, AttributeDefinitions.find((each) => each.AttributeName === key.AttributeName)]);
  if (!same(keyOf(current), keyOf(definition))) {
    throw new Error(
      `The table ${definition.TableName} on file has another primary key than the one described. ` +
        'Delete the data file, or give the table another name.',
    );
  }
  const fresh = newDefinition(state, definition);
  const { streamLabel: newLabel, ...rest } = fresh;
  const keepsStream = newLabel !== undefined && same(current.StreamSpecification, definition.StreamSpecification);
  const label = keepsStream ? streamLabel : newLabel;
  return state.define({ ...rest, TableId, CreationDateTime, ...(label !== undefined && { streamLabel: label }) });
}

/**
 * The description with only the properties that the engine uses, in a fixed order, so that descriptions can be
 * compared.
 */
function normalized(parameters: TableParameters): TableParameters {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes: indexes, TableName } = parameters;
  const { StreamSpecification: stream, TimeToLiveSpecification: timeToLive } = parameters;
  const definition: Omit<TableDefinition, 'TableId' | 'CreationDateTime'> = {
    TableName,
    AttributeDefinitions: AttributeDefinitions.map(({ AttributeName, AttributeType }) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: KeySchema.map(({ AttributeName, KeyType }) => ({ AttributeName, KeyType })),
    BillingMode: 'PAY_PER_REQUEST',
  };
  if (indexes?.length) {
    definition.GlobalSecondaryIndexes = indexes.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema: KeySchema.map(({ AttributeName, KeyType }) => ({ AttributeName, KeyType })),
      Projection,
    }));
  }
  // dynalite's checks modify their argument.
  checkShape(createTableValidation.types, structuredClone(definition), createTableValidation.custom);
  checkNames(definition);
  // A template's StreamSpecification has no StreamEnabled: the stream is enabled if it is present.
  if (stream && stream.StreamEnabled !== false) {
    definition.StreamSpecification = {
      StreamEnabled: true,
      StreamViewType: stream.StreamViewType ?? 'NEW_AND_OLD_IMAGES',
    };
  }
  if (timeToLive?.AttributeName && timeToLive.Enabled !== false) {
    definition.TimeToLiveSpecification = { Enabled: true, AttributeName: timeToLive.AttributeName };
  }
  return definition;
}

const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);
