/** The playground: write Java, run it over arguments, look at the values. */

import { call, get } from './api.js';
import { actionButton, attempt, confirmed, copyButton, fill, h } from './dom.js';
import { javaEditor } from './editor.js';
import { follow } from './events.js';
import { counted, cut, hasEnded } from './format.js';
import { badge, progressBar } from './jobs.js';
import { numbers } from './job-stats.js';
import { argumentsForm, optionsForm } from './options.js';
import { savedSource, saveSource } from './session.js';
import { asCommand, asCurl, asJava } from './snippets.js';
import { readValues, valueView } from './values.js';

const PAUSE = 600; // after the last key, before the source is checked
const EXAMPLES = {
  Pi: { range: [0, 100000], reduce: 'mean' },
  Factorization: { range: [0, 200] },
  Hypot: { list: '[[3, 4], [5, 12], [8, 15]]' },
};
const VIEWS = { curl: asCurl, CLI: asCommand, Java: asJava };

/** The name under which javac knows the source: that of its public class. */
const fileName = (source) => (/^\s*public\s+(?:(?:abstract|final|sealed)\s+)*(?:class|record|enum|interface)\s+(\w+)/m.exec(source)?.[1] ?? 'Main') + '.java';

/** Checks the source as one stops typing. */
function checker(editor, found, status, signal) {
  let timer = 0;
  let current = null;
  const check = async () => {
    current?.abort();
    current = new AbortController();
    const source = editor.text();
    try {
      const checked = await call('POST', '/environments?check=true',
        { text: source, type: 'text/plain', signal: AbortSignal.any([signal, current.signal]) });
      if (source !== editor.text()) return;
      editor.show(checked.diagnostics);
      showStatus(checked.diagnostics);
      found(checked.functions);
    } catch (error) {
      if (error.name === 'AbortError') return;
      if (error.status === 429) later(3000); // the compiler is busy with others
      else fill(status, h('span.error', {}, error.message));
    }
  };
  const showStatus = (diagnostics) => {
    const errors = diagnostics.filter((each) => each.severity === 'error');
    fill(status, errors.length
      ? [h('span.error', {}, counted(errors.length, 'error'), ': '), h('button.link', { click: () => editor.goTo(errors[0]) },
        `line ${errors[0].line}: ${cut(errors[0].message.split('\n')[0], 90)}`)]
      : diagnostics.length ? counted(diagnostics.length, 'warning') : 'It compiles.');
  };
  const later = (millis) => {
    clearTimeout(timer);
    timer = setTimeout(check, millis);
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return { later: () => { fill(status, 'Checking…'); later(PAUSE); }, now: () => later(0) };
}

/** Runs a call and shows its progress and its values. */
async function run(wanted, output, signal) {
  fill(output, h('p.quiet', {}, 'Compiling…'));
  const environment = await call('POST', '/environments', { text: wanted.source, type: 'text/plain' });
  const body = `{"environmentId":${JSON.stringify(environment.id)},"method":${JSON.stringify(wanted.method)},`
    + `"args":${wanted.args},"options":${JSON.stringify(wanted.options)}}`; // keeps all digits of the arguments
  let job = await call('POST', '/jobs', { text: body });
  const head = h('div');
  const values = h('div');
  fill(output, head, values);
  const render = () => fill(head,
    h('div.row', {}, badge(job.state), h('a', { href: '#/jobs/' + job.id, 'data-key': 'job' }, job.id), h('span.grow'),
      hasEnded(job) ? null : actionButton('Cancel', async () => {
        if (await confirmed('Cancel this job?', 'Cancel the job')) await call('POST', `/jobs/${job.id}/cancel`);
      }, 'danger')),
    h('div', {}, progressBar(job.tasks)), numbers(job), job.reason ? h('p.reason', {}, job.reason) : null);
  render();
  if (!hasEnded(job)) {
    const ended = new AbortController();
    await follow(`/jobs/${job.id}/events`, (name, data) => {
      Object.assign(job, data);
      render();
      if (hasEnded(job)) ended.abort();
    }, AbortSignal.any([signal, ended.signal]));
  }
  job = await get('/jobs/' + job.id, signal);
  render();
  fill(values, job.tasks.failed ? h('p', {}, h('a', { href: '#/jobs/' + job.id }, 'See the failed tasks')) : null,
    valueView(job, await readValues(job, signal)));
}

/** The tabs with the same call in other forms. */
function otherForms(described) {
  const content = h('div');
  const chips = h('div.chips', { role: 'group', 'aria-label': 'The same call as' });
  let shown = '';
  const show = (name) => {
    shown = name;
    fill(chips, Object.keys(VIEWS).map((each) => h('button.chip', {
      'aria-pressed': String(each === shown), 'data-key': 'as-' + each, click: () => show(each === shown ? '' : each),
    }, 'as ' + each)));
    refresh();
  };
  const refresh = () => {
    if (!shown) {
      fill(content);
      return;
    }
    try {
      const text = VIEWS[shown](described());
      fill(content, h('p.quiet.row', {}, `With the source in ${described().file}:`, copyButton(text)), h('pre', {}, h('code', {}, text)));
    } catch (error) {
      fill(content, h('p.error', {}, error.message));
    }
  };
  show('');
  return { element: h('section.card', { 'aria-label': 'The same call elsewhere' }, chips, content), refresh };
}

/** Shows the page. */
export async function show(main, rest, signal) {
  document.title = 'Playground – minimalcluster';
  const status = h('div.status', { role: 'status' });
  const parameters = h('p.quiet');
  const functions = h('select', { id: 'function', change: () => changed() });
  const output = h('div.output', { 'aria-live': 'off' });
  let known = [];

  const selected = () => known.find((each) => each.signature === functions.value);
  const described = () => {
    if (!functions.value) throw new Error('The source has no function yet that can run.');
    return { source: editor.text(), file: fileName(editor.text()), method: functions.value, args: args.text(), options: options.value() };
  };
  const changed = () => {
    const target = selected();
    parameters.textContent = target
      ? `(${target.parameters.map((each) => `${each.type} ${each.name}`).join(', ')}) → ${target.returns}` : '';
    forms.refresh();
  };
  const found = (list) => {
    if (!list.length && known.length && editor.text().trim()) return; // keeps the choice while there are errors
    const chosen = functions.value;
    const source = editor.text();
    const place = (each) => source.search(new RegExp(`\\b${each.name}\\b`));
    known = [...list].sort((a, b) => place(a) - place(b)); // the order of the source
    fill(functions, known.map((each) => h('option', { value: each.signature }, each.signature)));
    if (list.some((each) => each.signature === chosen)) functions.value = chosen;
    changed();
  };
  const runNow = async () => {
    button.disabled = true;
    try {
      await run(described(), output, signal);
    } catch (error) {
      if (!signal.aborted) showFailure(error);
    } finally {
      button.disabled = false;
    }
  };
  const showFailure = (error) => {
    const diagnostics = error.problem?.diagnostics;
    if (diagnostics) {
      editor.show(diagnostics);
      editor.goTo(diagnostics[0]);
    }
    fill(output, h('p.error', { role: 'alert' }, error.message));
  };
  const editor = javaEditor({
    changed: (text) => {
      saveSource(text);
      check.later();
      forms.refresh();
    },
    run: () => { if (!button.disabled) runNow(); },
  });
  signal.addEventListener('abort', () => editor.destroy(), { once: true });
  const args = argumentsForm(() => forms.refresh());
  const options = optionsForm(() => forms.refresh());
  const forms = otherForms(described);
  const check = checker(editor, found, status, signal);
  const button = h('button.primary', { type: 'submit', title: 'Ctrl+Enter in the editor' }, 'Run');
  const load = async (name) => {
    const response = await fetch(`dashboard/${name}.java`);
    if (!response.ok) throw new Error('This master has no examples.');
    known = [];
    args.set(EXAMPLES[name]);
    options.set(EXAMPLES[name]);
    editor.load(await response.text());
    check.now();
  };

  fill(main, h('div.title', {}, h('h1', {}, 'Playground'),
    h('div.row', {}, h('span.quiet', {}, 'Examples:'), Object.keys(EXAMPLES).map((name) => h('button.small', {
      click: () => attempt(() => load(name)),
    }, name)))),
  h('div.playground', {},
    h('div', {}, editor.element, status),
    h('form.card', { submit: (event) => { event.preventDefault(); runNow(); } },
      h('label', { for: 'function' }, 'Function'), functions, parameters, args.element, options.element,
      h('div.row.end', {}, button))),
  forms.element,
  h('section.card', { 'aria-label': 'Result' }, output));
  fill(output, h('p.quiet', {}, 'The values will be here.'));
  const saved = savedSource();
  if (saved) {
    editor.load(saved);
    check.now();
  } else {
    await load('Pi').catch(() => editor.load('long square(long x) {\n    return x * x;\n}\n'));
  }
}
