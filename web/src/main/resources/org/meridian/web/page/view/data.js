import { html, nothing } from '../html.js';
import { ago } from '../logic/format.js';
import { badge, empty, lastBackup } from '../part/badges.js';
import { unasked } from '../part/unasked.js';

/** The services that keep data, which outlive releases. */
export function data({ world }) {
  const { services } = world;
  if (!services?.at) return html`<p class="empty quiet">Asking the servers …</p>`;
  return html`${unasked(services)}
    ${services.kept.length ? table(services.kept)
      : empty('No service keeps data.', 'No machine of the app is known to have one that outlives releases.')}`;
}

const table = list => html`<div class="card table-card"><table class="table stack" id="kept">
  <thead><tr><th scope="col">Service</th><th scope="col">State</th><th scope="col">Since</th><th scope="col">Region</th>
    <th scope="col">Machine</th><th scope="col">Data</th>
    <th scope="col">Last backup</th></tr></thead>
  <tbody>${list.map(one => html`<tr data-kept=${one.name}><th scope="row" data-label="Service">${one.name}</th>
    <td data-label="State">${badge(one.well ? 'healthy' : 'down', one.state)}</td>
    <td data-label="Since">${one.since ? ago(one.since) : '–'}</td>
    <td data-label="Region">${one.region}</td><td data-label="Machine"><code>${one.machine}</code></td>
    <td data-label="Data" class="wide">${one.data.join(', ')}</td>
    <td data-label="Last backup">${lastBackup(one.backup)}
      ${one.backup?.warning ? html`<p class="warn-ink small">${one.backup.warning}</p>` : nothing}</td></tr>`)}</tbody>
</table></div>`;
