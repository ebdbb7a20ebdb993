/** The Streams API. Each stream is one shard that never closes. */

import { TableError, tableNotFound, validationError } from './errors.ts';
import { limits } from './limits.ts';
import { authorize, type Session } from './session.ts';
import { sequenceText } from './stream-log.ts';
import type { Table } from './table.ts';

const SHARD = 'shardId-00000000000000000000-00000000';
/** Milliseconds: iterators are valid for 15 minutes, as in AWS. */
const ITERATOR_LIFETIME = 15 * 60_000;

type Body = Record<string, unknown>;

function streamTable(session: Session, action: string, body: Body): Table {
  const arn = body.StreamArn;
  if (typeof arn !== 'string') throw validationError("The parameter 'StreamArn' is required but was not present");
  authorize(session, action, arn);
  const table = [...session.tables.values()].find((each) => each.streamArn === arn);
  if (!table)
    throw new TableError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  return table;
}

const summary = (table: Table) => ({
  StreamArn: table.streamArn,
  StreamLabel: table.definition.streamLabel,
  TableName: table.name,
});

export function listStreams(session: Session, body: Body): object {
  const name = typeof body.TableName === 'string' ? body.TableName : undefined;
  authorize(session, 'ListStreams', name === undefined ? '*' : `${session.state.arnPrefix}${name}/stream/*`);
  if (name !== undefined && !session.tables.has(name)) throw tableNotFound(name);
  const tables = [...session.tables.values()].filter((table) => name === undefined || table.name === name);
  return { Streams: tables.filter((table) => table.streamArn !== undefined).map(summary) };
}

export function describeStream(session: Session, body: Body): object {
  const table = streamTable(session, 'DescribeStream', body);
  const { definition } = table;
  return {
    StreamDescription: {
      ...summary(table),
      StreamStatus: 'ENABLED',
      StreamViewType: definition.StreamSpecification?.StreamViewType,
      CreationRequestDateTime: definition.CreationDateTime,
      KeySchema: definition.KeySchema,
      Shards: [{ ShardId: SHARD, SequenceNumberRange: { StartingSequenceNumber: sequenceText(1) } }],
    },
  };
}

interface Position {
  arn: string;
  /** The next read begins after this record. */
  after: number;
  /** The time at which the iterator was issued. */
  time: number;
}

const encode = (position: Position) => Buffer.from(JSON.stringify(position)).toString('base64');

function decode(text: unknown): Position {
  try {
    const position = JSON.parse(Buffer.from(String(text), 'base64').toString()) as Partial<Position> | null;
    if (typeof position?.arn === 'string' && Number.isFinite(position.after) && Number.isFinite(position.time))
      return position as Position;
  } catch {
    // The error below covers this.
  }
  throw validationError('Invalid ShardIterator');
}

export function getShardIterator(session: Session, body: Body): object {
  const table = streamTable(session, 'GetShardIterator', body);
  if (body.ShardId !== SHARD) {
    throw new TableError('ResourceNotFoundException', `Requested resource not found: Shard does not exist`);
  }
  const after = startingPoint(body, session.state.log(table.name).last());
  return { ShardIterator: encode({ arn: table.streamArn!, after, time: session.state.clock.now() }) };
}

function startingPoint({ ShardIteratorType: type, SequenceNumber }: Body, last: number): number {
  const sequence = Number(SequenceNumber);
  switch (type) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return last;
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER':
      if (SequenceNumber === undefined || !Number.isSafeInteger(sequence))
        throw validationError('Invalid SequenceNumber');
      return type === 'AT_SEQUENCE_NUMBER' ? sequence - 1 : sequence;
    default:
      throw validationError(`Invalid ShardIteratorType: ${String(type)}`);
  }
}

export function getRecords(session: Session, body: Body): object {
  const { arn, after, time } = decode(body.ShardIterator);
  const table = streamTable(session, 'GetRecords', { StreamArn: arn });
  const { clock } = session.state;
  if (clock.now() - time > ITERATOR_LIFETIME) {
    throw new TableError('ExpiredIteratorException', 'Iterator expired');
  }
  const { least, most } = limits.streamRecords;
  const limit = body.Limit === undefined ? most : Number(body.Limit);
  if (!(limit >= least && limit <= most)) throw validationError(`Limit must be between ${least} and ${most}`);
  const entries = session.state.log(table.name).after(after, limit);
  const next = { arn, after: entries.at(-1)?.sequence ?? after, time: clock.now() };
  // Records of this API lack the ARN that Lambda's records have.
  const records = entries.map(({ record: { eventSourceARN, ...rest } }) => rest);
  return { Records: records, NextShardIterator: encode(next) };
}
