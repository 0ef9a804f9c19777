import { html, nothing } from '../html.js';
import { ago, date } from '../logic/format.js';
import { empty } from '../part/badges.js';

/** Who works now, so that nobody else may. */
export function lock({ world }) {
  if (!world.lock) return empty('Nobody holds the lock.', 'A deploy or rollback can begin. meridian lock acquire keeps others out.');
  const { who, what, since, message } = world.lock;
  return html`<section class="card sheet" id="lock">
    <h2>${who} holds the lock</h2>
    <dl class="facts wide">
      <div><dt>For</dt><dd>${what}</dd></div>
      <div><dt>Since</dt><dd><time datetime=${since}>${date(since)}</time> (${ago(since)})</dd></div>
      ${message ? html`<div><dt>They say</dt><dd>${message}</dd></div>` : nothing}
    </dl>
    <p class="quiet">Nobody else can deploy or roll back meanwhile. A lock whose holder died is free after its lease;
      <code>meridian lock release</code> takes away one that a person keeps.</p>
  </section>`;
}
