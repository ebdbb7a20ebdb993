import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createTableEngine } from '../../../local/engines/table/engine.ts';
import { systemClock } from '../../../local/runtime/clock.ts';
import { call, mainTable, setUp, start, TABLE } from './support.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tables-'));
  file = join(folder, 'data', 'tables.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const item = (sk: string, more: object = {}) => ({ pk: { S: 'p' }, sk: { S: sk }, ...more });
const put = (sk: string, more: object = {}) => ({ TableName: TABLE, Item: item(sk, more) });
const all = { TableName: TABLE, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } } };

test('items, indexes, stream, time to live and transaction tokens survive a restart', async () => {
  const first = setUp({ file });
  await call(first.engine, 'PutItem', put('a', { g: { S: 'g' }, h: { N: '1' } }));
  await call(first.engine, 'PutItem', put('due', { ttl: { N: String(start / 1000 + 60) } }));
  await call(first.engine, 'PutItem', put('gone'));
  await call(first.engine, 'DeleteItem', { TableName: TABLE, Key: item('gone') });
  const add = { UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
  const transaction = {
    ClientRequestToken: 'once',
    TransactItems: [{ Update: { TableName: TABLE, Key: item('counter'), ...add } }],
  };
  await call(first.engine, 'TransactWriteItems', transaction);
  const records = first.engine.readStream(TABLE, undefined, 100);
  first.engine.close();

  const { engine, clock } = setUp({ file });
  await call(engine, 'TransactWriteItems', transaction);

  const { body } = await call(engine, 'Query', all);
  expect(body.Items.map((each: { sk: { S: string } }) => each.sk.S)).toEqual(['a', 'counter', 'due']);
  expect(body.Items[1].n).toEqual({ N: '1' });
  const indexed = await call(engine, 'Scan', { TableName: TABLE, IndexName: 'byGroup' });
  expect(indexed.body.Items).toEqual([item('a', { g: { S: 'g' }, h: { N: '1' } })]);
  expect(engine.readStream(TABLE, undefined, 100)).toEqual(records);
  await clock.advance(120_000);
  expect((await call(engine, 'Query', all)).body.Count).toBe(2);
  const last = engine.readStream(TABLE, records.at(-1)!.dynamodb!.SequenceNumber, 100);
  expect(last.map((record) => record.eventName)).toEqual(['REMOVE']);
  engine.close();
});

test('sequence numbers go on after everything was trimmed and the engine started again', async () => {
  const { engine, clock } = setUp({ file });
  await call(engine, 'PutItem', put('a'));
  const before = engine.readStream(TABLE, undefined, 1)[0]!.dynamodb!.SequenceNumber!;
  await clock.advance(25 * 3_600_000);
  expect(engine.readStream(TABLE, undefined, 1)).toEqual([]);
  engine.close();

  const again = setUp({ file, clock });
  await call(again.engine, 'PutItem', put('b'));

  const [record] = again.engine.readStream(TABLE, before, 10);
  expect(record!.dynamodb!.SequenceNumber! > before).toBe(true);
  again.engine.close();
});

test('a thousand items and their index entries are there again', async () => {
  const first = setUp({ file });
  for (let batch = 0; batch < 10; batch++) {
    const Put = (n: number) => ({
      Put: { TableName: TABLE, Item: item(`${batch}.${n}`, { g: { S: 'g' }, h: { N: `${n}` } }) },
    });
    await call(first.engine, 'TransactWriteItems', { TransactItems: Array.from({ length: 100 }, (_, n) => Put(n)) });
  }
  first.engine.close();

  const { engine } = setUp({ file });

  const { body } = await call(engine, 'DescribeTable', { TableName: TABLE });
  expect(body.Table.ItemCount).toBe(1_000);
  expect(body.Table.GlobalSecondaryIndexes[0].ItemCount).toBe(1_000);
  engine.close();
});

test('no acknowledged write is lost, and no transaction is half there, when the process is killed', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-writer.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const exited = new Promise((resolve) => child.on('close', resolve));
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.length > 8000) child.kill('SIGKILL');
  }
  await exited;
  // The last line may have been cut off in the middle.
  const acknowledged = output.slice(0, output.lastIndexOf('\n')).split('\n');

  const engine = createTableEngine({ clock: systemClock, file });

  const keys = new Set<string>();
  let ExclusiveStartKey: object | undefined;
  do {
    const { body } = await call(engine, 'Scan', { TableName: 'Main', ...(ExclusiveStartKey && { ExclusiveStartKey }) });
    for (const each of body.Items) keys.add(each.pk.S);
    ExclusiveStartKey = body.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  expect(acknowledged.length).toBeGreaterThan(500);
  expect(acknowledged.filter((id) => !keys.has(`${id}.a`))).toEqual([]);
  const halves = [...keys].filter((key) => !keys.has(key.replace(/.$/, (part) => (part === 'a' ? 'b' : 'a'))));
  expect(halves).toEqual([]);
  expect(engine.readStream('Main', undefined, 1_000_000)).toHaveLength(keys.size);
  engine.close();
});

