/** Looks at every item of the table, past all rights, to see what a request left behind. */
import type { Cloud } from '../../local/cloud.ts';

type Attribute = Readonly<Record<string, unknown>>;
export type Items = ReadonlyMap<string, Readonly<Record<string, Attribute>>>;

/** All items, by their key. */
export async function itemsOf(moim: Cloud): Promise<Items> {
  const TableName = moim.functions.find(({ environment }) => environment.TABLE_NAME)!.environment.TABLE_NAME;
  const found = new Map<string, Record<string, Attribute>>();
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
    for (const item of page.Items) found.set(`${item.pk.S} ${item.sk.S}`, item);
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (!ExclusiveStartKey) return found;
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
    .filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)))
    .map((key) => `${kindOf(key)} ${(after.get(key) ?? before.get(key))?.type?.S}`)
    .sort();
}
