/** Values of a job as a table and as plots. */

import { parseExact, query, request } from './api.js';
import { fill, h, row, table } from './dom.js';
import { count, cut } from './format.js';
import { bars, line, scatter } from './plots.js';

const MAX_RESULTS = 20000;
const MAX_CHARACTERS = 8 * 1024 * 1024;
const ROWS = 20;
const CLASSES = 30;
const LINE_POINTS = 2000;

/**
 * Reads the first results of a job, up to a number and a size.
 * @returns {Promise<{results: Array<{index: number, argument: *, value: *}>, isCut: boolean}>}
 */
export async function readValues(job, signal) {
  const path = `/jobs/${job.id}/results` + query({ state: 'succeeded', args: true, limit: MAX_RESULTS });
  const response = await request('GET', path, { accept: 'application/x-ndjson', signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const results = [];
  let rest = '';
  let size = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    size += value.length;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const text of lines) if (text) results.push(parseExact(text));
    if (size > MAX_CHARACTERS) {
      await reader.cancel();
      break;
    }
  }
  return { results, isCut: results.length < job.tasks.succeeded };
}

/** A value as a number to plot; null if it is none. */
function number(value) {
  const near = value && JSON.isRawJSON?.(value) ? Number(value.rawJSON) : value;
  return typeof near === 'number' && Number.isFinite(near) ? near : null;
}

/** A value as a pair of numbers: `[1, 2]` or an object with two numbers; null if it is none. */
function pair(value) {
  if (value === null || typeof value !== 'object') return null;
  const members = Object.values(value);
  const numbers = members.map(number);
  return members.length === 2 && !numbers.includes(null) ? numbers : null;
}

/** The kinds of plots that fit the values, the best first: a line with more points than the screen is a filled area. */
function kinds(results) {
  if (!results.length) return [];
  if (results.every(({ value }) => number(value) !== null)) {
    return results.length > LINE_POINTS ? ['Histogram', 'Line'] : ['Line', 'Histogram'];
  }
  return results.every(({ value }) => pair(value)) ? ['Scatter'] : [];
}

/** Counts numbers in classes of equal width; few whole numbers each get a class of their own. */
export function histogram(numbers) {
  const low = numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const high = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  const isWhole = high - low < CLASSES && numbers.every(Number.isInteger);
  const width = isWhole ? 1 : (high - low) / CLASSES || 1;
  const classes = isWhole ? high - low + 1 : low === high ? 1 : CLASSES;
  const counts = new Array(classes).fill(0);
  for (const each of numbers) counts[Math.min(classes - 1, Math.floor((each - low) / width))] += 1;
  const label = (place) => (isWhole ? String(low + place) : String(Number((low + (place + 0.5) * width).toPrecision(3))));
  return { labels: counts.map((each, place) => label(place)), counts };
}

function draw(kind, target, results) {
  if (kind === 'Scatter') {
    scatter(target, results.map(({ value }) => pair(value)));
    return;
  }
  const numbers = results.map(({ value }) => number(value));
  if (kind === 'Histogram') {
    const { labels, counts } = histogram(numbers);
    bars(target, labels, counts);
    return;
  }
  const given = results.map(({ argument }) => number(argument));
  const isRising = given.every((each, place) => each !== null && (place === 0 || each > given[place - 1]));
  line(target, isRising ? given : results.map(({ index }) => index), numbers);
}

function valueTable(results) {
  const content = h('div');
  const pager = h('nav.pager', { 'aria-label': 'Pages of the values' });
  let first = 0;
  const show = () => {
    fill(content, table('Values', ['Task', 'Argument', 'Value'], results.slice(first, first + ROWS).map((each) => row(
      h('span.number', {}, String(each.index)), h('code', {}, cut(JSON.stringify(each.argument), 80)),
      h('code', {}, cut(JSON.stringify(each.value), 160))))));
    fill(pager,
      h('span.quiet', {}, `${count(first + 1)}–${count(Math.min(results.length, first + ROWS))} of ${count(results.length)}`),
      h('button', { disabled: first === 0, 'data-key': 'before', click: () => { first -= ROWS; show(); } }, '← Previous'),
      h('button', { disabled: first + ROWS >= results.length, 'data-key': 'after', click: () => { first += ROWS; show(); } }, 'Next →'));
  };
  show();
  return h('div', {}, content, pager);
}

/** A view of results with a choice of table and plots. The plot is first where there is one. */
export function valueView(job, { results, isCut }) {
  if (!results.length) return h('p.quiet', {}, 'No task has a value.');
  const target = h('div.result');
  const choices = [...kinds(results), 'Table'];
  const chips = h('div.chips', { role: 'group', 'aria-label': 'View of the values' });
  const show = (kind) => {
    fill(chips, choices.map((each) => h('button.chip', {
      'aria-pressed': String(each === kind), 'data-key': 'view-' + each, click: () => show(each),
    }, each)));
    if (kind === 'Table') {
      fill(target, valueTable(results));
    } else {
      const box = h('div.plot', { role: 'img', 'aria-label': `${kind} of ${count(results.length)} values` });
      fill(target, box);
      draw(kind, box, results);
    }
  };
  show(results.length > 3 ? choices[0] : 'Table');
  return h('div', {}, chips, target,
    isCut ? h('p.quiet', {}, `The first ${count(results.length)} of ${count(job.tasks.succeeded)} values.`) : null);
}
