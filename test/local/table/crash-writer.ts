/** Writes without end to an engine on the file given, and says on stdout what was acknowledged: for the crash test. */

import { writeSync } from 'node:fs';
import { owner } from '../../../local/engines/engine.ts';
import { createTableEngine } from '../../../local/engines/table/engine.ts';
import { systemClock } from '../../../local/runtime/clock.ts';

const engine = createTableEngine({ clock: systemClock, file: process.argv[2]! });
engine.createTable({
  TableName: 'Main',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
});

async function send(operation: string, body: object): Promise<void> {
  const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
  const request = { method: 'POST', path: '/', headers, body: Buffer.from(JSON.stringify(body)) };
  const { status } = await engine.handle(request, owner);
  if (status !== 200) throw new Error(`${operation} was answered with ${status}`);
}

async function writer(id: string): Promise<void> {
  for (let count = 0; ; count++) {
    const Put = (part: string) => ({ Put: { TableName: 'Main', Item: { pk: { S: `${id}.${count}.${part}` } } } });
    await send('TransactWriteItems', { TransactItems: [Put('a'), Put('b')] });
    // Straight to the pipe: what a buffer held back would be lost with the process.
    writeSync(1, `${id}.${count}\n`);
  }
}

for (const id of ['w', 'x', 'y']) void writer(id);
