import { bearing } from './key.js';

const AGAIN_MS = 2000;

/**
 * Server-sent events with the headers that an EventSource can't send (WHATWG, HTML, 9.2). Dispatches a MessageEvent for each,
 * and calls `onopen`, `onerror` with the status (0 when nothing answered). It comes again by itself, but after a 4xx.
 */
export class Events extends EventTarget {
  onopen = () => {};
  onerror = () => {};
  #address;
  #ended = new AbortController();

  constructor(address) {
    super();
    this.#address = address;
    this.#listen();
  }

  /** Listens no more. */
  close() {
    this.#ended.abort();
  }

  get closed() {
    return this.#ended.signal.aborted;
  }

  async #listen() {
    while (!this.closed) {
      const status = await this.#once();
      if (this.closed) return;
      if (status >= 400 && status < 500) this.close();
      this.onerror(status);
      await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
    }
  }

  /** One answer until its end; gives its status where that is no good one, and 0 otherwise. */
  async #once() {
    try {
      const response = await fetch(this.#address, {
        headers: { Accept: 'text/event-stream', ...bearing() }, cache: 'no-store', signal: this.#ended.signal,
      });
      if (!response.ok) return response.status;
      this.onopen();
      await this.#read(response.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      // nothing answers, or no more
    }
    return 0;
  }

  async #read(reader) {
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = (rest + part.value).split('\n\n');
      rest = blocks.pop();
      blocks.forEach(block => this.#tell(block));
    }
  }

  /** The server writes one line of data; a line that begins with a colon only shows that it is there. */
  #tell(block) {
    const lines = block.split('\n');
    const field = name => lines.find(line => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const data = field('data');
    if (data !== undefined) this.dispatchEvent(new MessageEvent(field('event') ?? 'message', { data }));
  }
}
