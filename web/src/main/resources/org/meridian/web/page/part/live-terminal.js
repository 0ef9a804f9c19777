import { protocols } from '../key.js';

// The content policy lets no script make HTML but lit's templates. xterm.js writes an empty row for screen readers as
// "&nbsp;" and clears rows with "": those two, and nothing else, are let through.
globalThis.trustedTypes?.createPolicy?.('default', {
  createHTML: text => (text === '' || text === '&nbsp;' ? text : null),
});
const COLOURS = {
  light: { background: '#fbfaf8', foreground: '#1d2430', cursor: '#3257c8', selection: '#3257c83a', black: '#1d2430', red: '#b3342d',
    green: '#1a7f5a', yellow: '#8a5d00', blue: '#3257c8', magenta: '#8a3fb0', cyan: '#0f7490', white: '#697282' },
  dark: { background: '#0c1016', foreground: '#e6eaf0', cursor: '#8aa8ff', selection: '#8aa8ff40', black: '#384354', red: '#ff7b72',
    green: '#4cc38a', yellow: '#e5b048', blue: '#8aa8ff', magenta: '#d2a8ff', cyan: '#56d4dd', white: '#e6eaf0' },
};

/** A terminal in the container that `target` names: { server, service, release }. Shift+Escape leaves it. */
class LiveTerminal extends HTMLElement {
  #target = null;
  #terminal = null;
  #fit = null;
  #socket = null;
  #screen;
  #state;
  #again;
  #watcher = new ResizeObserver(() => this.#resize());
  #onTheme = () => this.#terminal?.setOption('theme', theme());

  set target(target) {
    if (JSON.stringify(target) === JSON.stringify(this.#target)) return;
    this.#target = target;
    if (this.isConnected) this.#open();
  }

  async connectedCallback() {
    if (!this.#screen) this.#build();
    document.addEventListener('themechange', this.#onTheme);
    await Promise.all([import('/lib/xterm/lib/xterm.js'), import('/lib/xterm-addon-fit/lib/xterm-addon-fit.js')]);
    if (this.isConnected && !this.#terminal) this.#start();
  }

  disconnectedCallback() {
    document.removeEventListener('themechange', this.#onTheme);
    this.#watcher.disconnect();
    this.#socket?.close();
    this.#terminal?.dispose();
    this.#terminal = null;
  }

  #build() {
    this.#screen = document.createElement('div');
    this.#screen.className = 'terminal-screen';
    this.#state = document.createElement('p');
    this.#state.className = 'log-state quiet small';
    this.#state.setAttribute('role', 'status');
    this.#again = document.createElement('button');
    this.#again.className = 'button small';
    this.#again.textContent = 'Open again';
    this.#again.hidden = true;
    this.#again.addEventListener('click', () => this.#open());
    this.append(this.#screen, this.#state, this.#again);
  }

  #start() {
    this.#terminal = new window.Terminal({
      theme: theme(),
      fontFamily: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.82),
      cursorBlink: false,
      scrollback: 5000,
      screenReaderMode: true,
    });
    this.#fit = new window.FitAddon.FitAddon();
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.attachCustomKeyEventHandler(event => !this.#leaves(event));
    this.#terminal.onData(text => this.#send(new TextEncoder().encode(text)));
    this.#terminal.onResize(({ cols, rows }) => this.#send(JSON.stringify({ resize: { columns: cols, rows } })));
    this.#terminal.open(this.#screen);
    this.#watcher.observe(this.#screen);
    this.#fit.fit();
    this.#open();
  }

  #leaves(event) {
    const leaves = event.key === 'Escape' && event.shiftKey;
    if (leaves && event.type === 'keydown') document.getElementById('tab-terminal')?.focus();
    return leaves;
  }

  #open() {
    if (!this.#terminal) return;
    this.#socket?.close();
    this.#terminal.reset();
    this.#again.hidden = true;
    this.#say('Connecting …');
    const query = new URLSearchParams({ columns: this.#terminal.cols, rows: this.#terminal.rows });
    for (const name of ['server', 'service', 'release']) if (this.#target?.[name]) query.set(name, this.#target[name]);
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/terminal?${query}`, protocols());
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#terminal.focus();
    socket.onmessage = ({ data }) => (typeof data === 'string' ? this.#told(JSON.parse(data)) : this.#shows(socket, data));
    socket.onclose = () => this.#closed(socket);
    this.#socket = socket;
  }

  // The prompt: the way to the container may take longer than the socket.
  #shows(socket, data) {
    if (!socket.shown) this.#say('Connected. Shift+Escape leaves the terminal.');
    socket.shown = true;
    this.#terminal.write(new Uint8Array(data));
  }

  #told({ exit, problem }) {
    this.#say(problem ? `${problem.summary} ${problem.suggestion ?? ''}` : `It ended with exit code ${exit}.`);
    this.#socket.told = true;
  }

  #closed(socket) {
    if (socket !== this.#socket) return;
    if (!socket.told) this.#say('The connection was closed.');
    this.#again.hidden = false;
  }

  #send(data) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(data);
  }

  #resize() {
    if (this.#screen.clientWidth > 0) this.#fit?.fit();
  }

  #say(text) {
    this.#state.textContent = text;
  }
}

const theme = () => (window.meridianTheme.dark() ? COLOURS.dark : COLOURS.light);

customElements.define('live-terminal', LiveTerminal);
