import type { Moim } from './moim.ts';

/** What a function gets from its platform when it starts: for code of functions that a test runs itself. */
export const platformOf = (moim: Moim, functionId: string) => ({
  environment: {
    ...moim.functions.find(({ id }) => id === functionId)!.environment,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: moim.owner.accessKeyId,
    AWS_SECRET_ACCESS_KEY: moim.owner.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: moim.awsUrl,
    AWS_ENDPOINT_URL_S3: moim.awsUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: moim.awsUrl,
  },
  now: moim.clock.now,
  write: () => {},
});
