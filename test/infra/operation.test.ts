/** The pages for operators say what is so: each alarm has its section, each test that is named runs a command. */
import { existsSync, readFileSync } from 'node:fs';
import { features } from '../../functions/features.ts';
import { allOf, templatesOf } from './templates.ts';

const page = (name: string) => readFileSync(`docs/${name}.md`, 'utf8');

test('the runbook has a section for each alarm of prod, and for no other', () => {
  const { service } = templatesOf(features, 'prod');
  const alarms = allOf(service, 'AWS::CloudWatch::Alarm').map(({ properties }) =>
    String(properties.AlarmName).replace('moim-prod-', ''),
  );
  const sections = [...page('runbook').matchAll(/^## ([a-z-]+)$/gm)].map(([, name]) => name);

  expect(alarms.length).toBeGreaterThan(10);
  expect(sections.toSorted()).toEqual(alarms.toSorted());
});

test('deployment: each block of commands says whether it was tried, and each test it names is there', () => {
  const text = page('deploy');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!);
  const [, ran = ''] = text.split('## Which test runs which command');
  const untried = blocks.filter((block) => !block.trimStart().startsWith('# on AWS'));
  const lines = untried.flatMap((block) =>
    block
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  );

  expect(blocks.length).toBeGreaterThan(untried.length);
  expect(lines.filter((line) => !ran.includes(line.replace(/ -c .*/, '')))).toEqual([]);
  expect([...ran.matchAll(/test\/[\w/.-]+\.ts/g)].map(([file]) => file).filter((file) => !existsSync(file))).toEqual(
    [],
  );
});
