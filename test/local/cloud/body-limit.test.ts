import { request } from 'node:http';
import { engineBodyLimit } from '../../../local/engines/bucket/errors.ts';
import { closeClouds, cloudOf } from './support.ts';

afterEach(closeClouds);

test('B2: a body above what the engines take is refused in the words of S3', async () => {
  const cloud = await cloudOf({}, {});

  const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sent = request(`${cloud.awsUrl}/photos/large`, { method: 'PUT' }, async (response) => {
      resolve({ status: response.statusCode, text: Buffer.concat(await response.toArray()).toString() });
    });
    sent.on('error', reject);
    sent.end(Buffer.alloc(engineBodyLimit + 1));
  });

  expect(answer.status).toBe(400);
  expect(answer.text).toContain('<Code>EntityTooLarge</Code>');
  expect(answer.text).toContain(`<MaxSizeAllowed>${engineBodyLimit}</MaxSizeAllowed>`);
});
