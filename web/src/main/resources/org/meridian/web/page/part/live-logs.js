import { Events } from '../events.js';
import { clock } from '../logic/format.js';

const MOST_LINES = 2000;
const TAIL = 200;
const PATIENCE_MS = 350;

/**
 * Shows logs as they are written, of what `target` names: { region, server, service }. Lines are untrusted, so they become
 * text nodes and nothing else. Follows the end unless one scrolls up.
 */
class LiveLogs extends HTMLElement {
  #target = null;
  #events = null;
  #waiting = [];
  #paused = false;
  #asked = 0;
  #list;
  #state;
  #filter;

  set target(target) {
    if (JSON.stringify(target) === JSON.stringify(this.#target)) return;
    this.#target = target;
    if (this.isConnected) this.#listen();
  }

  #leave = () => this.#events?.close();

  connectedCallback() {
    addEventListener('pagehide', this.#leave);
    if (!this.#list) this.#build();
    this.#listen();
  }

  disconnectedCallback() {
    removeEventListener('pagehide', this.#leave);
    this.#leave();
    clearTimeout(this.#asked);
  }

  #build() {
    this.#filter = element('input', { type: 'search', placeholder: 'Only lines with …', ariaLabel: 'Only lines with', spellcheck: false });
    this.#filter.addEventListener('input', () => {
      clearTimeout(this.#asked);
      this.#asked = setTimeout(() => this.#listen(), PATIENCE_MS);
    });
    const pause = element('button', { className: 'button small', textContent: 'Pause', ariaPressed: 'false' });
    pause.addEventListener('click', () => {
      this.#paused = !this.#paused;
      pause.textContent = this.#paused ? 'Go on' : 'Pause';
      pause.ariaPressed = String(this.#paused);
      this.#flush();
    });
    const tools = element('div', { className: 'log-tools' });
    tools.append(this.#filter, pause);
    this.#list = element('ol', { className: 'log', tabIndex: 0 });
    this.#list.setAttribute('role', 'log');
    this.#list.setAttribute('aria-label', 'Log lines');
    this.#list.setAttribute('aria-live', 'off');
    this.#state = element('p', { className: 'log-state quiet small' });
    this.#state.setAttribute('role', 'status');
    this.append(tools, this.#list, this.#state);
  }

  #listen() {
    this.#events?.close();
    this.#waiting = [];
    this.#list.replaceChildren();
    this.#say('Connecting …');
    const query = new URLSearchParams({ tail: TAIL });
    for (const name of ['region', 'server', 'service']) if (this.#target?.[name]) query.set(name, this.#target[name]);
    if (this.#filter.value.trim()) query.set('grep', this.#filter.value.trim());
    this.#events = new Events(`/api/logs?${query}`);
    this.#events.onopen = () => this.#say('Live.');
    this.#events.onerror = () => this.#say('No connection; trying again …');
    this.#events.addEventListener('line', event => this.#take(lineOf(JSON.parse(event.data))));
    this.#events.addEventListener('lost', event => {
      const { server, detail } = JSON.parse(event.data);
      this.#take(note(`${server}: ${detail}`));
    });
    this.#events.addEventListener('skipped', event => this.#take(note(`${JSON.parse(event.data).lines} lines were skipped: too many at once.`)));
    this.#events.addEventListener('problem', event => {
      const { summary, suggestion } = JSON.parse(event.data);
      this.#take(note(`${summary} ${suggestion ?? ''}`));
      this.#events.close();
      this.#say('It ended.');
    });
  }

  #take(item) {
    this.#waiting.push(item);
    if (this.#waiting.length > MOST_LINES) this.#waiting.splice(0, this.#waiting.length - MOST_LINES);
    if (this.#waiting.length === 1) requestAnimationFrame(() => this.#flush());
  }

  #flush() {
    if (this.#paused || !this.#waiting.length) return;
    const list = this.#list;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(...this.#waiting.splice(0));
    while (list.childElementCount > MOST_LINES) list.firstElementChild.remove();
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  #say(text) {
    this.#state.textContent = text;
  }
}

function lineOf({ at, server, service, text }) {
  const item = element('li');
  item.append(
    element('time', { textContent: clock(at), dateTime: at, title: at }),
    element('span', { className: 'log-where', textContent: service, title: `${service} on ${server}` }),
    element('span', { className: 'log-text', textContent: text }));
  return item;
}

const note = text => element('li', { className: 'log-note', textContent: text });

const element = (name, properties = {}) => Object.assign(document.createElement(name), properties);

customElements.define('live-logs', LiveLogs);
