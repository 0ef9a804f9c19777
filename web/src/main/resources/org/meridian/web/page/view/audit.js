import { html } from '../html.js';
import { ago, date } from '../logic/format.js';
import { answered, empty } from '../part/badges.js';

/** Who did what, where and when. */
export function audit(store) {
  return answered(store.answer('/api/audit'), list => (list.length ? html`
    <div class="card table-card"><table class="table stack" id="audit">
      <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">Action</th><th scope="col">What</th>
        <th scope="col">Where</th></tr></thead>
      <tbody>${list.map(entry => html`<tr>
        <td data-label="When"><time datetime=${entry.at} title=${date(entry.at)}>${ago(entry.at)}</time></td>
        <td data-label="Who">${entry.who}</td><td data-label="Action"><strong>${entry.action}</strong></td>
        <td data-label="What" class="wide">${entry.what}</td>
        <td data-label="Where" class="wide">${entry.where.join(', ')}</td></tr>`)}</tbody></table></div>`
    : empty('Nobody has done anything yet.', 'Deploys, rollbacks, terminals and logins are written here.')));
}
