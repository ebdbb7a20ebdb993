import { signingKeysOf } from '../../../shared/adapters/signing-key.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import { providers } from './providers.ts';
import * as service from './service.ts';
import { socialOf } from './social.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service, {
  signingKeys: signingKeysOf,
  social: (platform: Platform) => socialOf(platform, providers),
});
