/** Trials of the limits of tables and indexes. */
import type { TableEngine } from '../../../../local/engines/table/engine.ts';
import { call } from '../support.ts';
import { chars, index, list, type Trials, text } from './support.ts';

const table = (more: object) => ({
  TableName: 'Another',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  ...more,
});

const create = (engine: TableEngine, more: object) => call(engine, 'CreateTable', table(more));

export const tableTrials: Trials<
  | 'tableNameChars'
  | 'indexNameChars'
  | 'keyNameChars'
  | 'projectedNameChars'
  | 'indexes'
  | 'projectedAttributes'
  | 'expiryNameChars'
> = {
  tableNameChars: {
    CreateTable: { send: (engine, n) => create(engine, { TableName: text(n) }), message: chars(3, 255) },
  },
  indexNameChars: {
    CreateTable: {
      send: (engine, n) => create(engine, { GlobalSecondaryIndexes: [index(text(n))] }),
      message: chars(3, 255),
    },
  },
  keyNameChars: {
    CreateTable: {
      send: (engine, n) =>
        create(engine, {
          AttributeDefinitions: [{ AttributeName: text(n), AttributeType: 'S' }],
          KeySchema: [{ AttributeName: text(n), KeyType: 'HASH' }],
        }),
      message: chars(1, 255),
    },
  },
  projectedNameChars: {
    CreateTable: {
      send: (engine, n) => create(engine, { GlobalSecondaryIndexes: [index('byId', [text(n)])] }),
      message: chars(1, 255),
    },
  },
  indexes: {
    CreateTable: {
      send: (engine, n) => create(engine, { GlobalSecondaryIndexes: list(n, (at) => index(`byId${at}`)) }),
      message: /per-table limit of 20|List of GlobalSecondaryIndexes is empty/,
    },
  },
  projectedAttributes: {
    CreateTable: {
      send(engine, n) {
        const names = list(n, (at) => `a${at}`);
        const halves = [names.slice(0, 50), names.slice(50)];
        return create(engine, { GlobalSecondaryIndexes: halves.map((half, at) => index(`byId${at}`, half)) });
      },
      message: /More than 100 attributes are projected/,
    },
  },
  expiryNameChars: {
    UpdateTimeToLive: {
      async send(engine, n) {
        await create(engine, {});
        const TimeToLiveSpecification = { Enabled: true, AttributeName: text(n) };
        return call(engine, 'UpdateTimeToLive', { TableName: 'Another', TimeToLiveSpecification });
      },
      message: /AttributeName/,
    },
  },
};
