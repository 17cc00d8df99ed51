/**
 * Changes of a job and of the cluster. Server-sent events are read over fetch, because EventSource cannot send the header
 * that a session needs.
 */

import { parseExact, request } from './api.js';
import { notify, pause, repeatWhileVisible, whileVisible } from './dom.js';

const CALM = 2000; // between two calls

/**
 * Follows a stream of events until it ends for good. It reconnects after errors, and continues after the last event that
 * it has read. A hidden page closes its stream.
 * @param {string} path below /api/v1
 * @param {function(string, *): void} receive gets the name and the data of each event
 * @param {AbortSignal} signal ends it
 */
export async function follow(path, receive, signal) {
  let lastId = '';
  let failed = false;
  while (!signal.aborted) {
    try {
      const ended = !document.hidden && await whileVisible(signal, async (visible) => {
        const response = await request('GET', path, {
          accept: 'text/event-stream',
          headers: lastId ? { 'Last-Event-ID': lastId } : {},
          signal: visible,
        });
        failed = false;
        if (response.status === 204) return true; // nothing follows
        await read(response.body, (event) => {
          if (event.id) lastId = event.id;
          if (event.data) receive(event.event, JSON.parse(event.data));
        });
        return false;
      });
      if (ended) return;
    } catch (error) {
      if (error.status && error.status < 500 && error.status !== 429) throw error;
      if (error.name === 'Error') { // not a stream that broke off or was aborted
        if (!failed) notify(error.message, true);
        failed = true;
      }
    }
    await pause(CALM, signal);
  }
}

/**
 * Calls a function with the figures of the cluster, now and whenever they have changed.
 * @param {function(Object): Promise<*>} receive
 * @param {AbortSignal} signal ends it
 */
export function followCluster(receive, signal) {
  let tag = null;
  return repeatWhileVisible(() => whileVisible(signal, async (visible) => {
    const response = await request('GET', tag ? '/cluster?wait=50s' : '/cluster',
      { headers: tag ? { 'If-None-Match': tag } : {}, signal: visible });
    if (response.status === 304) return;
    await receive(parseExact(await response.text()));
    tag = response.headers.get('ETag');
  }), CALM, signal);
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
