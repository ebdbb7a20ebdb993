import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';
import * as striking from './striking.ts';

export const http = /* @__PURE__ */ httpFunction(contract, { ...service, ...striking }, { bucket: bucketOf });
