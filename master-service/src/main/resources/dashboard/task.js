/** One task in a dialog: argument, value or error, output, attempts, worker and times. */

import { get } from './api.js';
import { copyButton, fill, h } from './dom.js';
import { count, duration, moment } from './format.js';
import { badge } from './jobs.js';

const SHOWN = 20000; // characters of one text; the rest is in the download

function block(name, text) {
  const isCut = text.length > SHOWN;
  return [
    h('div.row', {}, h('h3', {}, name), copyButton(text)),
    h('pre', { tabindex: 0, 'aria-label': name }, isCut ? text.slice(0, SHOWN) : text),
    isCut ? h('p.quiet', {}, `The first ${count(SHOWN)} of ${count(text.length)} characters.`) : null,
  ];
}

function content(task) {
  const { error } = task;
  return [
    h('dl', {},
      [['Attempts', task.attempts], ['Worker', task.worker], ['Second copy on', task.secondCopy],
        ['Run time', task.seconds === undefined ? null : duration(task.seconds)],
        ['Recorded', task.finishedAt && moment(task.finishedAt)]]
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => [h('dt', {}, name), h('dd', {}, String(value))])),
    'argument' in task ? block('Argument', JSON.stringify(task.argument, null, 2)) : null,
    'value' in task ? block('Value', JSON.stringify(task.value, null, 2)) : null,
    error ? block('Error', [`${error.type || error.kind}: ${error.message ?? ''}`,
      ...error.stackTrace.map((frame) => '    at ' + frame)].join('\n')) : null,
    task.output ? block(task.outputTruncated ? 'Output (cut)' : 'Output', task.output)
      : h('p.quiet', {}, 'It printed nothing.'),
  ];
}

/** Opens the dialog of a task; its buttons go to the tasks before and after it. */
export function taskDialog(job, first, signal) {
  let index = first;
  const head = h('h2', { id: 'task-title' });
  const state = h('span');
  const body = h('div.body');
  const dialog = h('dialog.task', { 'aria-labelledby': 'task-title', close: () => dialog.remove() },
    h('div.row', {}, head, state, h('span.grow'),
      h('button', { 'aria-label': 'Task before', click: () => go(-1) }, '←'),
      h('button', { 'aria-label': 'Task after', click: () => go(1) }, '→'),
      h('button', { 'aria-label': 'Close', click: () => dialog.close() }, '×')),
    body);
  const go = (step) => {
    index = Math.min(job.tasks.total - 1, Math.max(0, index + step));
    load();
  };
  const load = async () => {
    const wanted = index;
    head.textContent = 'Task ' + index;
    try {
      const task = await get(`/jobs/${job.id}/tasks/${index}`, signal);
      if (wanted !== index) return;
      fill(state, badge(task.state));
      fill(body, content(task));
    } catch (error) {
      if (wanted !== index || error.name === 'AbortError') return;
      fill(state);
      fill(body, h('p.error', { role: 'alert' }, error.message));
    }
  };
  document.body.append(dialog);
  dialog.showModal();
  signal.addEventListener('abort', () => dialog.close(), { once: true });
  load();
}
