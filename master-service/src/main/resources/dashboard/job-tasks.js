/** The finished tasks of a job, page by page, and any task by its index. */

import { get, query } from './api.js';
import { attempt, fill, h, row, table } from './dom.js';
import { count, cut, hasEnded } from './format.js';
import { badge } from './jobs.js';
import { taskDialog } from './task.js';

const PAGE = 20;
const FILTERS = ['', 'succeeded', 'failed', 'cancelled'];

/** The state that a result line shows. */
function stateOf(result) {
  if (result.state) return result.state.toUpperCase();
  return result.error ? 'FAILED' : 'SUCCEEDED';
}

function resultRow(result, open) {
  const { error } = result;
  const outcome = error ? [error.type || error.kind, error.message].filter(Boolean).join(': ')
    : 'value' in result ? JSON.stringify(result.value) : '';
  return row(
    h('button.link', { 'data-key': 'task-' + result.index, click: () => open(result.index) }, String(result.index)),
    badge(stateOf(result)),
    h('code', {}, cut(JSON.stringify(result.argument), 60)),
    h('code', {}, cut(outcome, 100)));
}

/** A section with the tasks of a job. */
export function taskList(job, signal) {
  const state = { filter: '', pages: [] };
  let latest = job;
  let shown = '';
  let isFull = false;
  let known = -1; // finished tasks in the shown state
  const list = h('div');
  const chips = h('div.chips', { role: 'group', 'aria-label': 'State of the tasks' });
  const pager = h('nav.pager', { 'aria-label': 'Pages of the tasks' });
  const open = (index) => taskDialog(latest, index, signal);
  const index = h('input', { id: 'task-index', type: 'number', min: 0, max: job.tasks.total - 1, size: 10, required: true });

  const finished = () => (state.filter ? latest.tasks[state.filter] : latest.tasks.succeeded + latest.tasks.failed);
  const load = async () => {
    const number = finished();
    const path = () => `/jobs/${job.id}/results` + query({ args: true, limit: PAGE, state: state.filter, after: state.pages.at(-1) });
    const wanted = path();
    const page = await get(wanted, signal);
    if (wanted !== path()) return; // another page was asked for meanwhile
    known = number;
    const now = wanted + JSON.stringify(page);
    if (now === shown) return;
    shown = now;
    isFull = page.next !== null;
    fill(list, page.items.length
      ? table('Finished tasks', ['Task', 'State', 'Argument', 'Outcome'], page.items.map((result) => resultRow(result, open)))
      : h('p.empty', {}, hasEnded(latest) ? 'No such task.' : 'No finished task yet.'));
    fill(pager,
      h('button', { disabled: !state.pages.length, 'data-key': 'previous', click: () => { state.pages.pop(); attempt(load); } }, '← Previous'),
      h('button', { disabled: !page.next, 'data-key': 'next', click: () => { state.pages.push(page.next); attempt(load); } }, 'Next →'));
    pager.hidden = !state.pages.length && !page.next;
  };
  const showChips = () => fill(chips, FILTERS.map((each) => h('button.chip', {
    'aria-pressed': String(state.filter === each), 'data-key': 'filter-' + each,
    click: () => { state.filter = each; state.pages = []; showChips(); attempt(load); },
  }, each ? each[0].toUpperCase() + each.slice(1) : 'All')));
  showChips();

  return {
    element: h('section.card', { 'aria-labelledby': 'tasks' }, h('h2', { id: 'tasks' }, 'Tasks'),
      h('div.toolbar', {}, chips,
        h('form', { submit: (event) => { event.preventDefault(); open(Number(index.value)); } },
          h('label', { for: 'task-index' }, `Task 0 to ${count(Math.max(0, job.tasks.total - 1))} `, index), ' ',
          h('button', {}, 'Show'))),
      list, pager),
    open,
    /** Reads the shown page again if it has changed, but a full one not before the end of the job. */
    async refresh(now) {
      latest = now;
      if (hasEnded(now) || !isFull && finished() !== known) await load();
    },
  };
}
