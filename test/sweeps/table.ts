/** Looks at every item of the table, past all rights, to see what a request left behind. */
import type { Cloud } from '../../local/cloud.ts';

type Attribute = Readonly<Record<string, unknown>>;
export type Items = ReadonlyMap<string, Readonly<Record<string, Attribute>>>;

/** What is known of each table, and how far its stream was followed for that. */
const known = new WeakMap<
  Cloud,
  { items: Map<string, Readonly<Record<string, Attribute>>>; sequence: string | undefined }
>();

/** All items, by their key: read once, then followed by the table's stream. What did not change is the same object. */
export async function itemsOf(moim: Cloud): Promise<Items> {
  const TableName = moim.functions.find(({ environment }) => environment.TABLE_NAME)!.environment.TABLE_NAME!;
  const first = known.get(moim);
  const { items, sequence: from } = first ?? { items: new Map(), sequence: undefined };
  let sequence = from;
  for (let records = moim.table.readStream(TableName, sequence, 1000); records.length > 0; ) {
    for (const { dynamodb } of first ? records : []) {
      const { Keys, NewImage } = dynamodb as { Keys: Record<string, Attribute>; NewImage?: Record<string, Attribute> };
      const key = `${Keys.pk!.S} ${Keys.sk!.S}`;
      if (NewImage) items.set(key, NewImage);
      else items.delete(key);
    }
    sequence = records.at(-1)!.dynamodb!.SequenceNumber;
    records = moim.table.readStream(TableName, sequence, 1000);
  }
  known.set(moim, { items, sequence });
  if (!first) await readAll(moim, TableName, items);
  return new Map(items);
}

async function readAll(moim: Cloud, TableName: string, items: Map<string, Record<string, Attribute>>): Promise<void> {
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

/** What differs between two looks: `created`, `changed` or `removed`, and the item's entity; sorted. */
export function changesBetween(before: Items, after: Items): string[] {
  const kindOf = (key: string) => {
    const [old, now] = [before.get(key), after.get(key)];
    if (!old) return 'created';
    return now ? 'changed' : 'removed';
  };
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys
    .filter((key) => before.get(key) !== after.get(key))
    .filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)))
    .map((key) => `${kindOf(key)} ${(after.get(key) ?? before.get(key))?.type?.S}`)
    .sort();
}
