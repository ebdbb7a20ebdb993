/** A function's log line for people: time, function, action, cost. An unusual line is shown unchanged. */
export function readable(functionId: string, line: string): string {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line);
  } catch {
    return `${functionId} ${line}`;
  }
  const { at, level, message, route, status, problem, ms, requests, error, requestId, _aws, ...more } = fields;
  const time = String(at ?? new Date().toISOString()).slice(11, 19);
  if (level === 'ERROR')
    return `${time} ${functionId} ERROR ${message} ${JSON.stringify(error ?? fields, null, 1).replaceAll('\\n', '\n')}`;
  const what = [route, status, problem, message === 'answered' ? '' : message].filter(Boolean).join(' ');
  // What a line is about, where no request tells it: of which provider, for what reason.
  const about = level === 'WARN' || more.reason ? ` ${JSON.stringify({ ...more, error })}` : '';
  const cost = requests ? `, ${requests} table request${requests === 1 ? '' : 's'}` : '';
  return `${time} ${functionId.padEnd(24)} ${what}${ms === undefined ? '' : ` (${ms} ms${cost})`}${problem && requestId ? ` ${requestId}` : ''}${about}`;
}
