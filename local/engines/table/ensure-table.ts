/** Tables by description: what a template declares is brought about, whatever is there already. */

import createTableValidation from 'dynalite/validations/createTable.js';
import { newDefinition } from './definitions.ts';
import type { State } from './state.ts';
import type { Table } from './table.ts';
import type { TableDefinition, TableParameters } from './types.ts';
import { checkShape } from './validate.ts';

/**
 * Makes the table, or fits the one of that name to the description: indexes are made anew from the items, the stream
 * and time to live switched on or off. Throws an Error when the description is not valid, and when the table on file
 * has another primary key, for then its items cannot be kept.
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

/** The description with only the properties the engine keeps, in one order, so that descriptions can be compared. */
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
  // dynalite's checks change what they are given.
  checkShape(createTableValidation.types, structuredClone(definition), createTableValidation.custom);
  // A template's StreamSpecification has no StreamEnabled: being there is enough.
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
