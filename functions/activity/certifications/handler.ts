import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { uploadKeysOf } from '../../../shared/adapters/signing-key.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as deciding from './deciding.ts';
import * as service from './service.ts';
import { skipMission } from './skipping.ts';
import { submitCertification } from './submitting.ts';
import * as wall from './wall.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { ...service, ...deciding, submitCertification, skipMission, ...wall },
  { bucket: bucketOf, uploadKeys: uploadKeysOf },
);
