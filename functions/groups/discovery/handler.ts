import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import { likeGroup, listLikes, unlikeGroup } from './likes.ts';
import { listGroups } from './service.ts';
import * as viewer from './viewer.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { listGroups, likeGroup, unlikeGroup, listLikes, ...viewer },
  { bucket: bucketOf },
);
