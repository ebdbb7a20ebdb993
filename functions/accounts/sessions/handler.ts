import { secretOf } from '../../../shared/adapters/secrets.ts';
import { codeKeysOf, deviceKeysOf } from '../../../shared/adapters/signing-key.ts';
import { deployable } from '../../../shared/core/deployable.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { jobFunction } from '../../../shared/events/job.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { judgeRequests } from './authorizer.ts';
import { contract, monthly } from './contract.ts';
import * as jobs from './jobs.ts';
import { sessionKeysOf } from './keys.ts';
import * as passkeys from './passkeys.ts';
import * as proofs from './proofs.ts';
import * as service from './service.ts';
import * as signUp from './sign-up.ts';

/** Put together by a call that can be left out: job and authorizer are in bundles of their own, without all this. */
const services = /* @__PURE__ */ Object.assign({}, service, signUp, passkeys, proofs);

export const http = /* @__PURE__ */ httpFunction(contract, services, {
  sessionKeys: sessionKeysOf,
  deviceKeys: deviceKeysOf,
  codeKeys: codeKeysOf,
});
export const job = /* @__PURE__ */ jobFunction(contract, jobs, {
  secrets: (platform: Platform) => monthly.map((name) => secretOf(platform, name)),
});
export const httpAuthorizer = /* @__PURE__ */ deployable(judgeRequests);
