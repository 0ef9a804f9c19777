import { html, nothing } from '../html.js';
import { ago, count, date, duration } from '../logic/format.js';
import { address } from '../router.js';
import { badge, empty } from '../part/badges.js';
import { unasked } from '../part/unasked.js';

/** Workers and jobs: what releases do beside answering requests. */
export function jobs({ world }) {
  const { services } = world;
  if (!services?.at) return html`<p class="empty quiet">Asking the servers …</p>`;
  return html`
    ${unasked(services)}
    <h2>Jobs</h2>
    ${services.jobs.length ? jobTable(services.jobs)
      : empty('There are no jobs.', 'No release that serves runs anything by schedule.')}
    <h2>Workers</h2>
    ${services.workers.length ? workerTable(services.workers)
      : empty('There are no workers.', 'Nothing beside the service that answers requests is known to run.')}`;
}

const serverLink = name => html`<a href=${address('topology', `server/${name}`)}>${name}</a>`;

const jobTable = list => html`<div class="card table-card"><table class="table stack" id="jobs">
  <thead><tr><th scope="col">Job</th><th scope="col">Region</th><th scope="col">Schedule</th><th scope="col">Next</th>
    <th scope="col">Last run</th><th scope="col">Server</th></tr></thead>
  <tbody>${list.map(job => html`<tr data-job=${job.name}><th scope="row" data-label="Job">${job.name}</th>
    <td data-label="Region">${job.region}</td>
    <td data-label="Schedule"><code>${job.schedule}</code></td>
    <td data-label="Next">${next(job)}</td>
    <td data-label="Last run">${lastRun(job.last)}</td>
    <td data-label="Server">${serverLink(job.server)}</td></tr>`)}</tbody>
</table></div>`;

function next(job) {
  if (job.problem) return badge('unknown', 'not known');
  if (job.runningSince) return badge('running', `running for ${duration(Date.now() - Date.parse(job.runningSince))}`);
  if (!job.scheduled) return badge('failed', 'not scheduled: deploy again');
  return job.next ? date(job.next) : 'now';
}

function lastRun(run) {
  if (!run) return html`<span class="quiet">none yet</span>`;
  const words = run.end === 'ok' ? 'done' : run.end === 'failed' ? `exit code ${run.exitCode}` : run.end;
  return html`${badge(run.end === 'ok' ? 'done' : 'failed', words)} <span class="quiet">${ago(run.began)}</span>`;
}

const workerTable = list => html`<div class="card table-card"><table class="table stack" id="workers">
  <thead><tr><th scope="col">Worker</th><th scope="col">State</th><th scope="col">Release</th>
    <th scope="col" class="number">Containers</th><th scope="col" class="number">Restarts</th><th scope="col">Since</th>
    <th scope="col">Server</th></tr></thead>
  <tbody>${list.map(one => html`<tr data-worker=${one.name}><th scope="row" data-label="Worker">${one.name}</th>
    <td data-label="State">${workerState(one)}</td><td data-label="Release">${one.release}</td>
    <td data-label="Containers" class="number">${one.running} of ${one.containers}</td>
    <td data-label="Restarts" class="number">${count(one.restarts)}</td>
    <td data-label="Since">${one.since ? ago(one.since) : nothing}</td>
    <td data-label="Server">${serverLink(one.server)}</td></tr>`)}</tbody>
</table></div>`;

const WORKER_TONES = { running: 'running', partly: 'degraded', down: 'down', ending: 'draining' };

const workerState = one => (one.state === 'running' && one.restarts
  ? badge('degraded', 'running, started again')
  : badge(WORKER_TONES[one.state] ?? 'unknown', one.state));
