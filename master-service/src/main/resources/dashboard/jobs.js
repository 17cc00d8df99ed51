/** The list of jobs, one page of it at a time, with live progress. */

import { get, query } from './api.js';
import { fill, h, oneAtATime, repeatWhileVisible, row, table } from './dom.js';
import { followCluster } from './events.js';
import { ago, count, counted, cut, duration, hasEnded, moment, rate, secondsBetween, word } from './format.js';

const STATES = ['RUNNING', 'QUEUED', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED'];
const PAGE = 25;

/** A badge with the state of a job or of a task. */
export const badge = (state) => h('span.badge.' + state.toLowerCase(), {}, word(state));

/** A bar of the finished and running tasks of a job, with its numbers as a text for screen readers. */
export function progressBar(tasks) {
  const done = tasks.succeeded + tasks.failed;
  const percent = tasks.total ? Math.floor((100 * done) / tasks.total) : 100;
  const part = (kind, number) => {
    const piece = h('span.' + kind);
    piece.style.width = tasks.total ? `${(100 * number) / tasks.total}%` : '0';
    return piece;
  };
  return h('span.progress', {
    role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': percent,
    'aria-label': `${percent} percent: ${count(done)} of ${counted(tasks.total, 'task')}`
      + (tasks.failed ? `, ${count(tasks.failed)} failed` : ''),
  }, part('succeeded', tasks.succeeded), part('failed', tasks.failed), part('running', tasks.running));
}

/** The name that a person knows a job by. */
export const title = (job) => job.name || job.function || job.method;

function filters(state, apply) {
  const label = h('input', {
    id: 'label', 'data-key': 'label', placeholder: 'team=x', value: state.label, spellcheck: 'false', size: 14,
    'aria-describedby': 'label-help', change: (event) => apply({ label: event.target.value.trim() }),
  });
  const id = h('input', { id: 'job-id', placeholder: 'job-…', spellcheck: 'false', size: 14 });
  return h('div.toolbar', {},
    h('div.chips', { role: 'group', 'aria-label': 'State' }, ['', ...STATES].map((each) => h('button.chip', {
      'aria-pressed': String(state.state === each), 'data-key': 'state-' + each, click: () => apply({ state: each }),
    }, each ? word(each) : 'All'))),
    h('div', {}, h('label', { for: 'label' }, 'Label'), ' ', label, h('span.hidden', { id: 'label-help' }, 'a name and a value, such as team=x')),
    h('form', { submit: (event) => { event.preventDefault(); if (id.value.trim()) location.hash = '#/jobs/' + encodeURIComponent(id.value.trim()); } },
      h('label', { for: 'job-id' }, 'Open'), ' ', id));
}

/** The filter, which is in the address to be linked to, and the pages before, which a return or a reload finds again. */
function read() {
  const given = new URLSearchParams(location.hash.split('?')[1]);
  return { state: given.get('state') || '', label: given.get('label') || '', pages: history.state?.pages ?? [] };
}

function keep(state) {
  history.replaceState({ pages: state.pages }, '', location.pathname + '#/jobs' + query({ state: state.state, label: state.label }));
}

function listPath(state) {
  const [name, ...value] = state.label.split('=');
  const path = '/jobs' + query({ limit: PAGE, after: state.pages.at(-1), state: state.state.toLowerCase() });
  return state.label ? `${path}&${new URLSearchParams([['label.' + name, value.join('=')]])}` : path;
}

function jobRow(job) {
  const done = job.tasks.succeeded + job.tasks.failed;
  const time = hasEnded(job) ? job.startedAt && duration(secondsBetween(job.startedAt, job.finishedAt))
    : job.etaSeconds !== null && duration(job.etaSeconds) + ' left';
  return row(
    [h('a.name', { href: '#/jobs/' + job.id, 'data-key': job.id }, cut(title(job), 60)), h('span.id', {}, job.id),
      Object.entries(job.options.labels ?? {}).slice(0, 4).map(([name, value]) => h('a.tag', {
        href: '#/jobs' + query({ label: `${name}=${value}` }), 'data-key': `${job.id} ${name}`,
      }, cut(`${name}=${value}`, 30)))],
    badge(job.state),
    [progressBar(job.tasks), h('span.number', {}, `${count(done)} / ${count(job.tasks.total)}`),
      job.tasks.failed ? h('span.failed-count', {}, `${count(job.tasks.failed)} failed`) : null],
    !hasEnded(job) && h('span.number', {}, rate(job.throughput)),
    time && h('span.number', {}, time),
    h('time', { datetime: job.createdAt, title: moment(job.createdAt) }, ago(job.createdAt)),
    h('span.owner', {}, cut(job.createdBy, 30)));
}

const EMPTY = () => h('div.empty', {},
  h('h2', {}, 'No jobs yet'),
  h('p', {}, 'A job maps one Java function over a list of arguments. Start one in the ', h('a', { href: '#/playground' }, 'playground'),
    ', or from the command line:'),
  h('pre', {}, h('code', {}, './minimalcluster run examples/Pi.java -f pi --range 0..1000000 --reduce mean')));

/** The numbers of the whole cluster in a line of tiles. */
export function summary(cluster) {
  const tile = (name, value, hint) => h('div.tile', { title: hint || null }, h('span.value', {}, value), h('span.label', {}, name));
  return [
    tile('slots busy', `${count(cluster.busySlots)} / ${count(cluster.slots)}`, counted(cluster.workers, 'worker')),
    tile('tasks a second', cluster.throughput ? rate(cluster.throughput).replace('/s', '') : '0'),
    tile('jobs running', count(cluster.jobs.running)),
    tile('jobs queued', count(cluster.jobs.queued)),
    tile('tasks pending', count(cluster.tasks.pending)),
  ];
}

/** Shows the page. */
export async function show(main, rest, signal) {
  document.title = 'Jobs – minimalcluster';
  const state = read();
  const toolbar = h('div');
  const tiles = h('div.tiles');
  const list = h('div');
  const pager = h('nav.pager', { 'aria-label': 'Pages of the list' });
  let page = null;

  const render = () => {
    const { items, before } = page;
    fill(list, items.length
      ? table('Jobs', ['Job', 'State', 'Tasks', 'Rate', 'Time', 'Created', 'By'], items.map(jobRow))
      : page.isFiltered ? h('p.empty', {}, 'No such job.') : EMPTY());
    fill(pager,
      h('span.quiet', {}, items.length ? `${count(before + 1)}–${count(before + items.length)}` : ''),
      h('button', { disabled: !before, 'data-key': 'newest', click: () => go([]) }, 'Newest'),
      h('button', { disabled: !before, 'data-key': 'newer', click: () => go(state.pages.slice(0, -1)) }, '← Newer'),
      h('button', { disabled: !page.next, 'data-key': 'older', click: () => go([...state.pages, page.next]) }, 'Older →'));
    pager.hidden = !before && !page.next;
  };
  const refresh = oneAtATime(async () => {
    const path = listPath(state);
    const before = state.pages.length * PAGE;
    const now = { ...await get(path, signal), before, isFiltered: state.state || state.label || before };
    if (path !== listPath(state)) return; // another page was asked for meanwhile
    const isNew = JSON.stringify(now) !== JSON.stringify(page);
    page = now;
    if (isNew) render();
  });
  const go = (pages) => {
    state.pages = pages;
    keep(state);
    refresh().catch((error) => {
      page = null;
      if (!signal.aborted) fill(list, h('p.error', { role: 'alert' }, error.message));
    });
  };
  const apply = (change) => {
    Object.assign(state, change);
    fill(toolbar, filters(state, apply));
    go([]);
  };

  fill(toolbar, filters(state, apply));
  fill(main, h('h1', {}, 'Jobs'), tiles, toolbar, list, pager);
  followCluster((cluster) => {
    fill(tiles, summary(cluster));
    return refresh();
  }, signal);
  repeatWhileVisible(async () => page && render(), 10000, signal); // ages
}
