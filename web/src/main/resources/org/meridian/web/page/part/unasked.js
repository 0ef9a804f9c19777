import { html, nothing } from '../html.js';

/** The servers and machines of which it is not known what they run beside the service that answers requests. */
export const unasked = services => (services.unasked.length
  ? html`<div class="card notice warn" role="status" id="unasked"><strong>Not every server could be asked.</strong>
      <ul>${services.unasked.map(one => html`<li>${one.name} in ${one.region}: ${one.why}.</li>`)}</ul></div>`
  : nothing);
