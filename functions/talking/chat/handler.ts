import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { uploadKeysOf } from '../../../shared/adapters/signing-key.ts';
import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { socketFunction } from '../../../shared/socket/pipeline.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';
import { services } from './socket.ts';

const adapters = { sockets: socketsOf, bucket: bucketOf, uploadKeys: uploadKeysOf };

export const http = /* @__PURE__ */ httpFunction(contract, service, adapters);
export const socket = /* @__PURE__ */ socketFunction(contract, services, adapters);
