// Runs at the edge for each request to `/media/*` (CloudFront Functions, cloudfront-js-2.0). An address is good until its
// end `e` if it carries the signature `s` (shared/adapters/media.ts). Neither is part of the cache's key.
// biome-ignore lint/style/useNodejsImportProtocol: CloudFront knows it by this name
import crypto from 'crypto';

const keys = EDGE_KEYS;
// CloudFront may add nothing to what a function answers by itself.
const refused = {
  statusCode: 403,
  statusDescription: 'Forbidden',
  headers: {
    'cache-control': { value: 'no-store' },
    'content-security-policy': {
      value: "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    },
    'referrer-policy': { value: 'no-referrer' },
    'strict-transport-security': { value: 'max-age=63072000; includeSubDomains' },
    'x-content-type-options': { value: 'nosniff' },
  },
};

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it
function handler(event) {
  const { request } = event;
  const { e: end, s: signature } = request.querystring;
  if (!end || !signature || !(Number(end.value) * 1000 > Date.now())) return refused;
  const key = request.uri.slice('/media/'.length);
  const isSigned = (name) =>
    crypto.createHmac('sha256', keys[name]).update(`media ${end.value} ${key}`).digest('base64url') === signature.value;
  if (!Object.keys(keys).some(isSigned)) return refused;
  request.uri = `/${key}`;
  request.querystring = {};
  return request;
}
