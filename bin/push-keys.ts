/**
 * Makes the keys for Web Push and prints what goes into the secret `PushKeys` (docs/push.md). With Google's file of a
 * service account, it also holds what FCM needs.
 *
 * `npm run --silent push:keys -- mailto:ops@example.com [service-account.json] > push-keys.json`
 */
import { createECDH } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { configOf } from '../functions/talking/devices/push-keys.ts';

const [subject = '', file] = process.argv.slice(2);
const fcm = file === undefined ? {} : { fcm: JSON.parse(readFileSync(file, 'utf8')) };
const pair = createECDH('prime256v1');
const publicKey = pair.generateKeys('base64url');
// A number of 32 bytes; leading zeros belong to it.
const privateKey = Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url');
const text = JSON.stringify({ vapid: { publicKey, privateKey, subject }, ...fcm }, undefined, 2);

const wrong: string[] = [];
configOf(text, (part) => wrong.push(part));
if (wrong.includes('vapid'))
  console.error('say how push services reach you: mailto:ops@example.com or an https: address');
if (wrong.includes('fcm')) console.error(`${file} is not a service account's file`);
if (wrong.length > 0) process.exitCode = 1;
else console.log(text);
