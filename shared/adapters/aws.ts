import type { Environment, Platform } from '../core/platform.ts';

/** The name of each service that moim calls, as the standard endpoint variables of the SDKs have it. */
type Service = 'DYNAMODB' | 'S3' | 'SES' | 'SQS' | 'SECRETS_MANAGER' | 'APIGATEWAYMANAGEMENTAPI';

/**
 * Milliseconds after which a connection or a call has failed. The SDK tries three times, and a function has 25 s in
 * all.
 */
const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000 };

/**
 * The settings of every SDK client. Region and credentials are Lambda's own variables. They are passed explicitly for
 * two reasons: in the local cloud each function has its own, and the SDK's search for others would cost start-up time.
 */
export function clientConfig(platform: Platform, service: Service) {
  const { environment } = platform;
  const endpoint = environment[`AWS_ENDPOINT_URL_${service}`];
  const sessionToken = environment.AWS_SESSION_TOKEN;
  return {
    region: required(environment, 'AWS_REGION'),
    credentials: {
      accessKeyId: required(environment, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: required(environment, 'AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken ? { sessionToken } : {}),
    },
    maxAttempts: 3,
    requestHandler: (platform.requestHandler ?? timeouts) as typeof timeouts,
    ...(endpoint ? { endpoint } : {}),
  };
}

/**
 * A variable that the stack must have set.
 *
 * @throws Error if it is not set
 */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (!value)
    throw new Error(
      `the environment variable ${name} is not set: name the right that needs it in the function's contract`,
    );
  return value;
}

/** Milliseconds that the platform's clock is ahead of the system's: 0 on AWS. */
export const clockOffset = (platform: Platform) => (platform.now === Date.now ? 0 : platform.now() - Date.now());

/** Lets a client sign with the platform's clock if that differs from the system's. */
export function inTime<Client extends { readonly config: { systemClockOffset: number } }>(
  client: Client,
  platform: Platform,
): Client {
  if (platform.now !== Date.now)
    Object.defineProperty(client.config, 'systemClockOffset', { get: () => clockOffset(platform), set: () => {} });
  return client;
}
