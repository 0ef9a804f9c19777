import { get } from './api.js';
import { Events } from './events.js';
import { forget } from './key.js';
import { changes } from './logic/changes.js';

const HISTORY = 90;
const PROBES = 1800;
const LOST_AFTER_MS = 1500;
const AGAIN_AFTER_MS = 2000;

/** What the page knows, and keeps up to date. `onChange` is called after every change but probes, of which there are many. */
export class Store {
  session = null;
  world = null;
  connection = 'connecting';
  heardAt = null;
  skipped = 0;
  /** Region -> its probes, oldest first: { at (ms), ok, ms, detail }. */
  probes = new Map();
  /** Region -> its requests a second, oldest first. */
  rates = new Map();
  /** Region -> the last rate above 0 while it was up: how many users it would have. */
  users = new Map();
  /** What happened lately, as sentences for those who listen instead of look. */
  news = '';

  #onChange;
  #events = null;
  #answers = new Map();
  #refreshing = null;

  constructor(onChange) {
    this.#onChange = onChange;
  }

  get isOperator() {
    return this.session?.role === 'operator';
  }

  async open() {
    const [session, world] = await Promise.all([get('/api/session'), get('/api/world')]);
    this.session = session;
    this.#world(world);
    this.#listen();
    this.#earlierProbes();
  }

  /** What an address answered: { data, error }, both null at first; asks when nobody has. */
  answer(path) {
    if (!this.#answers.has(path)) {
      this.#answers.set(path, { data: null, error: null });
      this.#fetch(path);
    }
    return this.#answers.get(path);
  }

  /** Asks again for everything that starts so; what is there is shown until the answer comes. */
  refresh(prefix = '/api/') {
    for (const path of this.#answers.keys()) {
      if (path.startsWith(prefix)) this.#fetch(path);
    }
  }

  /** Forgets what is not looked at any more, so that it is asked for again. */
  forget() {
    this.#answers.clear();
  }

  async #fetch(path) {
    const answer = this.#answers.get(path);
    try {
      answer.data = await get(path);
      answer.error = null;
    } catch (error) {
      if (error.status === 401) leave();
      answer.error = error;
    }
    this.#onChange();
  }

  /** Ends the stream of events, for a page that nobody sees: a browser keeps only six connections to a server. */
  rest() {
    this.#events?.close();
    this.#events = null;
  }

  /** Takes the stream up again, if it was ended. */
  wake() {
    if (this.session && !this.#events) this.#listen();
  }

  #listen() {
    const events = new Events('/api/events');
    this.#events = events;
    const on = (name, take) => events.addEventListener(name, event => {
      this.#heard();
      take(JSON.parse(event.data));
    });
    events.onopen = () => this.#heard();
    events.onerror = status => this.#lost(events, status);
    on('world', world => this.#world(world));
    on('probe', probe => this.#probe(probe));
    on('rollout', event => this.#rollout(event));
    on('lagging', ({ skipped }) => {
      this.skipped += skipped;
      this.#onChange();
    });
  }

  #heard() {
    this.heardAt = Date.now();
    if (this.connection === 'live') return;
    this.connection = 'live';
    this.#onChange();
  }

  // It comes again by itself, unless it may not; then this asks why.
  #lost(events, status) {
    if (status === 401) return leave();
    if (this.connection === 'live') {
      this.connection = 'shaky';
      setTimeout(() => {
        if (this.connection === 'shaky') this.connection = 'lost';
        this.#onChange();
      }, LOST_AFTER_MS);
    }
    if (events.closed) {
      setTimeout(() => this.#again(events), AGAIN_AFTER_MS);
    }
    this.#onChange();
  }

  async #again(events) {
    if (events !== this.#events) return;
    try {
      await get('/api/session');
    } catch (error) {
      if (error.status === 401) leave();
    }
    this.#listen();
  }

  #world(world) {
    const words = changes(this.world, world);
    if (words.length) this.news = words.join(' ');
    this.world = world;
    for (const region of world.regions) {
      const rate = region.traffic?.requestsPerSecond ?? 0;
      keep(this.rates, region.name, rate, HISTORY);
      if (rate > 0 && region.health !== 'down') this.users.set(region.name, rate);
    }
    this.#onChange();
  }

  // Shown with the next world or tick of the clock: a painting for each region's probe would be ten a second in ten regions.
  #probe({ at, region, ok, ms, detail }) {
    keep(this.probes, region, { at: Date.parse(at), ok, ms, detail: detail ?? '' }, PROBES);
  }

  // Those of the last minutes, for a page that was opened in the midst of a rollout. Older servers do not have them.
  async #earlierProbes() {
    try {
      const earlier = await get('/api/probes');
      const since = this.probes;
      this.probes = new Map();
      earlier.forEach(probe => this.#probe(probe));
      for (const [region, list] of since) {
        const last = this.probes.get(region)?.at(-1).at ?? 0;
        list.filter(probe => probe.at > last).forEach(probe => keep(this.probes, region, probe, PROBES));
      }
      this.#onChange();
    } catch {
      // then the dots begin now
    }
  }

  // A rollout tells much in a second; its details are asked for once in that time.
  #rollout() {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = null;
      this.refresh('/api/rollouts');
      this.refresh('/api/releases');
      this.refresh('/api/audit');
    }, 1000);
  }
}

function keep(map, key, value, most) {
  if (!map.has(key)) map.set(key, []);
  const list = map.get(key);
  list.push(value);
  if (list.length > most) list.splice(0, list.length - most);
}

/** To the login page, and back to the same view afterwards. */
export function leave() {
  forget();
  location.replace(`/login${location.hash}`);
}
