/** Texts for numbers, times and states. */

const WHOLE = new Intl.NumberFormat('en');
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact' });
const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A number in few characters, for axes: 1.5K, 20M. */
export const short = (number) => COMPACT.format(number);

/** A count with separators: 1,234,567. */
export const count = (number) => WHOLE.format(number);

/** A count with its noun: 1 task, 2 tasks. */
export const counted = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

/** Tasks per second. */
export function rate(perSecond) {
  if (!perSecond) return '–';
  return (perSecond >= 1000 ? WHOLE.format(Math.round(perSecond)) : SHORT.format(perSecond)) + '/s';
}

/** A duration: 35 µs, 12 ms, 4.2 s, 3 min 05 s, 2 h 10 min, 3 d 4 h. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return '–';
  if (seconds < 0.001) return `${SHORT.format(seconds * 1e6)} µs`;
  if (seconds < 1) return `${SHORT.format(seconds * 1000)} ms`;
  if (seconds < 60) return `${SHORT.format(seconds)} s`;
  const whole = Math.round(seconds);
  const two = (number) => String(number).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

/** The age of a time: now, 12 s ago, 5 min ago, 3 h ago, 2 d ago. */
export function ago(time) {
  const seconds = Math.max(0, (Date.now() - Date.parse(time)) / 1000);
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}

/** A time of this time zone, to the second. */
export const moment = (time) => new Date(time).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** The number of seconds between two times; the second is now if it is missing. */
export function secondsBetween(from, to) {
  return from ? ((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 1000 : null;
}

/** A text cut at a length, with an ellipsis. */
export const cut = (text, length) => (text.length > length ? text.slice(0, length - 1) + '…' : text);

/** A state as a word: Running. */
export const word = (state) => state.charAt(0).toUpperCase() + state.slice(1).toLowerCase();

/** Whether a job is at its end. */
export const hasEnded = (job) => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(job.state);

/** A number of bytes: 512 B, 1.5 GiB. */
export function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = number < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(number) / 10));
  return `${SHORT.format(number / 1024 ** power)} ${units[power]}`;
}
