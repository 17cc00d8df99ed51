/** Numbers, options and explanation of a job. */

import { get } from './api.js';
import { fill, h } from './dom.js';
import { count, counted, cut, duration, hasEnded, moment, rate, secondsBetween } from './format.js';

const tile = (name, value, kind = '') => h('div.tile' + kind, {}, h('span.value', {}, value), h('span.label', {}, name));

/** Tiles with the counts, the rate and the times of a job. */
export function numbers(job) {
  const { tasks } = job;
  const elapsed = secondsBetween(job.startedAt, job.finishedAt);
  const average = elapsed ? (tasks.succeeded + tasks.failed) / elapsed : 0;
  return h('div.tiles', {},
    tile(`of ${count(tasks.total)} done`, count(tasks.succeeded + tasks.failed)),
    tile('running', count(tasks.running)),
    tile('failed', count(tasks.failed), tasks.failed ? '.bad' : ''),
    tasks.cancelled ? tile('cancelled', count(tasks.cancelled)) : null,
    hasEnded(job) ? tile('tasks a second', rate(average).replace('/s', '')) : tile('tasks a second', rate(job.throughput).replace('/s', '')),
    hasEnded(job) ? null : tile('time left', job.etaSeconds === null ? '–' : duration(job.etaSeconds)),
    tile(hasEnded(job) ? 'run time' : 'elapsed', duration(elapsed)),
    job.reduced === undefined ? null : tile(job.options.reduce || 'reduced', cut(JSON.stringify(job.reduced), 40), '.wide'));
}

/** Facts and options of a job. */
export function optionList(job) {
  const facts = {
    function: job.method,
    'registered as': job.function,
    environment: job.environmentId,
    'created by': job.createdBy,
    created: moment(job.createdAt),
    started: job.startedAt && moment(job.startedAt),
    finished: job.finishedAt && moment(job.finishedAt),
    ...job.options,
    name: undefined,
  };
  return h('section.card', { 'aria-labelledby': 'facts' }, h('h2', { id: 'facts' }, 'Facts and options'),
    h('dl', {}, Object.entries(facts).filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [h('dt', {}, words(name)), h('dd', {}, cut(text(value), 300))])));
}

const words = (name) => name.replace(/[A-Z]/g, (letter) => ' ' + letter.toLowerCase());

const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Shows why a job waits or runs slowly, as the master explains it. */
export async function whyItWaits(job, element, signal) {
  if (hasEnded(job)) {
    fill(element, job.reason ? h('p.reason', {}, job.reason) : null);
    return;
  }
  const why = await get(`/jobs/${job.id}/explain`, signal);
  const { workers } = why;
  fill(element, h('details.reason', { open: element.querySelector('details')?.open },
    h('summary', { 'data-key': 'why' }, why.reason),
    h('ul', {},
      h('li', {}, `${counted(workers.fitting, 'worker')} of ${count(workers.active)} can run it, with ${counted(workers.slots, 'slot')}, ${count(workers.busy)} busy`),
      workers.draining ? h('li', {}, `${counted(workers.draining, 'worker')} draining`) : null,
      workers.silent ? h('li', {}, `${counted(workers.silent, 'worker')} silent`) : null,
      why.ahead.map((other) => h('li', {}, 'beside ', h('a', { href: '#/jobs/' + other.jobId }, other.jobId), ` of priority ${other.priority}`)),
      why.othersAhead ? h('li', {}, `beside ${counted(why.othersAhead, 'more job')}`) : null)));
}
