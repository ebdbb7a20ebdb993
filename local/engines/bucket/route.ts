import type { EngineResponse } from '../engine.ts';
import { bucketArn, type Call, demand, emptyAnswer, xmlAnswer } from './call.ts';
import { S3Refusal } from './errors.ts';
import { abortUpload, completeUpload, createUpload, listParts, listUploads, uploadPart } from './multipart.ts';
import { getObject, listObjects } from './read-objects.ts';
import { copyObject, deleteObject, deleteObjects, putObject } from './write-objects.ts';
import { element, s3Namespace } from './xml.ts';

/** Query parameters that select another operation. All others only modify one. */
const subresources = new Set(
  (
    'accelerate acl analytics attributes cors delete encryption intelligent-tiering inventory legal-hold lifecycle ' +
    'location logging metrics notification object-lock ownershipControls policy policyStatus publicAccessBlock ' +
    'replication requestPayment restore retention select tagging torrent uploadId uploads versionId versioning ' +
    'versions website'
  ).split(' '),
);

function headBucket(call: Call): EngineResponse {
  demand(call, 's3:ListBucket', bucketArn(call.bucket.name));
  return emptyAnswer(200);
}

function bucketLocation(call: Call): EngineResponse {
  demand(call, 's3:GetBucketLocation', bucketArn(call.bucket.name));
  return xmlAnswer(element('LocationConstraint', '', s3Namespace));
}

type Operation = (call: Call) => EngineResponse;

const onBucket: Readonly<Record<string, Operation>> = {
  GET: listObjects,
  HEAD: headBucket,
  'GET location': bucketLocation,
  'GET uploads': listUploads,
  'POST delete': deleteObjects,
};

const onObject: Readonly<Record<string, Operation>> = {
  GET: (call) => getObject(call),
  HEAD: (call) => getObject(call, true),
  PUT: (call) => (call.headers['x-amz-copy-source'] ? copyObject(call) : putObject(call)),
  DELETE: deleteObject,
  'POST uploads': createUpload,
  'PUT uploadId': uploadPart,
  'POST uploadId': completeUpload,
  'DELETE uploadId': abortUpload,
  'GET uploadId': listParts,
};

/**
 * Runs the operation that method and query select.
 *
 * @throws S3Refusal NotImplemented for an unsupported operation
 */
export function runOperation(method: string, call: Call): EngineResponse {
  const asked = [...call.query.keys()].filter((name) => subresources.has(name));
  const name = [method, ...asked].join(' ');
  const operations = call.key ? onObject : onBucket;
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation) return operation(call);
  const on = call.key ? 'an object' : 'a bucket';
  throw new S3Refusal('NotImplemented', `The local bucket does not know ${name} on ${on}.`);
}
