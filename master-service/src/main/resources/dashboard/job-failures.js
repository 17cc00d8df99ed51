/** Failed tasks, grouped by exception and place. */

import { query, request, parseExact } from './api.js';
import { actionButton, fill, h } from './dom.js';
import { count, counted, cut, hasEnded } from './format.js';

const PAGE = 500;
const EXAMPLES = 12;

/** What failures have in common: the kind, the exception and the line of code. */
function groupKey(error) {
  return [error.kind, error.type, error.stackTrace[0]].join('\n');
}

/** One group: how often, the message, the stack, and some of its tasks. */
function groupCard(group, open) {
  const { error, tasks } = group;
  return h('details.failure', { open: group.open, toggle: (event) => { group.open = event.target.open; } },
    h('summary', { 'data-key': 'group-' + groupKey(error) },
      h('span.badge.failed', {}, count(tasks.length)), ' ',
      h('strong', {}, error.type || error.kind), ' ',
      h('span.quiet', {}, error.stackTrace[0] ? 'at ' + error.stackTrace[0] : '')),
    h('p', {}, error.message ? cut(error.message, 500) : 'No message.'),
    error.stackTrace.length ? h('pre.stack', {}, error.stackTrace.map((frame) => '  at ' + frame).join('\n')) : null,
    h('p', {}, 'Tasks: ', tasks.slice(0, EXAMPLES).map((index) => [
      h('button.small', { 'data-key': 'failed-' + index, click: () => open(index) }, String(index)), ' ']),
    tasks.length > EXAMPLES ? `and ${count(tasks.length - EXAMPLES)} more` : null));
}

/**
 * A section with the failures of a job.
 * @param {Object} job
 * @param {function(number): void} open shows one task
 */
export function failures(job, open) {
  const content = h('div');
  const element = h('section.card', { 'aria-labelledby': 'failures', hidden: true }, h('h2', { id: 'failures' }, 'Failed tasks'), content);
  let groups = new Map();
  let read = 0;
  let after = null;
  let total = -1;

  const readPage = async () => {
    const response = await request('GET', `/jobs/${job.id}/results` + query({ state: 'failed', limit: PAGE, after }), {});
    const page = parseExact(await response.text());
    for (const { index, error } of page.items) {
      const key = groupKey(error);
      if (!groups.has(key)) groups.set(key, { error, tasks: [], open: groups.size === 0 });
      groups.get(key).tasks.push(index);
    }
    read += page.items.length;
    after = page.next;
  };
  const render = () => {
    const largestFirst = [...groups.values()].sort((a, b) => b.tasks.length - a.tasks.length);
    fill(content, largestFirst.map((group) => groupCard(group, open)),
      after ? h('p.row', {}, `The groups are of the first ${counted(read, 'failed task')} of ${count(total)}.`,
        actionButton('Read more', async () => { await readPage(); render(); })) : null);
  };

  return {
    element,
    /** Reads the failures again when there are more of them, but while the job runs not more than a page. */
    async refresh(now) {
      if (now.tasks.failed === total) return;
      const isEnough = read >= PAGE && now.tasks.failed > total && !hasEnded(now);
      total = now.tasks.failed;
      if (isEnough) {
        render();
        return;
      }
      element.hidden = total === 0;
      const wereOpen = new Map([...groups].map(([key, group]) => [key, group.open]));
      groups = new Map();
      read = 0;
      after = null;
      try {
        if (total > 0) await readPage();
      } catch (error) {
        total = -1; // read again
        throw error;
      }
      for (const [key, group] of groups) group.open = wereOpen.get(key) ?? group.open;
      render();
    },
  };
}
