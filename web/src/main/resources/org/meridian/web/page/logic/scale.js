/** A function that maps a range of values onto a range of pixels; a range without width maps to its start. */
export function linear([from, to], [start, end]) {
  const part = to === from ? 0 : (end - start) / (to - from);
  return value => start + (value - from) * part;
}

/** Round values from 0 to at least `most`, about `wanted` of them. */
export function ticks(most, wanted = 3) {
  if (!(most > 0)) return [0, 1];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough * 0.999);
  const values = [];
  for (let i = 0; i <= Math.ceil(most / step - 1e-9); i++) values.push(Number((i * step).toPrecision(12)));
  return values;
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/** Marks on a time axis between two times in milliseconds, counted from the first: [{ at, label }]. */
export function timeTicks(from, to, most = 8) {
  const seconds = (to - from) / 1000;
  const step = STEPS.find(size => seconds / size <= most) ?? STEPS.at(-1);
  const marks = [];
  for (let second = 0; second <= seconds; second += step) {
    marks.push({ at: from + second * 1000, label: elapsed(second) });
  }
  return marks;
}

function elapsed(seconds) {
  const pad = value => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** How thick an arrow is for a rate, in pixels: the root, so that a hundredfold rate is a tenfold thickness. */
export const thickness = (rate, most) => (rate > 0 && most > 0 ? 1.5 + 7.5 * Math.sqrt(Math.min(1, rate / most)) : 1.5);

/** Points for an SVG polyline through values, oldest first, in a box of that size. */
export function spark(values, width, height) {
  const most = Math.max(1, ...values);
  const x = linear([0, Math.max(1, values.length - 1)], [0, width]);
  const y = linear([0, most], [height - 1, 1]);
  return values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
}
