/** Calls of the HTTP API with the session cookie. */

const BASE = 'api/v1';

/** An answer with an error: the members of its problem document are in `problem`. */
export class Problem extends Error {
  /** @param {number} status @param {Object} problem */
  constructor(status, problem) {
    super(problem.detail || problem.title || `The master answered ${status}.`);
    this.status = status;
    this.problem = problem;
  }
}

/**
 * Parses JSON without losing digits: a number that a double does not hold stays as it is written.
 * @param {string} text
 */
export function parseExact(text) {
  return JSON.parse(text, (key, value, context) => {
    const isInexact = typeof value === 'number' && context?.source
      && JSON.rawJSON && String(value) !== context.source && !isSameNumber(value, context.source);
    return isInexact ? JSON.rawJSON(context.source) : value;
  });
}

function isSameNumber(value, source) {
  const digits = source.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '');
  return Number.isFinite(value) && (digits.length <= 15 || Number(source) === value && String(value).replace(/\D/g, '') === digits);
}

/**
 * Sends a request to the API and returns the response, whose status is below 300 or 304.
 * @param {string} method
 * @param {string} path below /api/v1
 * @param {{body?: *, text?: string, type?: string, accept?: string, headers?: Object, signal?: AbortSignal}} options
 *     `body` is sent as JSON, `text` as it is
 * @throws {Problem}
 */
export async function request(method, path, options = {}) {
  const headers = { 'X-Requested-With': 'minimalcluster', Accept: options.accept || 'application/json', ...options.headers };
  let body = options.text;
  if (options.body !== undefined) {
    body = JSON.stringify(options.body);
    headers['Content-Type'] = 'application/json';
  } else if (body !== undefined) {
    headers['Content-Type'] = options.type || 'application/json';
  }
  let response;
  try {
    response = await fetch(BASE + path, { method, headers, body, signal: options.signal, credentials: 'same-origin' });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Error('The master cannot be reached.');
  }
  if (response.ok || response.status === 304) return response;
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401 && path !== '/session') document.dispatchEvent(new Event('signed-out'));
  throw new Problem(response.status, problem);
}

/** Sends a request and returns the JSON of the answer; null for an answer without content. */
export async function call(method, path, options = {}) {
  const response = await request(method, path, options);
  const text = await response.text();
  return text ? parseExact(text) : null;
}

/** GETs JSON. */
export const get = (path, signal) => call('GET', path, { signal });

/** POSTs JSON, which may be missing. */
export const post = (path, body) => call('POST', path, { body });

/** A query string of those parameters that have a value. */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length ? '?' + new URLSearchParams(given) : '';
}

/**
 * Saves an answer as a file. Browsers keep long ones on disk.
 * @param {string} path below /api/v1
 * @param {string} accept media type
 * @param {string} name of the file
 */
export async function download(path, accept, name) {
  const response = await request('GET', path, { accept });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
