import { html, nothing } from '../html.js';
import { count, percent } from '../logic/format.js';
import { address } from '../router.js';

/** The figures that are always in sight: release, users, errors, and whether somebody works. */
export function statusLine({ world }) {
  if (!world) return nothing;
  const rate = sum(world, traffic => traffic.requestsPerSecond);
  const down = world.regions.filter(region => region.health === 'down').length;
  return html`<ul class="status" aria-label="Status">
    ${world.approval ? html`<li><a class="pill warn" href=${address('rollouts', world.approval.rollout)}>
      ${world.approval.to} waits for approval</a></li>` : nothing}
    ${world.unfinished ? html`<li><a class="pill busy" href=${address('rollouts', world.unfinished.rollout)}>
      <i class="pulse" aria-hidden="true"></i>Rollout ${world.unfinished.rollout} to ${world.unfinished.to}</a></li>` : nothing}
    <li class="figure"><span class="quiet">Release</span> <strong>${world.release ?? 'none'}</strong></li>
    <li class="figure"><span class="quiet">Requests/s</span> <strong>${count(rate)}</strong></li>
    <li class="figure"><span class="quiet">Errors</span>
      <strong class=${errorTone(errors(world, rate))}>${percent(errors(world, rate))}</strong></li>
    ${down ? html`<li><span class="pill bad">${down} of ${world.regions.length} regions down</span></li>` : nothing}
  </ul>`;
}

const sum = (world, figure) => world.regions.reduce((total, region) => total + (figure(region.traffic ?? {}) ?? 0), 0);

function errors(world, rate) {
  return rate > 0 ? sum(world, traffic => (traffic.errorPercent ?? 0) * (traffic.requestsPerSecond ?? 0)) / rate : 0;
}

/** How alarming an error rate in percent looks. */
export const errorTone = rate => (rate >= 1 ? 'bad-ink' : rate > 0.1 ? 'warn-ink' : '');
