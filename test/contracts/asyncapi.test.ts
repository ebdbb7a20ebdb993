import { asyncapiDocument } from '../../docgen/asyncapi.ts';
import { type JsonObject, resolve } from '../../docgen/json.ts';
import { features } from '../../functions/features.ts';
import type { Feature } from '../../shared/core/contract.ts';
import { bells } from './fixture.ts';
import { compilerOf, refsIn, schemasIn } from './reading.ts';

const messagesOf = (document: JsonObject) =>
  (document.channels as { socket: { messages: Record<string, { payload: object }> } }).socket.messages;

describe.each<[string, readonly Feature[]]>([
  ['the product', features],
  ['a feature that uses everything', [bells]],
])('the AsyncAPI document of %s', (_, list) => {
  const document = asyncapiDocument(list);

  it('has every action and every server event, and what is said to anything else', () => {
    const actions = list.flatMap((feature) => Object.values(feature.actions).map(({ name }) => name));
    const events = list.flatMap((feature) => Object.values(feature.events).map(({ name }) => `${name}.event`));

    expect(Object.keys(document.operations as object).sort()).toEqual(
      [...actions, ...events, 'refused', 'gateway'].sort(),
    );
    expect(Object.keys(messagesOf(document)).sort()).toEqual(
      [
        ...actions.flatMap((name) => [name, `${name}.reply`, `${name}.refused`]),
        ...events,
        'refused',
        'gateway',
      ].sort(),
    );
  });

  it('has only references that lead somewhere', () => {
    expect(refsIn(document).filter((ref) => resolve(document, ref) === undefined)).toEqual([]);
  });

  it('has only payloads that a JSON Schema validator accepts in strict mode', () => {
    const compile = compilerOf(document);

    for (const schema of schemasIn(document)) {
      expect(() => compile(schema)).not.toThrow();
    }
  });
});

describe('the AsyncAPI document', () => {
  const document = asyncapiDocument([bells]);
  const compile = compilerOf(document);
  const fits = (message: string, value: unknown) => {
    const { payload } = messagesOf(document)[message]!;
    return compile(payload)(value);
  };
  const bellId = '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90';

  it('describes messages as they go over the wire', () => {
    expect(fits('bell.strike', { id: 1, action: 'bell.strike', data: { bellId } })).toBe(true);
    expect(fits('bell.strike', { id: 1, action: 'bell.strike' })).toBe(false);
    expect(fits('bell.strike.reply', { id: 1, ok: true, data: { heard: 2 } })).toBe(true);
    expect(fits('bell.strike.reply', { id: 1, ok: false, data: { heard: 2 } })).toBe(false);
    expect(fits('bell.rang.event', { event: 'bell.rang', data: { bellId } })).toBe(true);
  });

  it('names the problems that an action may be refused with', () => {
    const refusal = (code: string) => ({
      id: 'a',
      ok: false,
      problem: { type: `urn:moim:problem:${code}`, title: 'x', status: 404, code, requestId: 'r' },
    });

    expect(fits('bell.strike.refused', refusal('NOT_FOUND'))).toBe(true);
    expect(fits('bell.strike.refused', refusal('GROUP_FULL'))).toBe(false);
  });

  it('says where the ticket comes from', () => {
    expect((document.info as { description: string }).description).toContain('`POST /v1/bells`');
  });
});
