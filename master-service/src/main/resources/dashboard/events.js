/** Server-sent events over fetch, because EventSource cannot send the header that a session needs. */

import { request } from './api.js';
import { pause } from './dom.js';

/**
 * Follows a stream of events until it ends for good. It reconnects after errors, and continues after the last event that
 * it has read. A hidden page closes its stream, because browsers allow six connections to a host.
 * @param {string} path below /api/v1
 * @param {function(string, *): void} receive gets the name and the data of each event
 * @param {AbortSignal} signal ends it
 */
export async function follow(path, receive, signal) {
  let lastId = '';
  while (!signal.aborted) {
    const visible = new AbortController();
    const hide = () => { if (document.hidden) visible.abort(); };
    document.addEventListener('visibilitychange', hide);
    try {
      if (!document.hidden) {
        const response = await request('GET', path, {
          accept: 'text/event-stream',
          headers: lastId ? { 'Last-Event-ID': lastId } : {},
          signal: AbortSignal.any([signal, visible.signal]),
        });
        if (response.status === 204) return; // nothing follows
        await read(response.body, (event) => {
          if (event.id) lastId = event.id;
          if (event.data) receive(event.event, JSON.parse(event.data));
        });
      }
    } catch (error) {
      if (error.status && error.status < 500 && error.status !== 429) throw error;
    } finally {
      document.removeEventListener('visibilitychange', hide);
    }
    await pause(2000, signal);
  }
}

/** Reads events: blocks of `name: value` lines with an empty line after each. */
async function read(body, receive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) receive(parse(block));
  }
}

function parse(block) {
  const event = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) event[line.slice(0, colon)] = line.slice(colon + 2);
  }
  return event;
}
