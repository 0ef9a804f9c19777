import { logIn } from './api.js';

const form = document.getElementById('login');
const problem = document.getElementById('problem');
const button = form.querySelector('button');

form.addEventListener('submit', async event => {
  event.preventDefault();
  button.disabled = true;
  problem.hidden = true;
  try {
    await logIn(form.token.value.trim());
    location.replace(`/${location.hash}`);
  } catch (error) {
    problem.textContent = `${error.message} ${error.suggestion ?? ''}`.trim();
    problem.hidden = false;
    form.token.select();
  } finally {
    button.disabled = false;
  }
});
form.token.disabled = false;
button.disabled = false;
form.token.focus();

// 'meridian ui' prints an address with the token in its fragment, which browsers send nowhere; it does not stay in theirs.
const linked = /^#token=(.+)$/.exec(location.hash);
if (linked) {
  history.replaceState(null, '', '/login');
  form.token.value = linked[1];
  form.requestSubmit();
}
