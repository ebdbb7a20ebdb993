import type { Environment, Platform } from '../core/platform.ts';

/** How the standard endpoint variable of the SDKs names each service that moim calls. */
type Service = 'DYNAMODB' | 'S3' | 'SES' | 'SQS' | 'SECRETS_MANAGER' | 'APIGATEWAYMANAGEMENTAPI';

/** Milliseconds: a call that takes longer has failed. The SDK tries three times; 25 s is all a function has. */
const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000 };

/**
 * What every SDK client is made with. Region and credentials are Lambda's own variables; they are handed over because in
 * the local cloud each function has its own, and because the SDK's search for others would only cost start-up time.
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

/** A variable that the stack must have set. */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/** Milliseconds that the platform's clock is ahead of the system's: none on AWS. */
export const clockOffset = (platform: Platform) => (platform.now === Date.now ? 0 : platform.now() - Date.now());

/** Lets a client sign with the platform's clock where that is not the system's. */
export function inTime<Client extends { readonly config: { systemClockOffset: number } }>(
  client: Client,
  platform: Platform,
): Client {
  if (platform.now !== Date.now)
    Object.defineProperty(client.config, 'systemClockOffset', { get: () => clockOffset(platform), set: () => {} });
  return client;
}
