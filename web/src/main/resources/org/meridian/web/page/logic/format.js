// How figures and times are written. A figure nobody knows is a dash.
const DASH = '–';
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
const known = value => typeof value === 'number' && Number.isFinite(value);
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A count or rate: 3.4, 412, 1,204. */
export const count = value => (known(value) ? (Math.abs(value) < 10 ? one : number).format(value) : DASH);

/** Percent: 0 %, 0.02 %, 1.8 %, 43 %. */
export function percent(value) {
  if (!known(value)) return DASH;
  const digits = value === 0 || value >= 10 ? 0 : value < 0.1 ? 2 : 1;
  return `${value.toFixed(digits)} %`;
}

/** Milliseconds: 0.8 ms, 38 ms, 1.2 s. */
export function milliseconds(value) {
  if (!known(value)) return DASH;
  return value >= 1000 ? `${one.format(value / 1000)} s` : `${value < 10 ? one.format(value) : number.format(value)} ms`;
}

/** A duration of seconds to days, given in milliseconds: 7 s, 1 min 58 s, 3 h 20 min, 2 d 4 h. */
export function duration(value) {
  if (!known(value)) return DASH;
  const seconds = Math.max(0, Math.round(value / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return pair(seconds, 60, 'min', 1, 's');
  if (seconds < 86_400) return pair(seconds, 3600, 'h', 60, 'min');
  return pair(seconds, 86_400, 'd', 3600, 'h');
}

function pair(seconds, big, bigName, small, smallName) {
  const rest = Math.floor((seconds % big) / small);
  return `${Math.floor(seconds / big)} ${bigName}${rest ? ` ${rest} ${smallName}` : ''}`;
}

/** Bytes: 640 MB, 1.9 GB. */
export function bytes(value) {
  if (!known(value)) return DASH;
  let unit = 0;
  let rest = value;
  for (; rest >= 1000 && unit < UNITS.length - 1; unit++) rest /= 1000;
  return `${rest < 10 && unit > 1 ? one.format(rest) : number.format(rest)} ${UNITS[unit]}`;
}

/** How long ago an instant is: now, 40 s ago, 3 h 20 min ago. */
export function ago(at, now = Date.now()) {
  const past = now - Date.parse(at);
  if (!known(past)) return DASH;
  return past < 2000 ? 'now' : `${duration(past)} ago`;
}

const clockFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** The time of day, in the user's zone: 14:03:22. */
export const clock = at => (Number.isNaN(Date.parse(at)) ? DASH : clockFormat.format(Date.parse(at)));

/** Day and time, in the user's zone: 3 Nov, 14:03. */
export const date = at => (Number.isNaN(Date.parse(at)) ? DASH : dateFormat.format(Date.parse(at)));

/** One thing, several things. */
export const plural = (n, word) => `${count(n)} ${word}${n === 1 ? '' : 's'}`;
