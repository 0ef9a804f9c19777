import { html, nothing } from '../html.js';
import { address } from '../router.js';
import { ago, count, date, duration, milliseconds, percent } from '../logic/format.js';
import { endOf, isOver, series } from '../logic/timeline.js';
import { answered, badge, empty } from '../part/badges.js';
import { askAbort, askPromote, askRollBack } from '../part/actions.js';
import { compare } from '../part/chart.js';
import { timeline } from '../part/timeline.js';

let compared = null;

/** One rollout in full, by default the one that goes on or was last, and the list of all. */
export function rollouts(store, [chosen], schedule) {
  return answered(store.answer('/api/rollouts'), list => {
    if (!list.length) return empty('There was no rollout yet.', 'meridian deploy makes the first; it can be watched here.');
    const number = Number(chosen) || list[0].number;
    return html`
      ${answered(store.answer(`/api/rollouts/${number}`), detail => one(store, detail, schedule))}
      <h2 class="section">All rollouts</h2>${table(list, number)}`;
  });
}

function one(store, detail, schedule) {
  const { rollout, receipt, journal, canary } = detail;
  const over = isOver(rollout);
  const until = over ? endOf(rollout, detail.phases) : Date.now();
  return html`<article class="rollout" data-rollout=${rollout.number} data-outcome=${rollout.outcome}>
    <header class="rollout-head">
      <div><h2>${title(rollout)}</h2>
        <p class="quiet">${over ? 'took' : 'for'} ${duration(until - Date.parse(rollout.startedAt))},
          began ${date(rollout.startedAt)}${rollout.who ? `, by ${rollout.who}` : ''}</p></div>
      ${over ? outcome(rollout) : html`<span class="pill busy"><i class="pulse" aria-hidden="true"></i>${phaseOf(store, rollout)}</span>`}
      ${store.isOperator ? buttons(store, rollout, over) : nothing}
    </header>
    ${receipt ? receiptCard(receipt) : nothing}
    <section class="card" aria-labelledby="timeline-title"><h3 id="timeline-title">Waves and phases</h3>
      ${timeline(store, detail, schedule)}
      <p class="quiet small timeline-key"><i class="dot ok" aria-hidden="true"></i> a probe of the public address that was answered
        <i class="dot bad" aria-hidden="true"></i> one that failed</p></section>
    ${canary.length ? comparison(rollout, canary, schedule) : nothing}
    <details class="card fold"><summary><h3>Journal</h3><span class="quiet">${count(journal.length)} entries</span></summary>
      ${journalTable(journal)}</details>
  </article>`;
}

const title = ({ kind, from, to, number }) =>
  `Rollout ${number}: ${kind === 'scale' ? `scale ${to}` : `${kind === 'rollback' ? 'back' : 'deploy'}${from ? ` from ${from}` : ''} to ${to}`}`;

// A rollback that ends rolled back has done what it should.
const outcome = ({ kind, outcome: word }) => badge(kind === 'rollback' && word === 'rolled-back' ? 'done' : word, word);

const phaseOf = ({ world }, { number }) => (world.approval?.rollout === number ? 'waits for approval' : 'goes on');

function buttons(store, rollout, over) {
  const { approval, unfinished, lock } = store.world;
  const answerable = { rollout: rollout.number, to: rollout.to };
  const mine = unfinished?.rollout === rollout.number && lock;
  return html`<div class="buttons">
    ${approval?.rollout === rollout.number
      ? html`<button class="button primary" id="promote" @click=${() => askPromote(store, answerable)}>Promote</button>` : nothing}
    ${mine && !over ? html`<button class="button danger" id="abort" @click=${() => askAbort(store, answerable)}>Abort</button>` : nothing}
    ${over && !unfinished ? html`<button class="button" id="roll-back" @click=${() => askRollBack(store)}>Roll back …</button>` : nothing}
  </div>`;
}

