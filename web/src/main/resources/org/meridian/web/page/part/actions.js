import { get, post } from '../api.js';
import { html } from '../html.js';
import { address } from '../router.js';
import { ask } from './dialog.js';

/** Asks whether to go back: to a release, or to the one before; says first what that would do. */
export function askRollBack(store, to = null) {
  const where = to ? `?to=${encodeURIComponent(to)}` : '';
  ask({
    title: to ? `Go back to ${to}?` : 'Roll back?',
    label: 'Roll back',
    tone: 'danger',
    content: get(`/api/plan/rollback${where}`).then(plan => html`<p>${plan.summary}.</p>
      <ul>${plan.lines.map(line => html`<li>${line}</li>`)}</ul>`),
    act: () => post('/api/rollback', { to }),
    done: answer => follow(store, answer?.rollout),
  });
}

/** Asks whether the rollout may go on to the primary. */
export function askPromote(store, { rollout, to }) {
  ask({
    title: `Promote ${to}?`,
    label: 'Promote',
    content: html`<p>The rollout goes on: the primary region <strong>${store.world.primary}</strong> moves to
      <strong>${to}</strong>, as every other region has. If it fails there, all regions go back.</p>`,
    act: () => post('/api/answer', { rollout, verdict: 'promote' }),
    done: () => follow(store, rollout),
  });
}

/** Asks whether the rollout shall stop and everything go back. */
export function askAbort(store, { rollout, to }) {
  ask({
    title: `Abort the rollout to ${to}?`,
    label: 'Abort and go back',
    tone: 'danger',
    content: html`<p>Every region that has moved to <strong>${to}</strong> goes back to
      <strong>${store.world.release ?? 'what it had'}</strong>, newest first, and the servers of ${to} are removed. Users notice nothing.</p>`,
    act: () => post('/api/answer', { rollout, verdict: 'abort' }),
    done: () => follow(store, rollout),
  });
}

function follow(store, rollout) {
  store.refresh('/api/');
  if (rollout) location.hash = address('rollouts', rollout);
}
