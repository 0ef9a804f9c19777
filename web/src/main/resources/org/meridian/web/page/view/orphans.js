import { html } from '../html.js';
import { empty } from '../part/badges.js';

/** Servers with the app's tags that no release accounts for. */
export function orphans({ world }) {
  if (!world.orphans.length) return empty('There are no orphans.', 'Every server belongs to a release.');
  return html`
    <p class="lead quiet">These servers carry the app’s tags, and no release accounts for them.
      <code>meridian retire --orphans</code> destroys them, and asks before.</p>
    <div class="card table-card"><table class="table stack" id="orphans">
      <thead><tr><th scope="col">Server</th><th scope="col">Region</th><th scope="col">Why</th></tr></thead>
      <tbody>${world.orphans.map(orphan => html`<tr><th scope="row" data-label="Server"><code>${orphan.server}</code></th>
        <td data-label="Region">${orphan.region}</td><td data-label="Why" class="wide">${orphan.why}</td></tr>`)}</tbody>
    </table></div>`;
}
