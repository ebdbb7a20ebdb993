import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import { listPostReaders } from './reading.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, { ...service, listPostReaders }, { bucket: bucketOf });
