import { html, nothing } from '../html.js';
import { answered, empty } from '../part/badges.js';

/** Which secrets each region has: names, where they are kept and their version, never a value. */
export function secrets(store) {
  return answered(store.answer('/api/secrets'), ({ regions, differences }) => {
    const names = [...new Set(regions.flatMap(region => region.secrets.map(secret => secret.name)))].sort();
    return html`
      <p class="lead quiet">Names only. Values never leave their store but for the servers.</p>
      ${differences.length ? html`<div class="card notice warn"><strong>The regions differ.</strong>
        <ul>${differences.map(one => html`<li>${one}</li>`)}</ul></div>` : nothing}
      ${names.length ? table(names, regions) : empty('No region has secrets.', 'Name a store with secrets: in meridian.yml.')}`;
  });
}

const table = (names, regions) => html`<div class="card table-card"><table class="table stack" id="secrets">
  <thead><tr><th scope="col">Name</th>${regions.map(region => html`<th scope="col">${region.region}</th>`)}</tr></thead>
  <tbody>${names.map(name => html`<tr><th scope="row" data-label="Name"><code>${name}</code></th>
    ${regions.map(region => cell(region, region.secrets.find(secret => secret.name === name)))}</tr>`)}</tbody></table></div>`;

const cell = (region, secret) => html`<td data-label=${region.region}>${secret
  ? html`<code class="cut" title=${secret.source}>${secret.source}</code>
      ${secret.version ? html`<span class="quiet small">${secret.version}</span>` : nothing}`
  : html`<span class="warn-ink">missing</span>`}</td>`;
