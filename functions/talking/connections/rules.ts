import { createHash } from 'node:crypto';

/** How many partitions the list of open sockets is spread over: one takes 1,000 writes a second. */
export const shards = 10;

/** The partition of a connection: any, but always the same. */
export const shardOf = (connectionId: string) =>
  String(createHash('sha256').update(connectionId).digest().readUInt16BE(0) % shards);
