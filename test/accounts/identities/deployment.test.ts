import { features } from '../../../functions/features.ts';
import { functionsIn, templatesOf } from '../../infra/templates.ts';

const redirectsOf = (stage: 'dev' | 'prod') => {
  const functions = [...functionsIn(templatesOf(features, stage).service)];
  const told = functions.filter(([, { variables }]) => variables.ALLOWED_REDIRECTS !== undefined);
  expect(told.map(([id]) => id)).toEqual(['identities-http']);
  return String(told[0]![1].variables.ALLOWED_REDIRECTS).split(',');
};

test('row 7: a deployment has providers lead back to its own pages and apps', () => {
  expect(redirectsOf('prod')).toEqual(['https://moim.example/social-sign-in', 'moim://social-sign-in']);
  const dev = redirectsOf('dev');
  const loopback = dev.filter((redirect) => /^http:\/\/(localhost|127\.0\.0\.1):\d+\/social-sign-in$/.test(redirect));
  // On dev also to pages on a laptop, and to nothing else.
  expect(dev).toEqual(['https://dev.moim.example/social-sign-in', ...loopback, 'moim-dev://social-sign-in']);
  expect(loopback).toEqual(
    expect.arrayContaining(['http://localhost:3000/social-sign-in', 'http://127.0.0.1:5173/social-sign-in']),
  );
});

test('row 7: each of them is written as it goes to the provider with the code', () => {
  for (const redirect of [...redirectsOf('dev'), ...redirectsOf('prod')]) expect(new URL(redirect).href).toBe(redirect);
});
