import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as discipline from './discipline.ts';
import * as leading from './leading.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { ...service, ...leading, ...discipline },
  { bucket: bucketOf },
);
