import { randomUUID } from 'node:crypto';
import { element, xmlDocument } from '../bucket/xml.ts';
import type { EngineResponse } from '../engine.ts';

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

export type SesErrorCode =
  | 'AccessDenied'
  | 'ConfigurationSetDoesNotExist'
  | 'InvalidAction'
  | 'InvalidParameterValue'
  | 'MessageRejected'
  | 'ServiceUnavailable'
  | 'Throttling';

/** A request that SES would refuse. */
export class SesRefusal extends Error {
  readonly code: SesErrorCode;

  constructor(code: SesErrorCode, message: string) {
    super(message);
    this.name = code;
    this.code = code;
  }
}

const answer = (status: number, root: Parameters<typeof xmlDocument>[0]): EngineResponse => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: Buffer.from(xmlDocument(root)),
});

/** The answer to an accepted send. */
export function sentAnswer(action: string, messageId: string): EngineResponse {
  const result = element(`${action}Result`, [element('MessageId', messageId)]);
  const metadata = element('ResponseMetadata', [element('RequestId', randomUUID())]);
  return answer(200, element(`${action}Response`, [result, metadata], namespace));
}

/** The answer to a refused send. */
export function refusalAnswer(refusal: SesRefusal): EngineResponse {
  const content = [element('Type', 'Sender'), element('Code', refusal.code), element('Message', refusal.message)];
  const root = element('ErrorResponse', [element('Error', content), element('RequestId', randomUUID())], namespace);
  return answer(refusal.code === 'AccessDenied' ? 403 : 400, root);
}
