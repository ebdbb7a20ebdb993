import { join } from 'node:path';
import type { Clock } from '../../shared/core/clock.ts';
import type { Told } from '../runtime/events.ts';
import { ofType, type Resource } from '../runtime/template.ts';
import type { BucketCredentials } from './bucket/authenticate.ts';
import { type BucketEngine, createBucketEngine } from './bucket/bucket-engine.ts';
import { createMailEngine, type MailEngine } from './mail/mail-engine.ts';
import { createQueueEngine, type QueueEngine } from './queue/queue-engine.ts';
import { createSecretsEngine, type SecretsEngine } from './secrets/secrets-engine.ts';
import { createTableEngine, type TableEngine } from './table/engine.ts';

interface EnginesOptions {
  readonly clock: Clock;
  /** The folder for data that survives a restart; without it, data is in memory. */
  readonly dataFolder: string | undefined;
  readonly credentials: (accessKeyId: string) => BucketCredentials | undefined;
  /** Receives the events that the mail engine sends to the event bus. */
  readonly publish: (told: Told) => void;
}

interface CloudEngines {
  readonly table: TableEngine;
  readonly bucket: BucketEngine;
  readonly mail: MailEngine;
  readonly secrets: SecretsEngine;
  readonly queues: QueueEngine;
}

/** The engines with the tables, buckets, queues, secrets and mail identities of the stacks. */
export function createEngines(
  resources: readonly Resource[],
  { clock, dataFolder, credentials, publish }: EnginesOptions,
): CloudEngines {
  const file = (name: string) => (dataFolder ? { file: join(dataFolder, name) } : {});
  const folder = (name: string) => (dataFolder ? { folder: join(dataFolder, name) } : {});
  const table = createTableEngine({ clock, ...file('table.sqlite') });
  const bucket = createBucketEngine({ clock, credentials, ...folder('bucket') });
  const mail = createMailEngine({ clock, publish, ...folder('mail') });
  const secrets = createSecretsEngine({ clock, ...file('secrets.json') });
  const queues = createQueueEngine({ clock, ...file('queues.sqlite') });
  for (const { id, properties } of ofType(resources, 'AWS::SQS::Queue')) queues.createQueue(id, properties);
  for (const { id, properties } of ofType(resources, 'AWS::DynamoDB::Table'))
    table.createTable({ ...properties, TableName: id });
  for (const { id, properties } of ofType(resources, 'AWS::S3::Bucket'))
    bucket.createBucket(id.toLowerCase(), {
      cors: properties.CorsConfiguration,
      lifecycle: properties.LifecycleConfiguration,
    });
  for (const { id, properties } of ofType(resources, 'AWS::SecretsManager::Secret'))
    secrets.createSecret(id, { generate: properties.GenerateSecretString ?? {} });
  for (const { properties } of ofType(resources, 'AWS::SES::EmailIdentity'))
    mail.verifyIdentity(properties.EmailIdentity);
  const reports = ofType(resources, 'AWS::SES::ConfigurationSetEventDestination').map(({ properties }) => properties);
  for (const { properties } of ofType(resources, 'AWS::SES::ConfigurationSet'))
    mail.createConfigurationSet(
      properties.Name,
      reports
        .filter(({ ConfigurationSetName: name, EventDestination: { Enabled } }) => name === properties.Name && Enabled)
        .filter(({ EventDestination: { EventBridgeDestination } }) => EventBridgeDestination)
        .flatMap(({ EventDestination: { MatchingEventTypes } }) => MatchingEventTypes),
    );
  return { table, bucket, mail, secrets, queues };
}
