/** What `npm run test:changed` plays. */
import { testsOf } from '../support/imports.ts';

test('rules concern their own tests, and the tests of the features whose functions they run in', () => {
  const tests = testsOf(['functions/groups/invites/rules.ts']);

  expect(tests).toEqual(expect.arrayContaining(['test/groups/invites/invites.test.ts', 'test/sweeps/matrix.test.ts']));
  expect(tests.filter((file) => file.startsWith('test/talking/devices/'))).toEqual([]);
});

test('what all functions run concerns all features', () => {
  const features = new Set(testsOf(['shared/http/pipeline.ts']).map((file) => file.split('/').slice(0, 3).join('/')));

  expect([...features]).toEqual(
    expect.arrayContaining(['test/accounts/sessions', 'test/groups/plans', 'test/talking/devices']),
  );
});

test('a test concerns itself, and what only has the same name does not', () => {
  expect(testsOf(['test/rules/groups.test.ts'])).toEqual(['test/rules/groups.test.ts']);
  expect(testsOf(['README.md', 'functions/nowhere.ts'])).toEqual([]);
});
