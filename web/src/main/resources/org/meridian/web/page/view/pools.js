import { html, nothing, repeat } from '../html.js';
import { count, milliseconds, percent } from '../logic/format.js';
import { address } from '../router.js';
import { badge, empty, primaryMark, weights } from '../part/badges.js';
import { errorTone } from '../part/status-line.js';
import { icon } from '../part/icons.js';

const open = new Set();

/** The regions as the traffic layer sees them, and their origins. */
export function pools({ world }, rest, schedule) {
  if (!world.regions.length) return empty('There are no pools yet.', 'The first deploy makes them.');
  const toggle = name => {
    if (!open.delete(name)) open.add(name);
    schedule();
  };
  return html`
    <p class="lead quiet">Traffic is steered by <strong>${world.driver}</strong> at
      <a href=${world.address} rel="noreferrer" target="_blank">${world.address}</a>.</p>
    <div class="card table-card"><table class="table stack" id="pools">
      <thead><tr><th scope="col">Pool</th><th scope="col">Health</th><th scope="col">Origins</th><th scope="col">Weights</th>
        <th scope="col" class="number">Requests/s</th><th scope="col" class="number">Errors</th>
        <th scope="col" class="number">p50</th><th scope="col" class="number">p95</th><th scope="col" class="number">p99</th>
        <th scope="col">Fallback</th></tr></thead>
      ${repeat(world.regions, region => region.name, region => pool(world, region, toggle))}
    </table></div>`;
}

function pool(world, region, toggle) {
  const { traffic } = region;
  const shown = open.has(region.name);
  return html`<tbody data-pool=${region.name}>
    <tr class=${region.health}>
      <th scope="row" data-label="Pool"><button class="disclose" aria-expanded=${shown} @click=${() => toggle(region.name)}>
        ${icon('chevron')}<span>${region.name}</span></button>${primaryMark(region.primary)}</th>
      <td data-label="Health">${badge(region.health)}</td>
      <td data-label="Origins">${region.available} of ${region.wanted}</td>
      <td data-label="Weights">${weights(region.weights, world.release)}</td>
      <td data-label="Requests/s" class="number">${count(traffic?.requestsPerSecond)}</td>
      <td data-label="Errors" class="number ${errorTone(traffic?.errorPercent)}">${percent(traffic?.errorPercent)}</td>
      <td data-label="p50" class="number">${milliseconds(traffic?.p50)}</td>
      <td data-label="p95" class="number">${milliseconds(traffic?.p95)}</td>
      <td data-label="p99" class="number">${milliseconds(traffic?.p99)}</td>
      <td data-label="Fallback">${fallback(region)}</td>
    </tr>
    ${shown ? repeat(region.servers, server => server.name, origin) : nothing}
  </tbody>`;
}

const fallback = region => (region.fallback
  ? html`<span class="pill warn">${icon('arrow')} ${region.fallback}</span>`
  : html`<span class="quiet">not needed</span>`);

function origin(server) {
  const { traffic } = server;
  return html`<tr class="origin">
    <th scope="row" data-label="Origin"><a href=${address('topology', `server/${server.name}`)}>${server.name}</a></th>
    <td data-label="Health">${badge(server.draining ? 'draining' : server.health)}</td>
    <td data-label="Address"><code>${server.address ?? '–'}</code></td>
    <td data-label="Weight">${server.release}, weight ${server.weight ?? '–'}, ${count(server.inFlight)} in flight</td>
    <td data-label="Requests/s" class="number">${count(traffic?.requestsPerSecond)}</td>
    <td data-label="Errors" class="number">${percent(traffic?.errorPercent)}</td>
    <td data-label="p50" class="number">${milliseconds(traffic?.p50)}</td>
    <td data-label="p95" class="number">${milliseconds(traffic?.p95)}</td>
    <td data-label="p99" class="number">${milliseconds(traffic?.p99)}</td>
    <td></td></tr>`;
}
