import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as deciding from './deciding.ts';
import * as lists from './lists.ts';
import * as planning from './planning.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { ...service, ...planning, ...lists, ...deciding },
  { bucket: bucketOf },
);
