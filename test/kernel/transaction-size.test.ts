/** How many actions one commit may have: DynamoDB's limit, and the number that moim plans with. */
import { limits } from '../../local/engines/table/limits.ts';
import { mostActions, plannedActions } from '../../shared/data/transaction.ts';
import { upsert } from '../../shared/data/writes.ts';
import { checkTransactions } from '../support/transactions.ts';
import { account, setUp } from './support.ts';

const counted = () => upsert('Blocks', { accountId: 'a' }, { add: { count: 1 } });
const accounts = (count: number) => Array.from({ length: count }, (_, at) => account(`many-${at}`));

test('as many actions as DynamoDB takes are one transaction; one more is an error of ours, and nothing is sent', async () => {
  const { table, operations } = setUp();

  expect(await table.commit(accounts(mostActions))).toBe(true);
  const error = await table.commit([...accounts(mostActions), counted()]).catch((reason: unknown) => reason);

  expect(operations).toEqual(['TransactWriteItems']);
  expect(error).toMatchObject({
    name: 'TransactionTooLarge',
    message: 'joinGroup commits 101 actions at once, and DynamoDB takes 100: 100 Account, 1 Blocks',
  });
});

test('writes of one item count once', async () => {
  const { table } = setUp();

  expect(await table.commit([...accounts(mostActions - 1), counted(), counted()])).toBe(true);
});

test('what moim plans with is less than DynamoDB takes, and a test that exceeds it fails', async () => {
  const { table, engine } = setUp();
  await table.commit([...accounts(3), counted()]);

  expect(plannedActions).toBeLessThan(mostActions);
  expect(mostActions).toBe(limits.transactionActions.most);
  expect(() => checkTransactions({ table: engine }, 4)).not.toThrow();
  expect(() => checkTransactions({ table: engine }, 3)).toThrow(
    'a transaction had 4 actions, and 3 are the most: 3 Put Account, 1 Update BLOCKS',
  );
});
