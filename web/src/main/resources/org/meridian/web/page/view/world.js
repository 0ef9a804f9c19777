import { html, nothing, repeat, svg } from '../html.js';
import { along, apart, arrow, ASPECT, dots, labels, project } from '../logic/geography.js';
import { spark, thickness } from '../logic/scale.js';
import { count, milliseconds, percent } from '../logic/format.js';
import { address } from '../router.js';
import { badge, empty, primaryMark } from '../part/badges.js';
import { errorTone } from '../part/status-line.js';
import { Measured } from '../part/measured.js';

const GRID_WIDTH = 1000;
const GRID_COLUMNS = 170;
const NARROW = 560;
const RECENT_PROBES = 45;
const LAND = dots(GRID_WIDTH, GRID_COLUMNS);
const measured = new Measured(900, () => repaint());
let repaint = () => {};

/** The map: where the regions are, and where their users go now. */
export function world(store, rest, schedule) {
  repaint = schedule;
  const { regions } = store.world;
  if (!regions.length) return empty('There are no regions yet.', 'Add one to meridian.yml.');
  measured.watch('map');
  const placed = regions.filter(region => region.latitude !== null && region.longitude !== null);
  return html`
    <section class="card map-card" aria-label="Map">
      <div id="map" class="map">${placed.length ? map(store, placed) : empty('No region says where it is.', 'Its location is unknown, so it is not on the map.')}</div>
      ${legend()}
    </section>
    <h2 class="unseen">Regions</h2>
    <ul class="regions">${repeat(regions, region => region.name, region => regionCard(store, region))}</ul>`;
}

function map(store, regions) {
  const { width } = measured;
  const height = width / ASPECT;
  const places = apart(
    regions.map(region => ({ ...project(region.longitude, region.latitude, width), region })), width / 48);
  const byName = new Map(places.map(place => [place.region.name, place]));
  const flows = places.map(place => flow(store, place, byName, width)).filter(Boolean);
  const most = Math.max(1, ...flows.map(one => one.rate ?? 0));
  const scale = Math.max(0.55, Math.min(1.8, width / 1100));
  const rootSize = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return html`
    <svg class="land" viewBox="0 0 ${GRID_WIDTH} ${GRID_WIDTH / ASPECT}" aria-hidden="true"><path d=${LAND}/></svg>
    <svg class="traffic" viewBox="0 0 ${width} ${height.toFixed(0)}" role="group" aria-label="Regions, and where their users go">
      ${flows.map(one => arrowOf(one, most, scale))}
      ${places.map(place => marker(place, scale))}
      ${width >= NARROW ? names(places, flows, width, height, rootSize) : nothing}
    </svg>`;
}

// Users stand a little north-west of their region; those of a fallen region go to another one. How many those are is known
// only if the page saw the region stand.
function flow(store, place, byName, width) {
  const { region } = place;
  const target = region.health === 'down' ? byName.get(region.fallback) : place;
  const rate = region.health === 'down'
    ? store.users.get(region.name) ?? null
    : region.traffic?.requestsPerSecond ?? 0;
  if (!target || region.health === 'empty') return null;
  const away = Math.max(30, width / 18);
  const from = target === place
    ? { x: place.x - away * 0.9, y: place.y - away * 0.55 }
    : { x: place.x, y: place.y };
  return { from, target, place, rate, moved: target !== place, bend: target === place ? 0.16 : 0.2, health: target.region.health };
}

function arrowOf({ from, target, place, rate, moved, bend, health }, most, scale) {
  const tone = moved ? 'warn' : health === 'healthy' ? 'ok' : health === 'degraded' ? 'warn' : 'bad';
  const words = moved
    ? `Users of ${place.region.name} go to ${target.region.name}`
    : `${count(rate)} requests a second go to ${target.region.name}`;
  return svg`${moved ? nothing : users(from, tone, scale)}<path class="flow ${tone} ${moved ? 'moved' : ''}" data-from=${place.region.name} data-to=${target.region.name}
    d=${arrow(from, target, thickness(rate ?? most / 4, most) * scale, { gap: 13 * scale, bend })}>
    <title>${words}</title></path>`;
}

const users = ({ x, y }, tone, scale) => svg`<g class="users ${tone}" transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(2)})">
  <circle r="2.2" cx="-1" cy="-4.5"/><circle r="2.2" cx="-5.5" cy="-1"/><circle r="2.2" cx="-4.5" cy="4.5"/><circle r="2.2" cx="1.5" cy="1"/></g>`;

