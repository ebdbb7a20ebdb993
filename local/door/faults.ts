/** Faults that a check asks for: a request to an engine that fails, or the power that goes with it. */
import { randomUUID } from 'node:crypto';
import { element, xmlDocument } from '../engines/bucket/xml.ts';
import type { Engine, EngineRequest, EngineResponse } from '../engines/engine.ts';
import { refusalAnswer, SesRefusal } from '../engines/mail/ses-answers.ts';
import type { FaultKind, Faults } from '../engines/table/faults.ts';
import { type Aim, aimedOf, createCount, type EngineName } from './aims.ts';

/** The request fails without being carried out, except by `timeoutAfter`: then it is, and the connection breaks. */
const everywhere = ['throttle', 'error500', 'timeoutBefore', 'timeoutAfter'] as const;

/** What each engine can be told to do wrong. */
export const faultKinds: Readonly<Record<EngineName, readonly string[]>> = {
  table: [...everywhere, 'conflict', 'cancelled', 'stale'],
  bucket: everywhere,
  mail: [...everywhere, 'reject'],
  secrets: everywhere,
};

/** The process ends before the request has reached the engine, or after the engine has carried it out. */
export const powerKinds = { before: 'powerBefore', after: 'powerAfter' } as const;

export interface Fault extends Aim {
  readonly kind: string;
}

export interface ArmedFault extends Fault {
  readonly id: string;
  /** Requests so far that it was meant for. */
  readonly seen: number;
  readonly struck: number;
}

export interface DoorFaults {
  add(fault: Fault): ArmedFault;
  list(): readonly ArmedFault[];
  clear(): void;
  /** The engine with the faults before and behind it. */
  around(name: EngineName, engine: Engine): Engine;
}

interface Armed {
  readonly id: string;
  readonly fault: Fault;
  readonly count: ReturnType<typeof createCount>;
}

/** As SIGKILL from outside: no handler runs and nothing is flushed. */
const cutPower = () => process.kill(process.pid, 'SIGKILL');

/** @param table the faults that the table engine itself knows */
export function createDoorFaults(table: Faults): DoorFaults {
  const armed = new Set<Armed>();
  const shown = ({ id, fault, count }: Armed): ArmedFault => ({ id, ...fault, ...count.counted });
  const isTables = ({ engine, kind }: Fault) => engine === 'table' && !isPower(kind);

  return {
    add(fault) {
      const entry = { id: randomUUID(), fault, count: createCount(fault) };
      armed.add(entry);
      const { kind, operation } = fault;
      if (isTables(fault))
        table.add({
          kind: kind as FaultKind,
          times: Number.POSITIVE_INFINITY,
          ...(operation ? { operation } : {}),
          match: (body) => entry.count.strikes({ operation: operation ?? '', text: JSON.stringify(body) }),
        });
      return shown(entry);
    },
    list: () => [...armed].map(shown),
    clear() {
      armed.clear();
      table.clear();
    },
    around: (name, engine) => ({
      async handle(request, caller) {
        const mine = [...armed].filter(({ fault }) => fault.engine === name && !isTables(fault));
        if (mine.length === 0 || request.method === 'OPTIONS') return engine.handle(request, caller);
        const aimed = aimedOf(name, request);
        const kind = aimed && mine.find(({ count }) => count.strikes(aimed))?.fault.kind;
        if (kind === powerKinds.before) cutPower();
        if (kind === 'timeoutBefore') throw brokenConnection();
        const refused = kind && refusal(name, kind, request);
        if (refused) return refused;
        const answer = await engine.handle(request, caller);
        if (kind === powerKinds.after) cutPower();
        if (kind === 'timeoutAfter') throw brokenConnection();
        return answer;
      },
    }),
  };
}

const isPower = (kind: string) => kind === powerKinds.before || kind === powerKinds.after;

const brokenConnection = () => Object.assign(new Error('read ECONNRESET (fault)'), { code: 'ECONNRESET' });

/** How each service says that it is too much, or that it failed; undefined for the kinds that are no answer. */
function refusal(name: EngineName, kind: string, { method }: EngineRequest): EngineResponse | undefined {
  if (kind === 'reject') return refusalAnswer(new SesRefusal('MessageRejected', 'A check asked for this refusal.'));
  if (kind !== 'throttle' && kind !== 'error500') return undefined;
  const slow = kind === 'throttle';
  if (name === 'mail' && slow) return refusalAnswer(new SesRefusal('Throttling', 'Maximum sending rate exceeded.'));
  if (name === 'secrets') return json(slow ? 400 : 500, slow ? 'ThrottlingException' : 'InternalServiceError');
  const content = (code: string) => [element('Code', code), element('Message', 'A check asked for this failure.')];
  if (name === 'mail') return xml(500, element('ErrorResponse', [element('Error', content('InternalFailure'))]));
  const answer = xml(slow ? 503 : 500, element('Error', content(slow ? 'SlowDown' : 'InternalError')));
  return method === 'HEAD' ? { ...answer, body: new Uint8Array() } : answer;
}

const json = (status: number, type: string): EngineResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': type },
  body: Buffer.from(JSON.stringify({ __type: type, Message: 'A check asked for this failure.' })),
});

const xml = (status: number, root: Parameters<typeof xmlDocument>[0]): EngineResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(xmlDocument(root)),
});
