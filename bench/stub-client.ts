import { publicPartOf } from '../functions/accounts/sessions/keys.ts';
import { keyOf } from '../shared/adapters/signing-key.ts';
import type { RequestHandler } from '../shared/core/platform.ts';

const capacity = { CapacityUnits: 1 };
const account = {
  accountId: '019a7f3e-0000-7000-8000-000000000001',
  email: 'minji@example.com',
  nickname: 'minji',
  locale: 'ko',
  timeZone: 'Asia/Seoul',
  role: 'USER',
  status: 'ACTIVE',
  createdAt: '2026-03-02T03:00:00.000Z',
};
/** The key that tokens are signed with, and its public part as the table has it. */
export const sessionKey = keyOf('k'.repeat(64));
const Item = {
  [`key ${sessionKey.id}`]: { S: `${account.createdAt} ${publicPartOf(sessionKey)}` },
  ...Object.fromEntries(Object.entries(account).map(([name, S]) => [name, { S }])),
  bricks: { N: '3' },
  version: { N: '1' },
};
/** The answers of the services, by the operation in the request's header. */
const answers: Readonly<Record<string, string>> = {
  GetItem: JSON.stringify({ Item, ConsumedCapacity: capacity }),
  TransactWriteItems: JSON.stringify({ ConsumedCapacity: [capacity] }),
  GetSecretValue: JSON.stringify({ SecretString: 'k'.repeat(64) }),
};

/**
 * The SDK's HTTP handler without a network. A measurement with it shows only the work of the SDK and of moim, without
 * waiting.
 */
export const stubClient: RequestHandler = {
  async handle(request: never) {
    const { headers } = request as { headers: Readonly<Record<string, string>> };
    const operation = headers['x-amz-target']?.split('.').at(-1) ?? '';
    const body = answers[operation];
    if (!body) throw new Error(`the stub does not answer ${operation}`);
    const response = { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' } };
    return { response: { ...response, body: Buffer.from(body) } };
  },
};

export const environment = {
  STAGE: 'bench',
  TABLE_NAME: 'moim',
  BUCKET_NAME: 'moim',
  SESSION_KEY_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:key',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
