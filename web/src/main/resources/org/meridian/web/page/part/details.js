import { html, nothing } from '../html.js';
import { ago, bytes, count, milliseconds, percent } from '../logic/format.js';
import { badge, lastBackup, meter, primaryMark, weights } from './badges.js';
import { errorTone } from './status-line.js';
import { healthOf } from '../logic/tree.js';
import { icon } from './icons.js';
import './live-logs.js';
import './live-terminal.js';

const TITLES = { internet: 'The Internet', edge: 'Edge', pool: 'Pool', server: 'Server', data: 'Data', container: 'Container', process: 'Process' };
let tab = 'facts';

/** A node's panel: facts, and for servers and what runs on them logs and a terminal. */
export function details(store, node, rest, close) {
  const target = targetOf(node);
  const tabs = ['facts', ...(target ? ['logs'] : []), ...(target?.service && store.isOperator ? ['terminal'] : [])];
  const shown = tabs.includes(tab) ? tab : 'facts';
  return html`<aside class="card details" id="details" aria-labelledby="details-title" @keydown=${event => escape(event, close)}>
    <header class="details-head">
      <div><p class="quiet small">${TITLES[node.kind]}</p><h2 id="details-title">${node.kind === 'server' ? node.data.name : node.name}</h2></div>
      <button class="button icon-only" aria-label="Close details" @click=${close}>${icon('close')}</button>
    </header>
    ${tabs.length > 1 ? html`<div class="tabs" role="tablist" aria-label="Details" @keydown=${arrows}>${tabs.map(name => html`<button
      role="tab" id="tab-${name}" aria-selected=${name === shown} aria-controls="panel" tabindex=${name === shown ? 0 : -1}
      @click=${event => choose(name, event)}>${name[0].toUpperCase()}${name.slice(1)}</button>`)}</div>` : nothing}
    <div class="panel of-${shown}" id="panel" role=${tabs.length > 1 ? 'tabpanel' : nothing} aria-labelledby=${tabs.length > 1 ? `tab-${shown}` : nothing}>
      ${shown === 'facts' ? facts[node.kind](node.data, store) : nothing}
      ${shown === 'logs' ? html`<live-logs .target=${target}></live-logs>` : nothing}
      ${shown === 'terminal' ? html`<live-terminal .target=${target}></live-terminal>` : nothing}
    </div>
  </aside>`;
}

/** Which region, server and service a node's logs and terminal are of; null where there are none. */
function targetOf({ kind, data }) {
  const of = {
    pool: () => ({ region: data.name }),
    server: () => ({ region: data.region.name, server: data.name }),
    container: () => ({ region: data.region.name, server: data.server.name, service: data.service, release: data.release }),
    process: () => ({ region: data.region.name, server: data.server.name, service: data.container.service, release: data.container.release }),
  };
  return of[kind]?.() ?? null;
}

function choose(name) {
  tab = name;
  dispatchEvent(new Event('resize')); // paints
}

function arrows(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = [...event.currentTarget.children];
  const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
  next.click();
  next.focus();
}

// Escape belongs to the program in the terminal.
function escape(event, close) {
  if (event.key === 'Escape' && !event.target.closest('live-terminal')) close();
}

const row = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const trafficRows = traffic => (traffic ? html`
  ${row('Requests/s', count(traffic.requestsPerSecond))}
  ${row('Errors', html`<span class=${errorTone(traffic.errorPercent)}>${percent(traffic.errorPercent)}</span>`)}
  ${row('p50', milliseconds(traffic.p50))}${row('p95', milliseconds(traffic.p95))}${row('p99', milliseconds(traffic.p99))}
  ${row('Connections', count(traffic.connections))}` : row('Traffic', 'not measured'));

const facts = {
  internet: world => html`<dl class="facts wide">${row('Address', html`<a href=${world.address} rel="noreferrer" target="_blank">${world.address}</a>`)}
    ${row('Regions', count(world.regions.length))}</dl>`,
  edge: world => html`<dl class="facts wide">${row('Driver', world.driver)}${row('Address', world.address)}
    ${row('Primary', world.primary)}</dl>`,
  pool: region => html`<p class="details-line">${badge(region.health)} ${primaryMark(region.primary)}</p>
    <dl class="facts wide">${row('Origins', `${region.available} of ${region.wanted} available`)}
      ${row('Provider', `${region.provider} · ${region.location}`)}
      ${row('Fallback', region.fallback ? `its users are at ${region.fallback}` : 'not needed')}
      ${row('Weights', weights(region.weights, region.release))}${trafficRows(region.traffic)}</dl>`,
  server: server => html`<p class="details-line">${badge(server.draining ? 'draining' : server.health)}</p>
    ${usage(server)}
    <dl class="facts wide">${row('Release', server.release ?? '–')}${row('Address', html`<code>${server.address ?? '–'}</code>`)}
      ${row('Weight', server.weight ?? '–')}${row('In flight', count(server.inFlight))}${trafficRows(server.traffic)}</dl>`,
  data: one => html`<p class="details-line">${badge(one.well ? 'healthy' : 'down', one.state)}</p>
    ${one.backup?.warning ? html`<p class="notice warn">${one.backup.warning}</p>` : nothing}
    <dl class="facts wide">${row('Machine', html`<code>${one.machine}</code>`)}${row('Since', one.since ? ago(one.since) : '–')}
      ${row('Data', one.data.join(', ') || '–')}${row('Last backup', lastBackup(one.backup))}</dl>`,
  container: container => html`<p class="details-line">${badge(healthOf(container))}</p>
    <dl class="facts wide">${row('Service', container.service)}${row('Release', container.release ?? '–')}
      ${row('Server', container.server.name)}${row('State', container.state)}
      ${row('CPU', percent(container.cpuPercent))}${row('Memory', bytes(container.memory))}
      ${row('Restarts', html`<span class=${container.restarts ? 'warn-ink' : ''}>${count(container.restarts)}</span>`)}
      ${row('Image', html`<code>${container.image}</code>`)}${row('Id', html`<code>${container.id}</code>`)}</dl>`,
  process: process => html`<dl class="facts wide">${row('Pid', process.pid)}${row('User', process.user)}
    ${row('Container', process.container.service)}${row('Server', process.server.name)}
    ${row('Command', html`<code>${process.command}</code>`)}</dl>`,
};

function usage({ usage: used, usageProblem }) {
  if (!used) return html`<p class="notice warn">${usageProblem || 'Its CPU, memory and disk are not known yet.'}</p>`;
  const part = ({ used: now, total }) => (total > 0 ? (100 * now) / total : 0);
  return html`<div class="meters">
    ${meter('CPU', used.cpuPercent, percent(used.cpuPercent))}
    ${used.memory ? meter('Memory', part(used.memory), `${bytes(used.memory.used)} of ${bytes(used.memory.total)}`) : nothing}
    ${used.disk ? meter('Disk', part(used.disk), `${bytes(used.disk.used)} of ${bytes(used.disk.total)}`) : nothing}</div>`;
}