function marker({ x, y, region }, scale) {
  const words = `${region.name}${region.primary ? ', primary' : ''}: ${region.health}, `
    + `${region.available} of ${region.wanted} servers, ${count(region.traffic?.requestsPerSecond)} requests a second`
    + (region.health === 'down' && region.fallback ? `, users go to ${region.fallback}` : '');
  return svg`<a class="marker ${region.health}" href=${address('topology', `pool/${region.name}`)} aria-label=${words}
      data-region=${region.name} data-health=${region.health} transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(2)})">
    <title>${words}</title>
    ${region.primary ? svg`<circle class="ring" r="13"/>` : nothing}
    <circle class="halo" r="9.5"/><circle class="core" r="5.5"/>
    ${region.health === 'down' ? svg`<path class="cross" d="M-2.5-2.5l5 5m0-5l-5 5"/>` : nothing}
  </a>`;
}

function names(places, flows, width, height, size) {
  const measure = ({ region }) => ({ width: (Math.max(region.name.length, 9) * 0.58 + 1.1) * size * 0.86, height: size * 2.35 });
  const arrows = flows.flatMap(one => along(one.from, one.target, one.bend));
  const corners = labels(places, measure, { width, height }, arrows, size * 1.05);
  return places.map(({ region }, i) => {
    const { width: wide, height: high } = measure({ region });
    const { x, y } = corners[i];
    const rate = region.health === 'down' ? 'down' : `${count(region.traffic?.requestsPerSecond)} req/s`;
    return svg`<g class="place" aria-hidden="true" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">
      <rect width=${wide.toFixed(1)} height=${high.toFixed(1)} rx=${size * 0.4}/>
      <text x=${wide / 2} y=${size * 0.98} class="place-name">${region.name}</text>
      <text x=${wide / 2} y=${size * 1.95} class="place-rate ${region.health}">${rate}</text></g>`;
  });
}

const legend = () => html`<ul class="legend" aria-label="Legend">
  <li><i class="key ok" aria-hidden="true"></i>healthy</li>
  <li><i class="key warn" aria-hidden="true"></i>degraded, or sent to another region</li>
  <li><i class="key bad" aria-hidden="true"></i>down</li>
  <li><i class="key ring" aria-hidden="true"></i>primary</li>
  <li class="quiet">An arrow’s width is its requests a second.</li>
</ul>`;

function regionCard(store, region) {
  const { traffic, name } = region;
  const history = store.rates.get(name) ?? [];
  return html`<li class="card region ${region.health}" data-region=${name}>
    <div class="region-head">
      <h3><a href=${address('topology', `pool/${name}`)}>${name}</a>${primaryMark(region.primary)}</h3>
      ${badge(region.health)}
    </div>
    <p class="quiet small">${region.provider} · ${region.location}</p>
    <div class="region-rate"><strong>${count(traffic?.requestsPerSecond)}</strong><span class="quiet">req/s</span>
      <svg class="spark" viewBox="0 0 120 28" preserveAspectRatio="none" aria-hidden="true">
        <polyline points=${spark(history, 120, 28)}/></svg></div>
    <dl class="facts">
      <div><dt>Servers</dt><dd>${region.available} of ${region.wanted}</dd></div>
      <div><dt>Release</dt><dd>${region.release ?? '–'}</dd></div>
      <div><dt>p95</dt><dd>${milliseconds(traffic?.p95)}</dd></div>
      <div><dt>Errors</dt><dd class=${errorTone(traffic?.errorPercent)}>${percent(traffic?.errorPercent)}</dd></div>
    </dl>
    ${region.health === 'down' && region.fallback
      ? html`<p class="moved-note">Users go to <strong>${region.fallback}</strong>.</p>`
      : probeStrip(store.probes.get(name) ?? [])}
  </li>`;
}

function probeStrip(probes) {
  const recent = probes.slice(-RECENT_PROBES);
  const bad = recent.filter(probe => !probe.ok).length;
  if (!recent.length) return html`<p class="probe-words quiet small">no probe yet</p>`;
  const words = bad ? `${bad} of the last ${recent.length} probes failed` : `the last ${recent.length} probes were answered`;
  const at = ok => recent.map((probe, i) => (probe.ok === ok ? `M${(i + RECENT_PROBES - recent.length) * 4 + 2} 3h0` : '')).join('');
  return html`<svg class="probe-strip" viewBox="0 0 ${RECENT_PROBES * 4} 6" role="img" aria-label=${words}>
    <title>${words}</title><path class="ok" d=${at(true)}/><path class="bad" d=${at(false)}/></svg>`;
}
