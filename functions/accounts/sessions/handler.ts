import { secretOf } from '../../../shared/adapters/secrets.ts';
import { deviceKeysOf } from '../../../shared/adapters/signing-key.ts';
import { deployable } from '../../../shared/core/deployable.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { jobFunction } from '../../../shared/events/job.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { judgeRequests } from './authorizer.ts';
import { contract, monthly } from './contract.ts';
import * as jobs from './jobs.ts';
import { sessionKeysOf } from './keys.ts';
import * as service from './service.ts';
import * as signUp from './sign-up.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { ...service, ...signUp },
  { sessionKeys: sessionKeysOf, deviceKeys: deviceKeysOf },
);
export const job = /* @__PURE__ */ jobFunction(contract, jobs, {
  secrets: (platform: Platform) => monthly.map((name) => secretOf(platform, name)),
});
export const httpAuthorizer = /* @__PURE__ */ deployable(judgeRequests);
