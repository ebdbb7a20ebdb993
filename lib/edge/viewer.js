// Runs at the edge for each request to the API (CloudFront Functions, cloudfront-js-2.0). It says from which address the
// request comes, and proves that it is the distribution that says so. Whoever sends these headers finds them overwritten.
// biome-ignore lint/style/useNodejsImportProtocol: CloudFront knows it by this name
import crypto from 'crypto';

const keys = EDGE_KEYS;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it
function handler(event) {
  const { request, viewer } = event;
  const proof = crypto.createHmac('sha256', keys.current).update(`viewer ${viewer.ip}`).digest('base64url');
  request.headers['x-moim-viewer'] = { value: viewer.ip };
  request.headers['x-moim-viewer-proof'] = { value: proof };
  return request;
}
