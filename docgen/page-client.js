/* What the page does in a browser. It is readable without. */
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const made = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
const box = one('input[type=search]');
const found = one('header output');
const contents = one('nav details');
const small = () => innerWidth <= 896;
root.classList.add('js');

/* What readers set. It is kept in the tab alone. */
const kept = { lang: 'curl', values: {} };
try {
  Object.assign(kept, JSON.parse(sessionStorage.getItem('moim-docs') ?? '{}'));
} catch {}
const keep = () => {
  try {
    sessionStorage.setItem('moim-docs', JSON.stringify(kept));
  } catch {}
};
const holes = Map.groupBy(all('[data-v]'), (hole) => hole.dataset.v);
const defaults = new Map([...holes].map(([name, [first]]) => [name, first.textContent]));
if (root.dataset.api) defaults.set('base', root.dataset.api);
const valued = (name) => kept.values[name] || defaults.get(name);
const isDefault = (name) => !kept.values[name];

function fill(name) {
  for (const hole of holes.get(name) ?? []) {
    hole.textContent = valued(name);
    hole.classList.toggle('set', !isDefault(name));
  }
}
function set(name, value) {
  kept.values[name] = value.trim().replace(name === 'token' ? /^bearer\s+/i : /\/+$/, '');
  const field = one(`[data-set="${name}"]`);
  if (field && field.value !== value) field.value = value;
  fill(name);
  keep();
}
for (const field of all('[data-set]')) {
  const { set: name } = field.dataset;
  if (name === 'base') field.placeholder = valued('base');
  field.value = kept.values[name] ?? '';
  field.addEventListener('input', () => set(name, field.value));
}
for (const name of holes.keys()) fill(name);
one('.forget').addEventListener('click', () => {
  for (const name of Object.keys(kept.values)) set(name, '');
  say('Forgotten');
});

/* One language for all samples. */
function speak(lang) {
  kept.lang = lang;
  root.dataset.lang = lang;
  for (const button of all('[data-lang]', document.body))
    button.setAttribute('aria-pressed', String(button.dataset.lang === lang));
  keep();
}
speak(kept.lang);

/* What happened, for screen readers. */
const voice = made('p', { className: 'unseen', role: 'status' });
document.body.append(voice);
const say = (text) => {
  voice.textContent = '';
  setTimeout(() => {
    voice.textContent = text;
  }, 50);
};

async function copy(button) {
  set('key', crypto.randomUUID?.() ?? '');
  const shown = all('pre', button.closest('.sample')).find((pre) => pre.checkVisibility());
  try {
    await navigator.clipboard.writeText(shown.textContent);
    button.textContent = 'Copied';
    say('Copied');
  } catch {
    getSelection().selectAllChildren(shown);
    say('Selected: press Ctrl+C');
    button.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 1500);
}
document.body.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (button?.dataset.lang) speak(button.dataset.lang);
  if (button?.className === 'copy') copy(button);
});

/* Colours of JSON and commands, without an element for each. */
const kinds = ['name', 'word', 'number'];
const tokens =
  /("[^"\n]*"(?=\s*:)|\b[A-Za-z]\w*(?=: )|(?<=\s)-[A-Za-z]\b)|("[^"\n]*"|'[^'\n]*')|(\b\d[\d.]*\b|\b(?:true|false|null|const|await)\b)/g;
const coloured = new WeakSet();
function colour(item) {
  if (!globalThis.Highlight || coloured.has(item)) return;
  coloured.add(item);
  for (const pre of all('.sample pre', item)) {
    const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement !== pre) continue;
      for (const match of node.textContent.matchAll(tokens)) {
        const kind = kinds.find((_, i) => match[i + 1] !== undefined);
        const [startOffset, endOffset] = [match.index, match.index + match[0].length];
        const range = new StaticRange({ startContainer: node, startOffset, endContainer: node, endOffset });
        if (!CSS.highlights.has(kind)) CSS.highlights.set(kind, new Highlight());
        CSS.highlights.get(kind).add(range);
      }
    }
  }
}

for (const each of all('.alone')) colour(each);