function receiptCard({ outcome, release, previous, probe, regions, duration_ms: took }) {
  return html`<section class="card receipt" aria-label="Receipt" id="receipt">
    <div class="receipt-main">
      <p class="receipt-figure ${probe.failed ? 'bad-ink' : 'ok-ink'}">${count(probe.failed)}</p>
      <p><strong>of ${count(probe.sent)} requests failed</strong><br>
        <span class="quiet">Meridian’s own, to the public address, throughout.</span></p>
    </div>
    <dl class="facts wide">
      <div><dt>Outcome</dt><dd>${badge(outcome)}</dd></div>
      <div><dt>Release</dt><dd>${release}${previous ? html` <span class="quiet">after ${previous}</span>` : nothing}</dd></div>
      <div><dt>Took</dt><dd>${duration(took)}</dd></div>
      <div><dt>p50</dt><dd>${milliseconds(probe.p50_ms)}</dd></div>
      <div><dt>p99</dt><dd>${milliseconds(probe.p99_ms)}</dd></div>
      <div><dt>Slowest</dt><dd>${milliseconds(probe.max_ms)}</dd></div>
    </dl>
    <ul class="receipt-regions">${regions.map(region => html`<li><strong>${region.name}</strong>
      <span class="quiet">prepared in ${duration(region.prepare_ms)}, shifted in ${duration(region.shift_ms)}</span></li>`)}</ul>
  </section>`;
}

function comparison(rollout, canary, schedule) {
  const regions = [...new Set(canary.map(look => look.region))];
  if (!regions.includes(compared)) compared = canary.at(-1).region;
  const looks = canary.filter(look => look.region === compared);
  const { share, p95, errors } = series(looks);
  const names = { fresh: rollout.to, former: rollout.from ?? 'before' };
  const choose = region => {
    compared = region;
    schedule();
  };
  return html`<section class="card" aria-labelledby="canary-title">
    <div class="card-head"><h3 id="canary-title">New against old</h3>
      <div class="choices" role="group" aria-label="Region">${regions.map(region => html`<button class="choice"
        aria-pressed=${region === compared} @click=${() => choose(region)}>${region}</button>`)}</div></div>
    <div class="charts">${compare('Slowest 5 % (p95)', p95, share, milliseconds, names)}
      ${compare('Error rate', errors, share, percent, names)}</div>
    <details class="as-table"><summary>As a table</summary>${canaryTable(looks, names)}</details>
  </section>`;
}

const canaryTable = (looks, names) => html`<div class="table-card"><table class="table">
  <thead><tr><th scope="col">At</th><th scope="col">Share</th><th scope="col">Verdict</th>
    ${[names.fresh, names.former].map(name => html`<th scope="col" class="number">${name} requests</th>
      <th scope="col" class="number">${name} errors</th><th scope="col" class="number">${name} p95</th>`)}</tr></thead>
  <tbody>${looks.map(look => html`<tr><td>${date(look.at)}</td><td>${percent(look.share)}</td><td>${look.verdict ?? '–'}</td>
    ${[look.fresh, look.former].map(counts => html`<td class="number">${count(counts?.requests)}</td>
      <td class="number">${count(counts?.errors)}</td><td class="number">${milliseconds(counts?.p95)}</td>`)}</tr>`)}</tbody></table></div>`;

const journalTable = journal => html`<div class="table-card"><table class="table stack" id="journal">
  <thead><tr><th scope="col">At</th><th scope="col">Act</th><th scope="col">State</th><th scope="col">Problem</th></tr></thead>
  <tbody>${journal.map(entry => html`<tr><td data-label="At">${date(entry.at)}</td><td data-label="Act" class="wide">${entry.act}</td>
    <td data-label="State">${badge(entry.state.toLowerCase())}</td>
    <td data-label="Problem" class="wide">${entry.problem ?? ''}</td></tr>`)}</tbody></table></div>`;

const table = (list, number) => html`<div class="card table-card"><table class="table stack" id="rollouts">
  <thead><tr><th scope="col">Rollout</th><th scope="col">What</th><th scope="col">Outcome</th><th scope="col">Began</th>
    <th scope="col">Took</th><th scope="col">By</th></tr></thead>
  <tbody>${list.map(rollout => html`<tr class=${rollout.number === number ? 'chosen' : ''}>
    <th scope="row" data-label="Rollout"><a href=${address('rollouts', rollout.number)}>${rollout.number}</a></th>
    <td data-label="What">${rollout.kind} ${rollout.from ? `${rollout.from} → ` : ''}${rollout.to}</td>
    <td data-label="Outcome">${isOver(rollout) ? outcome(rollout) : html`<span class="pill busy">goes on</span>`}</td>
    <td data-label="Began"><time datetime=${rollout.startedAt} title=${date(rollout.startedAt)}>${ago(rollout.startedAt)}</time></td>
    <td data-label="Took">${rollout.endedAt ? duration(Date.parse(rollout.endedAt) - Date.parse(rollout.startedAt)) : '–'}</td>
    <td data-label="By">${rollout.who ?? '–'}</td></tr>`)}</tbody></table></div>`;
