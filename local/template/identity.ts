/** What AWS makes up when it creates a resource, made up here so that it is the same at each start: names, ids, ARNs. */
import { createHash } from 'node:crypto';
import type { Resource } from './assembly.ts';

export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** A resource as CloudFormation sees it once it is there: what `Ref` and `Fn::GetAtt` give. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Ids look like API Gateway's: ten small letters and digits. */
const shortId = (text: string) =>
  BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 24)}`)
    .toString(36)
    .slice(0, 10);

interface Made {
  readonly stack: string;
  readonly logicalId: string;
  readonly place: Place;
  /** A property whose value is text, already resolved. */
  text(property: string): string | undefined;
  /** What a property that holds a reference points to. */
  ref(property: string): Identity;
}

const arn = (service: string, { region, accountId }: Place, rest: string) =>
  `arn:aws:${service}:${region}:${accountId}:${rest}`;
const named = (made: Made, property: string) => made.text(property) ?? `${made.stack}-${made.logicalId}`;
const withArn = (ref: string, arnText: string, more: Record<string, string> = {}): Identity => ({
  ref,
  attributes: { Arn: arnText, ...more },
});
const byId = (made: Made): Identity => ({ ref: shortId(`${made.stack}/${made.logicalId}`), attributes: {} });

/** The last part of a stream's ARN is the time it was made; grants and sources only need it to be one and the same. */
const streamLabel = '2026-01-01T00:00:00.000';

const makers: Readonly<Record<string, (made: Made) => Identity>> = {
  'AWS::Lambda::Function': (made) => {
    const name = named(made, 'FunctionName');
    return withArn(name, arn('lambda', made.place, `function:${name}`));
  },
  'AWS::Lambda::Version': (made) => {
    const { attributes } = made.ref('FunctionName');
    return { ref: `${attributes.Arn}:1`, attributes: { Version: '1', FunctionArn: attributes.Arn ?? '' } };
  },
  'AWS::Lambda::Alias': (made) => {
    const alias = `${made.ref('FunctionName').attributes.Arn}:${made.text('Name')}`;
    return { ref: alias, attributes: { AliasArn: alias } };
  },
  'AWS::IAM::Role': (made) => {
    const name = named(made, 'RoleName');
    return withArn(name, `arn:aws:iam::${made.place.accountId}:role/${name}`, { RoleId: name });
  },
  'AWS::DynamoDB::Table': (made) => {
    const name = named(made, 'TableName');
    const table = arn('dynamodb', made.place, `table/${name}`);
    return withArn(name, table, { StreamArn: `${table}/stream/${streamLabel}` });
  },
  'AWS::S3::Bucket': (made) => {
    const name = named(made, 'BucketName').toLowerCase();
    return withArn(name, `arn:aws:s3:::${name}`);
  },
  'AWS::SecretsManager::Secret': (made) => {
    const secret = arn('secretsmanager', made.place, `secret:${named(made, 'Name')}`);
    return { ref: secret, attributes: { Id: secret } };
  },
  'AWS::SES::EmailIdentity': (made) => {
    const name = made.text('EmailIdentity') ?? '';
    return withArn(name, arn('ses', made.place, `identity/${name}`), { EmailIdentityArn: arn('ses', made.place, `identity/${name}`) });
  },
  'AWS::SQS::Queue': (made) => {
    const name = named(made, 'QueueName');
    const url = `https://sqs.${made.place.region}.amazonaws.com/${made.place.accountId}/${name}`;
    return withArn(url, arn('sqs', made.place, name), { QueueName: name, QueueUrl: url });
  },
  'AWS::SNS::Topic': (made) => {
    const topic = arn('sns', made.place, named(made, 'TopicName'));
    return { ref: topic, attributes: { TopicArn: topic, TopicName: named(made, 'TopicName') } };
  },
  'AWS::Logs::LogGroup': (made) => {
    const name = named(made, 'LogGroupName');
    return withArn(name, arn('logs', made.place, `log-group:${name}:*`));
  },
  'AWS::Scheduler::Schedule': (made) => {
    const name = named(made, 'Name');
    return withArn(name, arn('scheduler', made.place, `schedule/default/${name}`));
  },
  'AWS::ApiGatewayV2::Stage': (made) => ({ ref: made.text('StageName') ?? '', attributes: {} }),
  'AWS::ApiGatewayV2::Api': (made) => {
    const { ref } = byId(made);
    const scheme = made.text('ProtocolType') === 'WEBSOCKET' ? 'wss' : 'https';
    const endpoint = `${scheme}://${ref}.execute-api.${made.place.region}.amazonaws.com`;
    return { ref, attributes: { ApiId: ref, ApiEndpoint: endpoint } };
  },
  'AWS::ApiGatewayV2::Authorizer': (made) => ({ ...byId(made), attributes: { AuthorizerId: byId(made).ref } }),
};

/** Whatever has no maker has an id, and no attributes: asking for one fails. */
export function identityOf(resource: Resource, made: Made): Identity {
  return (makers[resource.Type] ?? byId)(made);
}