/* Search: the heads of sections first, then everything. */
const groups = all('main > section:not(.values)');
const items = all('.item').map((item) => {
  const group = item.closest('section');
  const [said, path] = [one('h3', item)?.textContent ?? item.id, one('.path', item)?.textContent ?? ''];
  const head = `${said} ${item.id} ${one('h2', group).textContent}`.toLowerCase();
  return { item, head, path: path.toLowerCase() };
});
const target = (hash) => hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
const links = all('nav a').map((link) => [link, target(link.hash)]);
let everywhere = false;
const fits = (text, wanted) => wanted.every((each) => each.some((word) => text.includes(word)));
/** Of a path only what looks like one counts: nearly all of them have the word groups. */
const fitsHead = ({ head, path }, wanted) =>
  wanted.every((each) => each.some((word) => head.includes(word) || (/[/{}-]/.test(word) && path.includes(word))));
const texts = new Map();
function textOf({ item, head, path }) {
  if (!texts.has(item)) texts.set(item, `${head} ${path} ${item.textContent.toLowerCase()}`);
  return texts.get(item);
}
function filter() {
  const wanted = wantedIn(box.value, korean);
  const inHeads = items.filter((each) => fitsHead(each, wanted));
  const inTexts = wanted.length > 0 ? items.filter((each) => fits(textOf(each), wanted)) : items;
  const shown = new Set(everywhere || inHeads.length === 0 ? inTexts : inHeads);
  for (const each of items) each.item.classList.toggle('hidden', !shown.has(each));
  for (const group of groups) group.classList.toggle('hidden', wanted.length > 0 && !one('.item:not(.hidden)', group));
  for (const [link, to] of links) link.classList.toggle('hidden', Boolean(to?.closest('.hidden')));
  root.classList.toggle('searching', wanted.length > 0);
  found.replaceChildren();
  if (wanted.length === 0) return;
  found.append(shown.size === 0 ? 'Nothing found' : `${shown.size} found`);
  const more = inTexts.length - shown.size;
  if (more > 0) found.append(made('button', { type: 'button', textContent: `+${more} in texts`, onclick: widen }));
}
function widen() {
  everywhere = true;
  filter();
  box.focus();
}
function empty() {
  box.value = '';
  everywhere = false;
  filter();
}
const firstFound = () => one('main > section:not(.hidden) .item:not(.hidden) summary');
box.addEventListener('input', () => {
  everywhere = false;
  filter();
  if (box.value) scrollTo({ top: 0 });
});
box.addEventListener('keydown', (event) => {
  const first = box.value && firstFound();
  if (!first || !['Enter', 'ArrowDown'].includes(event.key) || event.isComposing) return;
  event.preventDefault();
  if (event.key === 'Enter') first.parentElement.open = true;
  first.focus();
});
addEventListener('keydown', (event) => {
  const typing = /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName);
  if (event.key === '/' && !typing) {
    event.preventDefault();
    box.focus();
    box.select();
  }
  if (event.key === 'Escape' && (document.activeElement === box || !typing)) {
    empty();
    box.blur();
  }
});

/* The address names what is open, and opens what it names. */
function show() {
  const named = target(location.hash);
  if (!named) return;
  if (named.closest('.hidden')) empty();
  if (named.tagName === 'DETAILS') named.open = true;
  named.scrollIntoView();
}
addEventListener('hashchange', show);
one('main').addEventListener(
  'toggle',
  ({ target: item }) => {
    if (!item.open || !item.classList.contains('item')) return;
    history.replaceState(null, '', `#${item.id}`);
    colour(item);
    if (root.dataset.api && item.dataset.method) offerToSend(item);
  },
  true,
);
contents.addEventListener('click', ({ target: link }) => {
  if (link.closest('a') && small()) contents.open = false;
});
contents.open = !small();

