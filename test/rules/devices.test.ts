import { createECDH } from 'node:crypto';
import fc from 'fast-check';
import { deviceIdOf, isPublicKey } from '../../functions/talking/devices/rules.ts';
import { isId } from '../../shared/core/ids.ts';
import { outcomeOf, pushServiceOf } from '../../shared/product/push-service.ts';

test('a device’s id is a UUID, the same for the same address and another for any other', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const ids = [
        deviceIdOf({ kind: 'WEB', endpoint: one }),
        deviceIdOf({ kind: 'FCM', token: one }),
        deviceIdOf({ kind: 'FCM', token: other }),
      ];

      expect(ids.every(isId)).toBe(true);
      expect(ids.map((id) => id[14])).toEqual(['8', '8', '8']);
      expect(ids[0]).toBe(deviceIdOf({ kind: 'WEB', endpoint: one }));
      expect(ids[0]).not.toBe(ids[1]);
      expect(ids[1] === ids[2]).toBe(one === other);
    }),
  );
});

test('a public key is a point on the curve, uncompressed', () => {
  const curve = createECDH('prime256v1');
  const key = curve.generateKeys();
  const text = key.toString('base64url');

  expect([text, `${text}=`].map(isPublicKey)).toEqual([true, true]);
  expect(
    [
      '',
      'x',
      text.slice(0, -2),
      curve.getPublicKey('base64url', 'compressed'),
      Buffer.concat([Buffer.from([6]), key.subarray(1)]).toString('base64url'),
      Buffer.alloc(65, 4).toString('base64url'),
      Buffer.alloc(65).toString('base64url'),
    ].map(isPublicKey),
  ).toEqual(Array(7).fill(false));
});

test('a service is named by whom it belongs to, so that its many hosts share one circuit', () => {
  expect(
    [
      'https://fcm.googleapis.com/fcm/send/x',
      'https://updates.push.services.mozilla.com/wpush/v2/x',
      'https://wns2-par02p.notify.windows.com/w/?token=x',
      'https://db5p.notify.windows.com/w/?token=x',
      'https://web.push.apple.com/x',
    ].map((endpoint) => pushServiceOf(endpoint)),
  ).toEqual(['googleapis.com', 'mozilla.com', 'windows.com', 'windows.com', 'apple.com']);
});

test('further origins are the operator’s; in the clear only on the same machine', () => {
  const origins = ['https://push.example.com', 'http://push.example.com', 'http://127.0.0.1:4321', 'http://localhost'];
  const of = (endpoint: string) => pushServiceOf(endpoint, origins);

  expect(['https://push.example.com/x', 'http://127.0.0.1:4321/x', 'http://localhost/x'].map(of)).toEqual([
    'https://push.example.com',
    'http://127.0.0.1:4321',
    'http://localhost',
  ]);
  expect(
    [
      'http://push.example.com/x',
      'https://push.example.com:444/x',
      'https://me@push.example.com/x',
      'https://:secret@push.example.com/x',
      'http://127.0.0.1:4322/x',
      'https://127.0.0.1:4321/x',
      'nothing',
    ].map(of),
  ).toEqual(Array(7).fill(undefined));
});

test('no endpoint leads anywhere but to a known service, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      expect(pushServiceOf(url)).toBeUndefined();
    }),
  );
});

test('what an answer means', () => {
  expect([200, 201, 202, 204].map(outcomeOf)).toEqual(Array(4).fill('SENT'));
  expect([429, 500, 502, 503, 504].map(outcomeOf)).toEqual(Array(5).fill('AGAIN'));
  expect([0, 301, 307, 400, 401, 403, 413].map(outcomeOf)).toEqual(Array(7).fill('REFUSED'));
});