test('a failure of the disk leaves memory as it was, of a transaction as of a single write', async () => {
  setUp({ file }).engine.close();
  const database = new DatabaseSync(file);
  database.exec(`CREATE TRIGGER full BEFORE INSERT ON items WHEN NEW.item LIKE '%poison%'
    BEGIN SELECT RAISE(FAIL, 'disk I/O error'); END`);
  database.close();
  const { engine } = setUp({ file });
  await call(engine, 'PutItem', put('a'));
  const seen = engine.readStream(TABLE, undefined, 100);
  const members = ['b', 'poison', 'c'].map((sk) => ({ Put: put(sk, { g: { S: 'g' }, h: { N: '1' } }) }));

  const single = await call(engine, 'PutItem', put('a', { note: { S: 'poison' } }));
  const transaction = await call(engine, 'TransactWriteItems', { TransactItems: members });

  expect([single.status, transaction.status]).toEqual([500, 500]);
  expect([single.error, transaction.error]).toEqual(['InternalServerError', 'InternalServerError']);
  expect((await call(engine, 'Query', all)).body.Items).toEqual([item('a')]);
  expect((await call(engine, 'Scan', { TableName: TABLE, IndexName: 'byGroup' })).body.Count).toBe(0);
  expect(engine.readStream(TABLE, undefined, 100)).toEqual(seen);
  expect((await call(engine, 'PutItem', put('d'))).status).toBe(200);
  engine.close();
  const again = setUp({ file });
  expect((await call(again.engine, 'Query', all)).body.Count).toBe(2);
  again.engine.close();
});

test('a broken data file is named, with what to do about it', () => {
  const broken = join(folder, 'broken.sqlite');
  writeFileSync(broken, 'this is no database, although it is long enough to look like one '.repeat(100));

  expect(() => setUp({ file: broken })).toThrow(
    `The tables' data file ${broken} is broken and cannot be read (file is not a database). ` +
      'Delete it (with its -wal and -shm neighbours) to start with empty tables, or set another data folder.',
  );
});

test('a data file with an unreadable item is named too', async () => {
  const { engine } = setUp({ file });
  await call(engine, 'PutItem', put('a'));
  engine.close();
  const database = new DatabaseSync(file);
  database.exec(`UPDATE items SET item = '{"pk":'`);
  database.close();

  expect(() => setUp({ file })).toThrow(`The tables' data file ${file} is broken and cannot be read`);
});

test('a data file of another version, and one in use, are refused', () => {
  const { engine } = setUp({ file });

  expect(() => setUp({ file })).toThrow(/is in use by another process. Stop that one/);

  engine.close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => setUp({ file })).toThrow(/is broken and cannot be read \(it was written by another version, 99\)/);
});

test('a table on file follows its description: indexes are made anew, another primary key is refused', async () => {
  const { engine } = setUp({ file });
  await call(engine, 'PutItem', put('a', { g: { S: 'g' }, h: { N: '1' } }));
  const { streamArn } = engine.createTable(mainTable);
  const [byGroup] = mainTable.GlobalSecondaryIndexes!;
  const turned = { ...byGroup!, IndexName: 'byHeight', KeySchema: [{ AttributeName: 'h', KeyType: 'HASH' as const }] };

  const changed = engine.createTable({ ...mainTable, GlobalSecondaryIndexes: [turned] });

  expect(changed.streamArn).toBe(streamArn);
  expect((await call(engine, 'Scan', { TableName: TABLE, IndexName: 'byHeight' })).body.Count).toBe(1);
  expect((await call(engine, 'Scan', { TableName: TABLE, IndexName: 'byGroup' })).error).toBe('ValidationException');
  const { StreamSpecification, ...withoutStream } = mainTable;
  expect(engine.createTable(withoutStream).streamArn).toBeUndefined();
  const otherKey = { ...mainTable, KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' as const }] };
  expect(() => engine.createTable(otherKey)).toThrow(/has another primary key than the one described/);
  engine.close();
});
