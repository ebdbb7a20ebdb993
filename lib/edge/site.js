// Runs at the edge for each request to the site (CloudFront Functions, cloudfront-js-2.0). A path without a dot is a screen
// of the client, and all screens are in `index.html`. A file that does not exist stays an error.

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it
function handler(event) {
  const { request } = event;
  if (!request.uri.slice(request.uri.lastIndexOf('/')).includes('.')) request.uri = '/index.html';
  return request;
}
