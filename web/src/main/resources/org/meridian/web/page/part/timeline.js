import { html, nothing, svg } from '../html.js';
import { linear, timeTicks } from '../logic/scale.js';
import { barsOf, current, isOver, wavesOf, windowOf } from '../logic/timeline.js';
import { clock, duration } from '../logic/format.js';
import { Measured } from './measured.js';

const ROW = 50;
const HEADING = 28;
const AXIS = 26;
const BAR = 22;
const measured = new Measured(800, () => repaint());
let repaint = () => {};

/** A rollout as phases on a time axis, a row a region in waves, and under each a dot for every second's probe. */
export function timeline(store, detail, schedule) {
  repaint = schedule;
  measured.watch('timeline');
  const { rollout, phases } = detail;
  const now = Date.now();
  const time = windowOf(rollout, phases, now);
  const waves = wavesOf(detail, store.world.primary);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const left = (measured.width < 560 ? 84 : 128) * rem;
  const x = linear([time.from, time.to], [left, measured.width - 14]);
  const rows = layOut(waves, rem);
  const height = rows.height + AXIS * rem;
  return html`<div id="timeline" class="timeline">
    <svg viewBox="0 0 ${measured.width} ${height}" height=${height} role="img"
        aria-label="Phases of rollout ${rollout.number} over time; the table below says the same">
      ${axis(time, x, rows.height, measured.width, rem)}
      ${rows.headings.map(({ y, label }) => svg`<text class="wave" x="0" y=${y}>${label}</text>`)}
      ${rows.regions.map(({ y, region }) => row(store, detail, region, y, x, time, now, rem, left))}
      ${isOver(rollout) ? nothing : svg`<line class="now" x1=${x(now)} x2=${x(now)} y1="0" y2=${rows.height}/>`}
    </svg></div>
    <details class="as-table"><summary>As a table</summary>${table(phases)}</details>`;
}

function layOut(waves, rem) {
  const headings = [];
  const regions = [];
  let y = 0;
  waves.forEach((wave, i) => {
    headings.push({ y: y + 17 * rem, label: `Wave ${i + 1}` });
    y += HEADING * rem;
    for (const region of wave) {
      regions.push({ y, region });
      y += ROW * rem;
    }
  });
  return { headings, regions, height: y + 6 };
}

function axis(time, x, height, width, rem) {
  return timeTicks(time.from, time.to, Math.max(3, Math.floor(width / (110 * rem)))).map(({ at, label }) => svg`
    <line class="grid" x1=${x(at)} x2=${x(at)} y1="0" y2=${height}/>
    <text class="tick" x=${x(at)} y=${height + 17 * rem}>${label}</text>`);
}

function row(store, detail, region, y, x, time, now, rem, left) {
  const bars = barsOf(region, detail.phases, now, time.to);
  const doing = current(bars);
  return svg`<g class="row" data-region=${region} data-doing=${doing ?? ''}>
    <text class="row-name" x="0" y=${y + 16 * rem}>${region}${region === store.world.primary ? ' ★' : ''}</text>
    ${bars.map(bar => phase(bar, y, x, rem))}
    ${probes(store.probes.get(region) ?? [], time, y + (BAR + 12) * rem, x, detail.rollout, rem)}
    <line class="row-line" x1=${left} x2=${x(time.to)} y1=${y + (ROW - 5) * rem} y2=${y + (ROW - 5) * rem}/>
  </g>`;
}

function phase({ phase: name, from, to, going, ok }, y, x, rem) {
  const width = Math.max(3, x(to) - x(from) - 1.5);
  const words = `${name}: ${duration(to - from)}${going ? ', goes on' : ok === false ? ', failed' : ''}`;
  return svg`<g class="phase ${name} ${going ? 'going' : ''} ${ok === false ? 'failed' : ''}"><title>${words}</title>
    <rect x=${x(from)} y=${y} width=${width} height=${BAR * rem} rx=${5 * rem}/>
    ${width > (name.length * 7 + 14) * rem ? svg`<text x=${x(from) + 8 * rem} y=${y + 15.5 * rem}>${name}</text>` : nothing}</g>`;
}

// One path for the good ones and one for the bad ones, since there may be thousands.
function probes(list, time, y, x, rollout, rem) {
  const shown = list.filter(probe => probe.at >= time.from && probe.at <= time.to);
  const path = ok => shown.map(probe => (probe.ok === ok ? `M${x(probe.at).toFixed(1)} ${y}h0` : '')).join('');
  const bad = shown.filter(probe => !probe.ok);
  return shown.length
    ? svg`<g class="dots" stroke-width=${5 * rem}><title>${shown.length - bad.length} probes answered, ${bad.length} failed${
      bad.length ? `, the last at ${clock(bad.at(-1).at)}: ${bad.at(-1).detail}` : ''}</title>
      <path class="ok" d=${path(true)}/><path class="bad" d=${path(false)}/></g>`
    : nothing;
}

const table = phases => html`<div class="table-card"><table class="table">
  <thead><tr><th scope="col">Region</th><th scope="col">Phase</th><th scope="col">Began</th><th scope="col">Took</th><th scope="col">How</th></tr></thead>
  <tbody>${phases.map(one => html`<tr><th scope="row">${one.region}</th><td>${one.phase}</td><td>${clock(one.startedAt)}</td>
    <td>${one.endedAt ? duration(Date.parse(one.endedAt) - Date.parse(one.startedAt)) : 'goes on'}</td>
    <td>${one.ok === false ? html`<span class="bad-ink">failed</span>` : one.ok ? 'done' : ''}</td></tr>`)}</tbody></table></div>`;
