import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as edit from './edit.ts';
import * as service from './service.ts';
import { getMissionStatus } from './status.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { ...service, ...edit, getMissionStatus },
  { bucket: bucketOf },
);
