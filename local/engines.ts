/**
 * `npm run local:engines`: the engines alone, in memory, for probes and for whoever wants to look at them with an SDK.
 * Nothing is in them but an empty bucket `media`; PORT (8000) is the port.
 */
import { createBucketEngine } from './engines/bucket/bucket-engine.ts';
import { createMailEngine } from './engines/mail/mail-engine.ts';
import { createQueueEngine } from './engines/queue/queue-engine.ts';
import { createSecretsEngine } from './engines/secrets/secrets-engine.ts';
import { createTableEngine } from './engines/table/engine.ts';
import { createFront, engineServer } from './gateways/front.ts';
import { listenOn } from './gateways/server.ts';
import { systemClock } from './runtime/clock.ts';
import { createCallers } from './runtime/roles.ts';

const callers = createCallers();
const nowhere = { handle: async () => ({ status: 410, headers: {}, body: new Uint8Array() }) };
const engines = {
  dynamodb: createTableEngine({ clock: systemClock }),
  s3: createBucketEngine({ clock: systemClock, credentials: callers.find }),
  ses: createMailEngine({ clock: systemClock }),
  sqs: createQueueEngine({ clock: systemClock }),
  secretsmanager: createSecretsEngine({ clock: systemClock }),
  'execute-api': nowhere,
};
// In the cloud a bucket's CORS rules come from the stacks; here one bucket has rules, so that they can be tried.
engines.s3.createBucket('media', {
  cors: {
    CorsRules: [
      {
        AllowedOrigins: ['http://localhost:3000'],
        AllowedMethods: ['GET', 'POST', 'PUT'],
        AllowedHeaders: ['*'],
        ExposedHeaders: ['etag'],
      },
    ],
  },
});
const front = createFront(engines, callers, systemClock);
const server = engineServer(front, callers);
const port = await listenOn(server, Number(process.env.PORT ?? 8000)).catch((error: unknown) => {
  console.error(`the engines cannot start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
const { accessKeyId, secretAccessKey } = callers.owner;
console.log(`table, bucket, mail and secrets at http://127.0.0.1:${port}
AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey} AWS_REGION=us-east-1

  node ../shared/checks/dynamodb-probe.mjs http://127.0.0.1:${port}
  node ../shared/checks/s3-probe.mjs http://127.0.0.1:${port} ${accessKeyId} ${secretAccessKey}`);
