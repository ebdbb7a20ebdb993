import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import { SignJWT } from 'jose';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { movableClock } from '../local/clock.ts';

it('loads', async () => {
  expect(middy).toBeInstanceOf(Function);
  expect(SignJWT).toBeDefined();
  const c = movableClock(0);
  await c.advance(5);
  expect(c.now()).toBe(5);
  expect(Temporal.Now.instant()).toBeDefined();
  expect(z.object).toBeDefined();
  expect(DynamoDBDocumentClient).toBeDefined();
});
