/** One job: its progress, its course over time, its failures and its tasks. */

import { call, download, get, post } from './api.js';
import { actionButton, attempt, confirmed, copyButton, fill, h, notify, oneAtATime, repeatWhileVisible } from './dom.js';
import { follow } from './events.js';
import { cut, hasEnded, secondsBetween } from './format.js';
import { badge, progressBar, title } from './jobs.js';
import { numbers, optionList, whyItWaits } from './job-stats.js';
import { failures } from './job-failures.js';
import { taskList } from './job-tasks.js';
import { durations } from './plots.js';
import { has, saveSource } from './session.js';
import { taskStream } from './stream.js';

const TICK = 2000;
const LONGEST = 10000; // also without events: the reason why a job waits depends on the workers too
const RESULTS_EVERY = 8000;

/** How long the course of a job is shown before it is read again: a hundredth of the time that it shows. */
const detailsEvery = (job) => Math.min(LONGEST, Math.max(TICK, secondsBetween(job.startedAt) * 10));

/** Buttons for what can be done to a job in its state. */
function controls(job, changed) {
  const change = (name) => async () => changed(await post(`/jobs/${job.id}/${name}`));
  const buttons = [];
  if (has('client', 'admin')) {
    if (job.state === 'PAUSED') buttons.push(actionButton('Resume', change('resume'), 'primary'));
    if (job.state === 'RUNNING' || job.state === 'QUEUED') buttons.push(actionButton('Pause', change('pause')));
    if (!hasEnded(job)) {
      buttons.push(actionButton('Cancel', async () => {
        if (await confirmed('Cancel this job? Running tasks are stopped. Finished results stay.', 'Cancel the job')) {
          await change('cancel')();
        }
      }, 'danger'));
    }
    if (job.state === 'FAILED' || job.state === 'CANCELLED') buttons.push(actionButton('Retry', change('retry'), 'primary'));
    buttons.push(
      actionButton('NDJSON', () => download(`/jobs/${job.id}/results?args=true`, 'application/x-ndjson', job.id + '.ndjson')),
      actionButton('CSV', () => download(`/jobs/${job.id}/results?args=true`, 'text/csv', job.id + '.csv')));
    if (hasEnded(job)) {
      buttons.push(actionButton('Delete', async () => {
        if (await confirmed('Delete this job with its results? This cannot be undone.', 'Delete the job')) {
          await call('DELETE', '/jobs/' + job.id);
          notify('The job is deleted.');
          location.hash = '#/jobs';
        }
      }, 'danger'));
    }
  }
  return buttons;
}

/** The source code of a job, read when it is opened. */
function sourceCode(job) {
  const content = h('div', {}, 'Loading…');
  return h('details.card', {
    toggle: async (event) => {
      if (!event.target.open || content.dataset.read) return;
      content.dataset.read = 'yes';
      try {
        const answer = await get(`/environments/${job.environmentId}/sources`);
        const sources = Object.entries(answer.sources);
        fill(content, sources.length ? sources.map(([name, text]) => [
          h('div.row', {}, h('h3', {}, name), copyButton(text), sources.length === 1 && h('button.small', {
            click: () => { saveSource(text); location.hash = '#/playground'; },
          }, 'Open in the playground')), h('pre', {}, h('code', {}, text))])
          : h('p', {}, 'This environment has compiled classes only.'));
      } catch (error) {
        fill(content, h('p.error', {}, error.message));
      }
    },
  }, h('summary', {}, 'Source code'), content);
}

/** Shows the page of a job. */
export async function show(main, id, signal) {
  let job = await get('/jobs/' + encodeURIComponent(id), signal);
  const seesResults = has('client', 'admin');

  const state = h('span', { role: 'status' });
  const buttons = h('div.row.controls');
  const progress = h('div');
  const reason = h('div');
  const stream = taskStream(job, (index) => tasks?.open(index));
  const histogram = durations();
  const failed = seesResults ? failures(job, (index) => tasks.open(index)) : null;
  const tasks = seesResults ? taskList(job, signal) : null;
  const facts = h('div');
  let shownState = '';
  let timeline = null;
  let detailsRead = 0;
  let isChanged = true; // since then
  let resultsRead = 0; // reads of results are audited, so they are not repeated as often as the rest

  const render = () => {
    const done = job.tasks.total ? Math.floor((100 * (job.tasks.succeeded + job.tasks.failed)) / job.tasks.total) : 100;
    document.title = `${hasEnded(job) ? '' : done + ' % '}${cut(title(job), 40)} – minimalcluster`;
    fill(progress, progressBar(job.tasks), numbers(job));
    if (shownState === job.state) return;
    shownState = job.state;
    fill(state, badge(job.state));
    fill(buttons, controls(job, changed));
    fill(facts, optionList(job));
  };
  const changed = (now) => {
    job = now;
    render();
    if (!hasEnded(job)) watch();
    return refreshDetails();
  };
  const refreshDetails = oneAtATime(async () => {
    const readsResults = seesResults && (hasEnded(job) || Date.now() - resultsRead > RESULTS_EVERY);
    if (readsResults) resultsRead = Date.now();
    detailsRead = Date.now();
    isChanged = false;
    [timeline] = await Promise.all([
      get(`/jobs/${job.id}/timeline`, signal),
      whyItWaits(job, reason, signal),
      readsResults && failed.refresh(job),
      readsResults && tasks.refresh(job),
    ]);
    stream.update(job, timeline);
    histogram.update(timeline);
  });
  let watching = false;
  const watch = async () => {
    if (watching) return;
    watching = true;
    try {
      await follow(`/jobs/${job.id}/events`, (name, data) => {
        Object.assign(job, data);
        isChanged = true;
        render();
        if (hasEnded(job)) attempt(finish);
      }, signal);
    } catch (error) {
      if (!signal.aborted) notify(error.message, true);
    } finally {
      watching = false;
    }
  };
  const finish = async () => {
    job = await get('/jobs/' + job.id, signal); // with `reduced`
    render();
    await refreshDetails();
  };

  fill(main,
    h('div.title', {}, h('h1', {}, cut(title(job), 80)), state, buttons),
    h('p.quiet', {}, h('a', { href: '#/jobs' }, 'Jobs'), ' / ', h('code', {}, job.id), ' ', copyButton(job.id)),
    progress, reason, stream.element,
    h('div.columns', {}, histogram.element, facts),
    failed?.element, tasks?.element, seesResults ? sourceCode(job) : null);
  render();
  if (!hasEnded(job)) watch();
  repeatWhileVisible(async () => {
    if (timeline && hasEnded(job)) return;
    if (!timeline || Date.now() - detailsRead >= (isChanged ? detailsEvery(job) : LONGEST)) await refreshDetails();
    else stream.update(job, timeline); // what runs grows
  }, TICK, signal);
}
