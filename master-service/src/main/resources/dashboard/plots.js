/** Plots, drawn by uPlot. */

import uPlot from 'uplot';
import { fill, h, whileOnPage } from './dom.js';
import { count, duration, short } from './format.js';

const HEIGHT = 190;

/** A colour of the page. */
const colour = (element, name) => getComputedStyle(element).getPropertyValue('--' + name).trim();

/**
 * A plot that keeps the width of its element and the colours of the page.
 * @param {HTMLElement} element
 * @param {function(HTMLElement): Object} options of uPlot but for the size
 * @param {Array} data of uPlot
 */
export function plot(element, options, data, height = HEIGHT) {
  let made = null;
  const make = () => {
    const width = element.clientWidth;
    if (!width) return;
    made?.destroy();
    made = new uPlot({ width, height, legend: { show: false }, ...options(element) }, data, element);
  };
  whileOnPage(element, {
    size: () => {
      if (!made) make();
      else if (made.width !== element.clientWidth) made.setSize({ width: element.clientWidth, height });
    },
    colours: make,
    end: () => made?.destroy(),
  });
  return {
    update(now) {
      data = now;
      if (made) made.setData(now);
      else make();
    },
  };
}

/** An axis in the colours of the page. */
export function axis(element, more) {
  return {
    stroke: colour(element, 'quiet'), grid: { stroke: colour(element, 'line'), width: 1 },
    ticks: { stroke: colour(element, 'line'), width: 1 }, font: '12px system-ui, sans-serif', ...more,
  };
}

/** Bars of the given counts with a label below each. */
export function bars(element, labels, counts) {
  const options = (target) => ({
    cursor: { show: false },
    scales: { x: { time: false, range: [-0.6, counts.length - 0.4] }, y: { range: (self, low, high) => [0, Math.max(1, high * 1.05)] } },
    axes: [
      axis(target, { size: 30, grid: { show: false }, splits: () => labels.map((label, place) => place), values: () => thinned(target, labels) }),
      axis(target, { size: 60, values: (self, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? short(tick) : '')) })],
    series: [{}, {
      fill: colour(target, 'accent'), width: 0, points: { show: false },
      paths: uPlot.paths.bars({ size: [0.86, 100] }),
    }],
  });
  return plot(element, options, [counts.map((each, place) => place), counts]);
}

/** So many labels that they do not overlap. */
function thinned(element, labels) {
  const every = Math.max(1, Math.ceil((labels.length * 62) / Math.max(1, element.clientWidth - 70)));
  return labels.map((label, place) => (place % every ? '' : label));
}

/** A section with the histogram of the run times of a job. */
export function durations() {
  const target = h('div.plot', { role: 'img' });
  const note = h('p.quiet');
  const element = h('section.card', { 'aria-labelledby': 'durations' }, h('h2', { id: 'durations' }, 'Run times of tasks'), target, note);
  let shown = '';
  return {
    element,
    update(timeline) {
      const now = JSON.stringify(timeline.durations);
      if (now === shown) return;
      shown = now;
      const labels = timeline.durations.map((each) => '< ' + duration(each.below));
      target.hidden = !labels.length;
      const box = h('div'); // a new one for each plot, which lives as long as its element
      fill(target, box);
      if (labels.length) bars(box, labels, timeline.durations.map((each) => each.tasks));
      target.setAttribute('aria-label', 'Histogram of run times: '
        + timeline.durations.map((each) => `below ${duration(each.below)}: ${count(each.tasks)}`).join(', '));
      fill(note, labels.length ? `Of ${count(timeline.sampledTasks)} tasks in the blocks above.` : 'No run times yet.');
    },
  };
}

/** A line through points with rising x. */
export function line(element, xs, ys) {
  const options = (target) => ({
    scales: { x: { time: false } },
    cursor: { drag: { x: true, y: false } },
    axes: [axis(target, { size: 34 }), axis(target, { size: 70 })],
    series: [{}, { stroke: colour(target, 'accent'), width: 1.5, points: { show: xs.length < 100, size: 5, fill: colour(target, 'accent') } }],
  });
  return plot(element, options, [xs, ys]);
}

/** Points. uPlot needs rising x, so they are sorted. */
export function scatter(element, points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0]);
  const options = (target) => ({
    scales: { x: { time: false } },
    axes: [axis(target, { size: 34 }), axis(target, { size: 70 })],
    series: [{}, { paths: () => null, points: { show: true, size: 5, width: 0, fill: colour(target, 'accent') } }],
  });
  return plot(element, options, [sorted.map((each) => each[0]), sorted.map((each) => each[1])], 340);
}

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString('en-GB');

/** The seconds from the first point until now, but a minute at least, also before the first point. */
function untilNow(first) {
  const now = Date.now() / 1000;
  return [Math.min(first ?? now, now - 60), now];
}

/** A section with a line over time, for a page that gets new points again and again. */
export function timePlot(title, name) {
  const target = h('div.plot', { role: 'img' });
  const options = (element) => ({
    cursor: { show: false },
    scales: {
      x: { range: (self) => untilNow(self.data[0][0]) },
      y: { range: (self, low, high) => [0, Math.max(1, high * 1.1)] },
    },
    axes: [axis(element, { size: 34, space: 90, values: (self, ticks) => ticks.map(clock) }), axis(element, { size: 70, values: (self, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? short(tick) : '')) })],
    series: [{}, { stroke: colour(element, name), width: 2, points: { show: false }, fill: colour(element, name) + '22' }],
  });
  const drawn = plot(target, options, [[], []]);
  return {
    element: h('section.card', { 'aria-label': title }, h('h2', {}, title), target),
    update(data) {
      const latest = data[1].at(-1) ?? 0;
      target.setAttribute('aria-label', `${title} over the last minutes, now ${count(Math.round(latest))}`);
      drawn.update(data.map((each) => [...each]));
    },
  };
}