/* Requests go to the moim that this page came from, and nowhere else: the policy of the page allows no other. */
const sure = made(
  'dialog',
  { className: 'sure' },
  made(
    'form',
    { method: 'dialog' },
    made('p'),
    made(
      'div',
      {},
      made('button', { value: 'no', textContent: 'Cancel' }),
      made('button', { value: 'yes', className: 'main', textContent: 'Send it' }),
    ),
  ),
);
document.body.append(sure);
let agreed = false;
/** Whether a request that changes something may be sent; what deletes is asked each time. */
function allowed(method, path) {
  if (method === 'GET' || (agreed && method !== 'DELETE')) return Promise.resolve(true);
  one('p', sure).textContent = `${method} ${path} changes what is in ${root.dataset.api}. Send it?`;
  sure.returnValue = '';
  sure.showModal();
  return new Promise((resolve) => {
    sure.onclose = () => {
      agreed ||= sure.returnValue === 'yes';
      resolve(sure.returnValue === 'yes');
    };
  });
}

function offerToSend(item) {
  if (one('.send', item)) return;
  const { method } = item.dataset;
  const path = made('input', { className: 'path-to', spellcheck: false, ariaLabel: 'Path and query' });
  const body = made('textarea', { spellcheck: false, rows: 6, ariaLabel: 'Body' });
  const text = one('[data-of=curl]', item).textContent;
  const hasBody = text.includes("\n  -d '");
  const button = made('button', {
    type: 'button',
    className: 'main',
    textContent: `Send to ${new URL(root.dataset.api).host}`,
  });
  const result = made('div', { className: 'result' });
  const renew = () => {
    const now = one('[data-of=curl]', item).textContent;
    path.value = decodeURI(now.match(/"(.*?)"/)[1].slice(valued('base').length));
    if (hasBody) body.value = now.slice(now.indexOf("\n  -d '") + 7, -1).replaceAll("'\\''", "'");
  };
  const panel = made(
    'details',
    { className: 'send' },
    made('summary', { textContent: 'Send it from here' }),
    path,
    ...(hasBody ? [body] : []),
    button,
    result,
  );
  panel.addEventListener('toggle', (event) => {
    event.stopPropagation();
    if (panel.open) renew();
  });
  button.addEventListener('click', () =>
    send({ item, method, path: path.value, body: hasBody ? body.value : undefined, button, result }),
  );
  one('.samples > .sample', item).append(panel);
}

async function send({ item, method, path, body, button, result }) {
  if (!(await allowed(method, path))) return;
  button.disabled = true;
  const headers = { 'x-moim-docs': '1' };
  if (!isDefault('token')) headers.authorization = `Bearer ${valued('token')}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = crypto.randomUUID();
  const from = performance.now();
  try {
    const answer = await fetch(`docs/api${path}`, { method, headers, body, credentials: 'omit', cache: 'no-store' });
    const text = await answer.text();
    showAnswer(item, result, answer, text, Math.round(performance.now() - from));
  } catch {
    result.replaceChildren(made('p', { textContent: 'No answer: is npm start still running?' }));
    say('No answer');
  }
  button.disabled = false;
}

function showAnswer(item, result, answer, text, ms) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {}
  const status = made('p', {
    className: answer.ok ? 'good' : 'bad',
    textContent: `${answer.status} ${json?.code ?? answer.statusText} · ${ms} ms`,
  });
  const told = ['etag', 'location', 'retry-after', 'x-request-id'].flatMap((name) =>
    answer.headers.get(name) ? [`${name}: ${answer.headers.get(name)}`] : [],
  );
  const takes = [];
  const take = (name, label, value) => {
    const button = made('button', { type: 'button', textContent: label });
    button.addEventListener('click', () => {
      set(name, value);
      button.textContent = 'Taken over';
      say(`${name} is set`);
    });
    takes.push(button);
  };
  const token = json?.accessToken ?? json?.session?.accessToken;
  if (token) take('token', 'Use this token', token);
  if (item.dataset.made && json?.id) take(item.dataset.made, `Use as ${item.dataset.made}`, json.id);
  const shown = made('pre', {
    tabIndex: 0,
    ariaLabel: 'The answer',
    textContent: json === undefined ? text : JSON.stringify(json, null, 2),
  });
  result.replaceChildren(
    status,
    ...(told.length > 0 ? [made('p', { className: 'told', textContent: told.join('\n') })] : []),
    ...takes,
    ...(text ? [shown] : []),
  );
  say(`Answered ${answer.status}`);
}
show();
