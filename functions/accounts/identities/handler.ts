import { deviceKeysOf } from '../../../shared/adapters/signing-key.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { sessionKeysOf } from '../sessions/keys.ts';
import { contract } from './contract.ts';
import { providers } from './providers.ts';
import * as service from './service.ts';
import { socialOf } from './social.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service, {
  sessionKeys: sessionKeysOf,
  deviceKeys: deviceKeysOf,
  social: (platform: Platform) => socialOf(platform, providers),
});
