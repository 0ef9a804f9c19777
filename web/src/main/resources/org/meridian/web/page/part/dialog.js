import { html, nothing, render } from '../html.js';

/**
 * Asks before something is done. `content` is a template, or a promise of one, that says what will happen; `act` does it.
 * A failure is shown in the dialog, which stays open; `done` is called when it worked.
 */
export function ask({ title, content, label, tone = 'primary', act, done = () => {} }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  document.body.append(dialog);
  const former = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    former?.focus?.();
  });
  const state = { body: null, problem: null, working: false };
  const show = changed => render(view(Object.assign(state, changed)), dialog);
  const view = ({ body, problem, working }) => html`
    <h2 id="dialog-title">${title}</h2>
    <div class="dialog-body">${body ?? html`<p class="quiet">Looking at what it would do …</p>`}</div>
    ${problem ? html`<p class="problem" role="alert"><strong>${problem.message}</strong> ${problem.suggestion ?? ''}</p>` : nothing}
    <div class="dialog-actions">
      <button class="button" @click=${() => dialog.close()} autofocus>Cancel</button>
      <button class="button ${tone}" ?disabled=${working || !body} @click=${carryOut}>${working ? 'Working …' : label}</button>
    </div>`;

  async function carryOut() {
    show({ working: true, problem: null });
    try {
      const result = await act();
      dialog.close();
      done(result);
    } catch (problem) {
      show({ working: false, problem });
    }
  }

  show({});
  dialog.showModal();
  Promise.resolve(content).then(body => show({ body }), problem => show({ problem }));
}
