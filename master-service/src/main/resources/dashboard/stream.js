/** The task stream: what each slot ran when, coloured by outcome. */

import { fill, h, whileOnPage } from './dom.js';
import { counted, duration, hasEnded } from './format.js';
import { lanes } from './lanes.js';

const ROW = 18;
const AXIS = 22;
const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400];
const MAX_ROWS = 64;

const OUTCOMES = ['succeeded', 'failed', 'running'];

function describe(span) {
  const last = span.first + span.count - 1;
  const which = span.running ? `${counted(span.count, 'task')} of a batch from task ${span.first} on, running`
    : span.count === 1 ? `Task ${span.first}, ${span.failed ? 'failed' : 'succeeded'}`
      : `Tasks ${span.first} to ${last}, ${span.failed ? `${span.failed} failed` : 'all succeeded'}`;
  return `${which}, ${duration((span.to - span.from) / 1000)}`;
}

/**
 * A section with the task stream of a job.
 * @param {Object} job
 * @param {function(number): void} open shows a task
 */
export function taskStream(job, open) {
  const canvas = h('canvas', { tabindex: 0, role: 'img' });
  const tip = h('div.tip', { role: 'status' }, ' ');
  const legend = h('div.legend', { 'aria-hidden': 'true' }, OUTCOMES.map((kind) => h('span', {}, h('i.' + kind), kind)));
  const note = h('p.quiet');
  const element = h('section.card', { 'aria-labelledby': 'stream' },
    h('div.row', {}, h('h2', { id: 'stream' }, 'Task stream'), h('span.grow'), legend), canvas, tip, note);
  let drawn = []; // spans with their places
  let selected = -1;
  let rows = [];
  let range = { from: 0, to: 1 };

  const colours = () => {
    const style = getComputedStyle(element);
    const of = (name) => style.getPropertyValue('--' + name).trim();
    return { text: of('text'), quiet: of('quiet'), line: of('line'), succeeded: of('good'), failed: of('bad'), running: of('live') };
  };

  const draw = () => {
    const width = canvas.clientWidth || canvas.parentElement.clientWidth;
    if (!width) return;
    const height = Math.max(1, rows.length) * ROW + AXIS;
    const scale = window.devicePixelRatio || 1;
    canvas.style.height = height + 'px';
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const left = Math.min(150, Math.round(width * 0.26));
    const paint = canvas.getContext('2d');
    paint.scale(scale, scale);
    paint.font = '12px system-ui, sans-serif';
    paint.textBaseline = 'middle';
    const colour = colours();
    const x = (time) => left + ((time - range.from) / (range.to - range.from)) * (width - left - 8);
    drawAxis(paint, colour, x, left, width, height);
    drawn = [];
    rows.forEach((lane, number) => {
      const y = number * ROW;
      paint.fillStyle = colour.text;
      if (lane.name) paint.fillText(clip(paint, lane.name, left - 10), 0, y + ROW / 2);
      for (const span of lane.spans) {
        const from = x(span.from);
        const size = Math.max(2, x(span.to) - from - 1);
        paint.fillStyle = span.running ? colour.running : colour.succeeded;
        paint.fillRect(from, y + 2, size, ROW - 4);
        const failed = span.failed && Math.max(4, Math.round((ROW - 4) * (span.failed / span.count)));
        paint.fillStyle = colour.failed;
        paint.fillRect(from, y + ROW - 2 - failed, size, failed);
        drawn.push({ span, x: from, y, width: size });
      }
    });
    const mark = drawn[selected];
    if (mark) {
      paint.strokeStyle = colour.text;
      paint.lineWidth = 2;
      paint.strokeRect(mark.x - 1, mark.y + 1, mark.width + 2, ROW - 2);
    }
  };

  const drawAxis = (paint, colour, x, left, width, height) => {
    const seconds = (range.to - range.from) / 1000;
    const most = Math.max(2, Math.floor((width - left) / 90));
    const step = STEPS.find((each) => seconds / each <= most) || STEPS.at(-1) * Math.ceil(seconds / STEPS.at(-1) / most);
    paint.textAlign = 'center';
    for (let at = 0; at <= seconds + step / 1000; at += step) {
      const place = x(range.from + at * 1000);
      paint.strokeStyle = colour.line;
      paint.beginPath();
      paint.moveTo(place, 0);
      paint.lineTo(place, height - AXIS + 4);
      paint.stroke();
      paint.fillStyle = colour.quiet;
      const label = clock(at, step);
      if (place + paint.measureText(label).width / 2 < width) paint.fillText(label, Math.max(place, left + 4), height - AXIS / 2 + 2);
    }
    paint.textAlign = 'left';
  };

  const select = (place) => {
    selected = place;
    const found = drawn[place];
    tip.textContent = found ? describe(found.span) : ' ';
    draw();
  };
  const at = (event) => drawn.findLastIndex((each) => event.offsetX >= each.x - 1 && event.offsetX <= each.x + each.width + 1
    && event.offsetY >= each.y && event.offsetY < each.y + ROW);
  canvas.addEventListener('pointermove', (event) => { const place = at(event); if (place !== selected) select(place); });
  canvas.addEventListener('pointerleave', () => select(-1));
  canvas.addEventListener('click', (event) => { const found = drawn[at(event)]; if (found) open(found.span.first); });
  canvas.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step && drawn.length) {
      event.preventDefault();
      select((selected + step + drawn.length) % drawn.length);
    } else if (event.key === 'Enter' && drawn[selected]) {
      open(drawn[selected].span.first);
    }
  });
  whileOnPage(element, { size: draw, colours: draw });

  return {
    element,
    /** Draws the course of the job so far. */
    update(now, timeline) {
      const shown = timeline.blocks.reduce((sum, block) => sum + block.count, 0);
      const isSample = shown < (now.tasks.succeeded + now.tasks.failed) * 0.95;
      const all = lanes(timeline, Date.now(), isSample);
      rows = all.slice(0, MAX_ROWS);
      const spans = rows.flatMap((lane) => lane.spans);
      const from = Math.min(...spans.map((span) => span.from));
      const to = Math.max(...spans.map((span) => span.to));
      range = spans.length ? { from, to: Math.max(to, from + 1) } : { from: 0, to: 1000 };
      const before = drawn[selected]?.span;
      selected = -1;
      canvas.setAttribute('aria-label', `Task stream: ${counted(spans.length, 'block')} on ${counted(all.length, 'slot')} `
        + `in ${duration((range.to - range.from) / 1000)}. The arrow keys go from block to block, Enter opens a task.`);
      canvas.hidden = !spans.length;
      fill(note, !spans.length ? (hasEnded(now) ? 'Nothing ran.' : 'Nothing has run yet.')
        : isSample ? `${counted(timeline.blocks.length, 'block')} of results, spread evenly over the job.` : '',
      all.length > MAX_ROWS ? ` The first ${MAX_ROWS} of ${all.length} slots.` : '');
      draw();
      if (before) select(drawn.findIndex(({ span }) => span.first === before.first && span.running === before.running));
    },
  };
}

/** A time on the axis: 0, 50 ms, 12 s, 3:05, 2:10:00. */
function clock(seconds, step) {
  if (!seconds || seconds < 60) return seconds ? duration(Number(seconds.toFixed(4))) : '0';
  const two = (number) => String(Math.floor(number)).padStart(2, '0');
  return seconds < 3600 && step < 3600 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
    : `${Math.floor(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}

function clip(paint, text, width) {
  if (paint.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && paint.measureText(text.slice(0, length) + '…').width > width) length -= 1;
  return text.slice(0, length) + '…';
}
