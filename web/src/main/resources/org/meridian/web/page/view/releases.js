import { html, nothing } from '../html.js';
import { ago, date } from '../logic/format.js';
import { answered, badge, empty } from '../part/badges.js';
import { askRollBack } from '../part/actions.js';

/** What can be gone back to. */
export function releases(store) {
  return answered(store.answer('/api/releases'), list => (list.length ? table(store, list)
    : empty('There are no releases yet.', 'The first meridian deploy makes r1.')));
}

function table(store, list) {
  const { kept, unfinished } = store.world;
  const mayGoBack = store.isOperator && !unfinished;
  return html`<div class="card table-card"><table class="table stack" id="releases">
    <thead><tr><th scope="col">Release</th><th scope="col">State</th><th scope="col">Made</th><th scope="col">Revision</th>
      <th scope="col">Image</th>${mayGoBack ? html`<th scope="col"><span class="unseen">Actions</span></th>` : nothing}</tr></thead>
    <tbody>${list.map(release => html`<tr>
      <th scope="row" data-label="Release">${release.id}</th>
      <td data-label="State">${state(release, kept)}</td>
      <td data-label="Made"><time datetime=${release.createdAt} title=${date(release.createdAt)}>${ago(release.createdAt)}</time></td>
      <td data-label="Revision"><code>${release.revision ?? '–'}</code></td>
      <td data-label="Image" class="wide"><code class="cut" title=${release.image}>${release.image}</code></td>
      ${mayGoBack ? html`<td class="actions">${release.serving ? nothing
        : html`<button class="button small" @click=${() => askRollBack(store, release.id)}>Go back to ${release.id}</button>`}</td>` : nothing}
    </tr>`)}</tbody></table></div>`;
}

function state(release, kept) {
  if (release.serving) return badge('healthy', 'serves requests');
  if (release.kept) return badge('degraded', kept?.until ? `warm until ${date(kept.until)}` : 'warm');
  return html`<span class="quiet">in the history</span>`;
}
