/** Every item of the table, regardless of rights: read once, then kept up to date by the table's stream. */
import type { Moim } from './moim.ts';

type Attribute = Readonly<Record<string, unknown>>;
/** An item as DynamoDB sends it. An unchanged item is the same object as before. */
export type RawItem = Readonly<Record<string, Attribute>>;

interface Look {
  readonly items: Map<string, RawItem>;
  readonly read: Promise<void>;
  /** The position in the stream. */
  sequence: string | undefined;
  time: number;
}
const looks = new WeakMap<object, Look>();

/** All items by their key, in no order. The next call changes this map. */
export async function everyItem(moim: Moim, table: string): Promise<ReadonlyMap<string, RawItem>> {
  const now = moim.clock.now();
  const last = looks.get(moim);
  // The stream keeps records for one day only.
  const look = last && now - last.time < 80_000_000 ? last : firstLook(moim, table);
  looks.set(moim, look);
  await look.read;
  follow(moim, table, look, ({ Keys, NewImage }) => {
    const key = `${Keys.pk!.S} ${Keys.sk!.S}`;
    if (NewImage) look.items.set(key, NewImage);
    else look.items.delete(key);
  });
  look.time = moim.clock.now();
  return look.items;
}

interface Change {
  readonly Keys: RawItem;
  readonly NewImage?: RawItem;
}

/** Reads on to the end of the stream. */
function follow(
  moim: Moim,
  table: string,
  look: Pick<Look, 'sequence'>,
  each: (change: Change) => void = () => {},
): void {
  for (;;) {
    const records = moim.table.readStream(table, look.sequence, 1000);
    if (records.length === 0) return;
    for (const { dynamodb } of records) each(dynamodb as unknown as Change);
    look.sequence = records.at(-1)!.dynamodb!.SequenceNumber;
  }
}

function firstLook(moim: Moim, table: string): Look {
  const from: Pick<Look, 'sequence'> = { sequence: undefined };
  follow(moim, table, from);
  const items = new Map<string, RawItem>();
  return { items, read: readAll(moim, table, items), sequence: from.sequence, time: moim.clock.now() };
}

async function readAll(moim: Moim, TableName: string, items: Map<string, RawItem>): Promise<void> {
  for (let ExclusiveStartKey: unknown; ; ) {
    const response = await moim.table.handle(
      {
        method: 'POST',
        path: '/',
        headers: { 'x-amz-target': 'DynamoDB_20120810.Scan' },
        body: Buffer.from(JSON.stringify({ TableName, ConsistentRead: true, ExclusiveStartKey })),
      },
      moim.owner.caller,
    );
    const page = JSON.parse(Buffer.from(response.body).toString());
    for (const item of page.Items) items.set(`${item.pk.S} ${item.sk.S}`, item);
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (!ExclusiveStartKey) return;
  }
}
