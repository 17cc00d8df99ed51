/** The workers of the cluster, with live plots of its throughput and its queue. */

import { get, post, query } from './api.js';
import { actionButton, attempt, fill, h, oneAtATime, repeatWhileVisible, row, table } from './dom.js';
import { followCluster } from './events.js';
import { ago, bytes, count, counted, cut, moment, rate } from './format.js';
import { badge, summary } from './jobs.js';
import { timePlot } from './plots.js';
import { has } from './session.js';

const PAGE = 50;
const STATES = ['', 'ACTIVE', 'DRAINING', 'SILENT', 'LOST', 'GONE'];
const WORKERS_EVERY = 5000; // as often as workers report
const POINTS_EVERY = 2000;
const KEPT = 450; // points of the plots: a quarter of an hour

/** What was seen while the dashboard was open: seconds, tasks per second, pending tasks. */
const history = [[], [], []];

/** A small bar with its text; it is red when a resource that must not be used up nearly is. */
function gauge(share, text, label, isScarce = false) {
  const part = h('span.' + (isScarce && share > 0.9 ? 'failed' : 'live'));
  part.style.width = `${Math.round(100 * Math.min(1, Math.max(0, share)))}%`;
  return [h('span.progress', { role: 'meter', 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': Math.round(100 * share), 'aria-label': label }, part),
    h('span.number', {}, text)];
}

function workerRow(worker, reload) {
  const { load } = worker;
  const change = (name) => async () => {
    await post(`/workers/${worker.id}/${name}`);
    await reload();
  };
  const action = !has('admin') ? null
    : worker.state === 'ACTIVE' ? actionButton('Drain', change('drain'), 'small')
      : worker.state === 'DRAINING' && !worker.trouble ? actionButton('Resume', change('resume'), 'small') : null;
  action?.setAttribute('aria-label', `${action.textContent} ${worker.name}`);
  action?.setAttribute('data-key', 'change ' + worker.id);
  const cells = row(
    [h('span.name', {}, cut(worker.name, 50)), h('span.id', {}, worker.id),
      worker.local ? h('span.tag', {}, 'in the master') : null,
      Object.entries(worker.labels).slice(0, 6).map(([name, value]) => h('span.tag', {}, cut(`${name}=${value}`, 30)))],
    [badge(worker.state), h('span.id', { title: 'isolation of its tasks' }, worker.isolation.toLowerCase()), worker.trouble ? h('p.error', {}, cut(worker.trouble, 200)) : null],
    gauge(worker.slots ? worker.busy / worker.slots : 0, `${worker.busy} / ${worker.slots}`, 'busy slots'),
    load && gauge(load.cpu, `${Math.round(100 * load.cpu)} %`, 'CPU of the machine'),
    load && gauge(load.memoryUsedBytes / load.memoryBytes, `${bytes(load.memoryUsedBytes)} / ${bytes(load.memoryBytes)}`, 'memory of the machine', true),
    [h('span.number', {}, rate(worker.rate)), h('span.id', {}, counted(worker.tasksDone, 'task') + ' in all')],
    h('time', { datetime: worker.lastSeenAt, title: moment(worker.lastSeenAt) }, ago(worker.lastSeenAt)),
    action);
  if (worker.state === 'GONE' || worker.state === 'LOST') cells.className = 'past';
  return cells;
}

/** Shows the page. */
export async function show(main, rest, signal) {
  document.title = 'Cluster – minimalcluster';
  const state = { filter: '', pages: [] };
  const tiles = h('div.tiles');
  const facts = h('p.quiet');
  const chips = h('div.chips', { role: 'group', 'aria-label': 'State of the workers' });
  const list = h('div');
  const pager = h('nav.pager', { 'aria-label': 'Pages of the workers' });
  const throughput = timePlot('Tasks a second', 'accent');
  const queue = timePlot('Pending tasks', 'warn');

  let cluster = null;

  const refresh = oneAtATime(async () => {
    const path = () => '/workers' + query({ limit: PAGE, state: state.filter.toLowerCase(), after: state.pages.at(-1) });
    const wanted = path();
    const workers = await get(wanted, signal);
    if (wanted !== path()) return; // another page was asked for meanwhile
    workers.items.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state)); // those that are there first
    fill(list, workers.items.length
      ? table('Workers', ['Worker', 'State', 'Slots', 'CPU', 'Memory', 'Rate', 'Last seen', ''], workers.items.map((each) => workerRow(each, refresh)))
      : h('p.empty', {}, state.filter ? 'No such worker.' : 'No worker has registered. Start one with ./minimalcluster worker.'));
    fill(pager,
      h('button', { disabled: !state.pages.length, 'data-key': 'newer', click: () => { state.pages.pop(); attempt(refresh); } }, '← Newer'),
      h('button', { disabled: !workers.next, 'data-key': 'older', click: () => { state.pages.push(workers.next); attempt(refresh); } }, 'Older →'));
    pager.hidden = !state.pages.length && !workers.next;
  });
  const showCluster = async (now) => {
    const before = cluster;
    cluster = now;
    if (!before) addPoint();
    fill(tiles, summary(cluster));
    facts.textContent = `Version ${cluster.version}, ${counted(cluster.masters, 'master')}.`
      + (cluster.desiredWorkers ? ` ${counted(cluster.desiredWorkers, 'worker')} would finish the pending tasks in about half a minute.` : '');
    if (before && before.workers !== now.workers) await refresh();
  };
  const addPoint = async () => {
    if (!cluster) return; // its figures come soon
    remember(cluster);
    throughput.update([history[0], history[1]]);
    queue.update([history[0], history[2]]);
  };
  const showChips = () => fill(chips, STATES.map((each) => h('button.chip', {
    'aria-pressed': String(state.filter === each), 'data-key': 'state-' + each,
    click: () => { Object.assign(state, { filter: each, pages: [] }); showChips(); attempt(refresh); },
  }, each ? each[0] + each.slice(1).toLowerCase() : 'All')));
  showChips();
  fill(main, h('h1', {}, 'Cluster'), tiles, facts,
    h('div.columns', {}, throughput.element, queue.element),
    h('h2.above', {}, 'Workers'), h('div.toolbar', {}, chips), list, pager);
  followCluster(showCluster, signal);
  repeatWhileVisible(refresh, WORKERS_EVERY, signal);
  repeatWhileVisible(addPoint, POINTS_EVERY, signal);
}

function remember(cluster) {
  history[0].push(Date.now() / 1000);
  history[1].push(cluster.throughput);
  history[2].push(cluster.tasks.pending);
  if (history[0].length > KEPT) for (const each of history) each.shift();
}
