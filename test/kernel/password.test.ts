import { hashPassword, verifyPassword } from '../../shared/core/password.ts';

test('a password is known by its hash, another is not', async () => {
  const phc = await hashPassword('Correct-Horse-7');

  expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await verifyPassword('Correct-Horse-7', phc)).toBe(true);
  expect(await verifyPassword('correct-Horse-7', phc)).toBe(false);
  expect(await verifyPassword('', phc)).toBe(false);
});

test('two hashes of one password differ by their salt', async () => {
  const [first, second] = await Promise.all([hashPassword('Correct-Horse-7'), hashPassword('Correct-Horse-7')]);

  expect(first).not.toBe(second);
});

test('a hash made with other costs is judged by its own', async () => {
  const phc = await hashPassword('Correct-Horse-7');

  expect(await verifyPassword('Correct-Horse-7', phc.replace('t=2', 't=3'))).toBe(false);
  expect(await verifyPassword('Correct-Horse-7', phc.replace('m=19456', 'm=8192'))).toBe(false);
});

test.each(['Correct-Horse-7', '', 'a'])('nobody has the password %j where there is no account', async (password) => {
  expect(await verifyPassword(password, undefined)).toBe(false);
});

test.each(['', 'Correct-Horse-7', '$2b$10$abcdefghijklmnopqrstuv', '$argon2i$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA'])(
  'a stored hash %j that nobody wrote is an error, not a refusal',
  async (phc) => {
    await expect(verifyPassword('Correct-Horse-7', phc)).rejects.toThrow('the stored password hash is broken');
  },
);
