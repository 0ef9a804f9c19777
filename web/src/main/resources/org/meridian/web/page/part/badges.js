import { html, nothing, variables } from '../html.js';
import { ago, bytes } from '../logic/format.js';
import { icon } from './icons.js';

const TONES = {
  healthy: 'ok', running: 'ok', done: 'ok', deployed: 'ok', passed: 'ok',
  degraded: 'warn', unknown: 'quiet', empty: 'quiet', waiting: 'quiet', intended: 'quiet', unchanged: 'quiet',
  'rolled-back': 'warn', paused: 'warn', draining: 'warn',
  down: 'bad', unhealthy: 'bad', stopped: 'bad', unreachable: 'bad', failed: 'bad', exited: 'bad', restarting: 'warn', starting: 'warn',
};

/** ok, warn, bad or quiet, for a word of health, state or outcome. */
export const tone = word => TONES[word] ?? 'quiet';

/** A word with a dot of its colour, so that the colour is never alone. */
export const badge = (word, text = word) => html`<span class="badge ${tone(word)}"><i aria-hidden="true"></i>${text}</span>`;

/** Marks the primary region. */
export const primaryMark = primary =>
  (primary ? html`<span class="primary-mark" title="Primary">${icon('star')}<span class="unseen">primary</span></span>` : nothing);

/** A bar that shows which release gets how much, newest in the accent's colour. */
export function weights(list, current) {
  if (!list?.length) return html`<span class="quiet">no release</span>`;
  const newest = newestOf(list.map(one => one.release));
  return html`<div class="weights">
    <div class="weights-bar" aria-hidden="true">${list.map(one => html`<i
      class=${one.release === newest && (list.length > 1 || one.release !== current) ? 'new' : 'old'}
      ${variables({ '--part': `${one.percent}%` })}></i>`)}</div>
    <span class="weights-words">${list.map(one => `${one.release} ${Math.round(one.percent)} %`).join(' · ')}</span>
  </div>`;
}

/** The release with the highest number. */
export const newestOf = ids => ids.reduce((a, b) => (Number(b.slice(1)) > Number(a.slice(1)) ? b : a));

/** A meter of a part of something, with its words; it turns amber at 75 % and red at 90 %. */
export function meter(label, part, words) {
  const percent = Math.max(0, Math.min(100, part));
  const level = percent >= 90 ? 'bad' : percent >= 75 ? 'warn' : 'ok';
  return html`<div class="meter" role="meter" aria-label=${label} aria-valuemin="0" aria-valuemax="100"
      aria-valuenow=${Math.round(percent)} aria-valuetext=${words}>
    <span class="meter-label">${label}</span><span class="meter-words">${words}</span>
    <span class="meter-track"><i class=${level} ${variables({ '--part': `${percent}%` })}></i></span>
  </div>`;
}

/** When the last backup was made and its size, or that there is none. */
export const lastBackup = backup => (backup?.made ? `${ago(backup.made)}, ${bytes(backup.bytes)}` : 'none');

/** What stands where there is nothing to show: a sentence, and what one can do. */
export const empty = (title, hint = '') => html`<div class="empty"><p class="empty-title">${title}</p>
  ${hint ? html`<p class="quiet">${hint}</p>` : nothing}</div>`;

/** An answer's data by that template, or that it is on its way, or what went wrong. */
export function answered({ data, error }, show) {
  return html`${error ? html`<div class="card notice bad" role="alert"><strong>${error.message}</strong> ${error.suggestion}</div>` : nothing}
    ${data ? show(data) : error ? nothing : html`<p class="empty quiet">Loading …</p>`}`;
}
