import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import { editVolume, getVolume, listVolumes } from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, { listVolumes, getVolume, editVolume });
