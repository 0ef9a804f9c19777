import { html, nothing, svg } from '../html.js';
import { linear, ticks } from '../logic/scale.js';

const WIDTH = 460;
const HEIGHT = 190;
const BOX = { left: 52, right: 12, top: 26, bottom: 12 };

/**
 * Old against new over time. `lines` is { fresh, former } of [{at, value}]; `share` the part of users that the new release
 * had, drawn as bands behind; `write` writes a value.
 */
export function compare(title, lines, share, write, names) {
  const all = [...lines.fresh, ...lines.former];
  const last = line => (line.length ? write(line.at(-1).value) : '–');
  const words = `${title}: ${names.fresh} ${last(lines.fresh)}, ${names.former} ${last(lines.former)}`;
  return html`<figure class="chart">
    <figcaption><strong>${title}</strong>
      <span class="chart-key new"><i aria-hidden="true"></i>${names.fresh} <b>${last(lines.fresh)}</b></span>
      <span class="chart-key old"><i aria-hidden="true"></i>${names.former} <b>${last(lines.former)}</b></span></figcaption>
    ${all.length ? drawing(words, lines, all, share, write) : html`<p class="quiet">no figures yet</p>`}
  </figure>`;
}

function drawing(words, lines, all, share, write) {
  const times = [...all.map(point => point.at), ...share.map(point => point.at)];
  const marks = ticks(Math.max(...all.map(point => point.value)), 3);
  const x = linear([Math.min(...times), Math.max(...times)], [BOX.left, WIDTH - BOX.right]);
  const y = linear([0, marks.at(-1)], [HEIGHT - BOX.bottom, BOX.top]);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words}>
    ${bands(share, Math.max(...times)).map(({ from, to, part }, i) => svg`
      <rect class="band ${i % 2 ? 'odd' : ''}" x=${x(from)} y=${BOX.top} width=${Math.max(1, x(to) - x(from))} height=${HEIGHT - BOX.bottom - BOX.top}/>
      <text class="band-words" x=${x(from) + 4} y=${BOX.top - 8}>${part} %</text>`)}
    ${marks.map(mark => svg`<line class="grid" x1=${BOX.left} x2=${WIDTH - BOX.right} y1=${y(mark)} y2=${y(mark)}/>
      <text class="tick end" x=${BOX.left - 8} y=${y(mark) + 4}>${write(mark)}</text>`)}
    ${line('old', lines.former, x, y)}${line('new', lines.fresh, x, y)}
  </svg>`;
}

/** Runs of the same share: { from, to, part }. */
function bands(share, end) {
  const runs = [];
  for (const { at, share: part } of share) {
    if (runs.at(-1)?.part === part) continue;
    if (runs.length) runs.at(-1).to = at;
    runs.push({ from: at, to: end, part });
  }
  return runs;
}

function line(name, points, x, y) {
  if (!points.length) return nothing;
  const path = points.map((point, i) => `${i ? 'L' : 'M'}${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)}`).join('');
  const end = points.at(-1);
  return svg`<path class="line ${name}" d=${path}/><circle class="end ${name}" cx=${x(end.at)} cy=${y(end.value)} r="3.5"/>`;
}
