/** Places blocks of a job on lanes: one row for each slot that a worker used at a time. */

/**
 * @typedef {{from: number, to: number, first: number, count: number, failed: number, running: boolean}} Span
 *     times are milliseconds
 */

const UNKNOWN_SLOTS = 8; // of a worker whose number of slots is not known any more

/** The spans of a timeline, by worker. */
function byWorker(timeline, now) {
  const workers = new Map();
  const known = new Map(timeline.workers.map((worker) => [worker.id, worker]));
  const spansOf = ({ worker: id }) => {
    if (!workers.has(id)) workers.set(id, { name: id, slots: UNKNOWN_SLOTS, ...known.get(id), spans: [] });
    return workers.get(id).spans;
  };
  for (const block of timeline.blocks) {
    const to = Date.parse(block.finishedAt);
    spansOf(block).push({ ...block, from: block.startedAt ? Date.parse(block.startedAt) : to, to, running: false });
  }
  for (const batch of timeline.running) {
    const spans = spansOf(batch);
    const recorded = spans.filter((span) => span.first >= batch.first && span.first < batch.first + batch.count);
    const from = Math.max(Date.parse(batch.startedAt), ...recorded.map((span) => span.to));
    spans.push({ ...batch, count: batch.remaining, failed: 0, from: Math.min(from, now), to: now, running: true });
  }
  return [...workers.values()].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/**
 * The lane for a span: of the free ones the one that became free last; a new one; or the one that is free first. Times of
 * recording vary a little, so spans of a slot may seem to overlap. A sample has gaps, so its spans take turns.
 */
function laneFor(span, rows, slots, isSample) {
  const end = (lane) => lane.at(-1).to;
  const slack = Math.max(40, (span.to - span.from) * 0.2);
  const free = rows.filter((lane) => end(lane) <= span.from + slack);
  if (free.length && !isSample) return free.reduce((a, b) => (end(b) > end(a) ? b : a));
  if (rows.length < slots) {
    rows.push([]);
    return rows.at(-1);
  }
  return rows.reduce((a, b) => (end(b) < end(a) ? b : a));
}

/**
 * The rows of the task stream.
 * @param {boolean} isSample whether blocks are missing
 * @returns {Array<{name: string, spans: Array<Span>}>} the name is that of the worker, in its first row only
 */
export function lanes(timeline, now, isSample) {
  return byWorker(timeline, now).flatMap(({ name, slots, spans }) => {
    const rows = [];
    for (const span of spans.sort((a, b) => a.from - b.from)) {
      const lane = laneFor(span, rows, slots, isSample);
      const from = Math.max(span.from, lane.at(-1)?.to ?? 0);
      lane.push({ ...span, from, to: Math.max(span.to, from) });
    }
    return rows.map((each, number) => ({ name: number ? '' : name, spans: each }));
  });
}
