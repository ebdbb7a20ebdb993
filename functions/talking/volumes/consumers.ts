import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { gatherCertification } from './gathering.ts';
import { forgetVolume } from './service.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ gatherCertification, forgetVolume });
