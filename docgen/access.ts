import { type Power, powers, type Role, roles } from '../shared/access/powers.ts';
import { limits } from '../shared/product/limits.ts';

/** `docs/access.md`: what each role may do in a group, from `powers.ts`. */
export function accessPage(): string {
  const rows = (Object.entries(powers) as [Power, (typeof powers)[Power]][]).map(([name, power]) => {
    const { about, who, admins } = power as { about: string; who: readonly Role[]; admins?: true };
    const cells = [...roles.map((role) => who.includes(role)), admins === true].map((may) => (may ? 'yes' : ''));
    return `| \`${name}\` | ${about} | ${cells.join(' | ')} |`;
  });
  return `# Who may do what in a group

\`npm run docs\` generates this page from \`shared/access/powers.ts\`. Do not edit it.

Every group has one leader, up to ${limits.managers} managers, and members. Every member may do everything that no power below names.
Forbidden and missing things have the same answer: 404 \`NOT_FOUND\`. Each request reads the role from the table, and the
transaction that uses the role checks it again. So a power that was taken away is gone at once. Nobody decides about
themselves (\`OWN_DECISION\`). \`test/sweeps/matrix.test.ts\` tries every guarded route below a group with every relation that
a person can have to the group.

A club gates what its members may do: a person whose application to it waits gets 403 \`MEMBERSHIP_PENDING\` there, and 404 where
a power is needed.

| power | allows to | ${roles.map((role) => role.toLowerCase()).join(' | ')} | administrator |
|---|---|${roles.map(() => '---|').join('')}---|
${rows.join('\n')}

Administrators of the deployment have the powers of the last column in every group, whether they are in it or not. Everything
else that only members may see or do is closed to them, as it is to everybody outside the group.

If a leader withdraws from moim, the manager who has been in the group longest becomes the leader; without managers, the
member who has been in it longest. In an open room the first who joined becomes the leader, whatever their role. Members may
ask for the same if the leader has not been signed in for ${limits.silence.askDays} days. After
${limits.silence.warnDays} days moim warns the leader by mail, and ${limits.silence.graceDays} days later it appoints the
next leader by itself.
`;
}
