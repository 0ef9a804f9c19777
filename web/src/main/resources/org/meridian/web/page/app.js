import { html, nothing, render } from './html.js';
import { address, parse } from './router.js';
import { logIn } from './api.js';
import { borrow } from './key.js';
import { leave, Store } from './store.js';
import { icon } from './part/icons.js';
import { statusLine } from './part/status-line.js';
import { logOut } from './part/session.js';
import { world } from './view/world.js';
import { pools } from './view/pools.js';
import { topology } from './view/topology.js';
import { jobs } from './view/jobs.js';
import { data } from './view/data.js';
import { rollouts } from './view/rollouts.js';
import { releases } from './view/releases.js';
import { secrets } from './view/secrets.js';
import { audit } from './view/audit.js';
import { orphans } from './view/orphans.js';
import { lock } from './view/lock.js';
import { duration } from './logic/format.js';

const MENU = [
  { view: 'world', title: 'World', show: world },
  { view: 'pools', title: 'Pools', show: pools },
  { view: 'topology', title: 'Topology', show: topology },
  { view: 'jobs', title: 'Jobs', show: jobs, mark: state => failing(state.world?.services) },
  { view: 'data', title: 'Data', show: data, mark: state => (state.world?.services?.kept.filter(one => !one.well).length || '') },
  { view: 'rollouts', title: 'Rollouts', show: rollouts, mark: state => (state.world?.unfinished ? '•' : '') },
  { view: 'releases', title: 'Releases', show: releases },
  { view: 'secrets', title: 'Secrets', show: secrets },
  { view: 'audit', title: 'Audit log', show: audit },
  { view: 'orphans', title: 'Orphans', show: orphans, mark: state => state.world?.orphans.length || '' },
  { view: 'lock', title: 'Lock', show: lock, mark: state => (state.world?.lock ? '•' : '') },
];
// Jobs whose last run failed, and workers that are down.
const failing = services => ((services?.jobs.filter(job => job.last && job.last.end !== 'ok').length ?? 0)
  + (services?.workers.filter(one => one.state === 'down').length ?? 0)) || '';
const AGAIN_MS = 2000;
const CLOCK_MS = 1000;
const LATE_MS = 200;
const UNSEEN_MS = 30_000;
const TOKEN = '#token=';

const root = document.getElementById('app');
const store = new Store(schedule);
let asked = false;

/** Paints once in a frame, however often it is called; a page nobody sees is not painted. */
function schedule() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    paint();
  });
}

function paint() {
  tickLater();
  if (store.session) render(page(parse(location.hash)), root);
}

function page(route) {
  const entry = MENU.find(one => one.view === route.view);
  document.title = `${entry.title} · ${store.session.app} · Meridian`;
  return html`
    <a class="skip" href="#main" @click=${toMain}>Skip to content</a>
    ${banner()}
    <div class="shell">
      <nav class="menu" aria-label="Views">
        <a class="brand" href=${address('world')}>${icon('brand')}<span>Meridian</span></a>
        <p class="app-name">${store.session.app}</p>
        <ul class="menu-list">${MENU.map(one => menuItem(one, route))}</ul>
        <div class="menu-foot">${foot()}</div>
      </nav>
      <main id="main" tabindex="-1" data-view=${route.view}>
        <header class="head">
          <h1>${entry.title}</h1>
          ${statusLine(store)}
        </header>
        ${store.world?.problem ? html`<div class="card notice bad" role="alert"><strong>What you see may be old:
          ${store.world.problem.summary}.</strong> ${store.world.problem.suggestion}</div>` : nothing}
        ${outOfReach()}
        ${store.world ? entry.show(store, route.rest, schedule) : html`<p class="empty">Looking at the world …</p>`}
      </main>
    </div>
    <p class="unseen" role="status" id="news">${store.news}</p>`;
}

/** Machines of which nothing is known now: what the rest of the page shows is without them. */
function outOfReach() {
  const list = store.world?.unseen ?? [];
  return list.length
    ? html`<div class="card notice warn" role="status" id="unseen"><strong>Not everything could be looked at.</strong>
        <ul>${list.map(one => html`<li>${one.region}: ${one.summary}. ${one.suggestion}</li>`)}</ul></div>`
    : nothing;
}

function menuItem(one, route) {
  const mark = one.mark?.(store) ?? '';
  const here = one.view === route.view;
  return html`<li><a href=${address(one.view)} aria-current=${here ? 'page' : nothing}>
    ${icon(one.view)}<span>${one.title}</span>
    ${mark === '' ? nothing : html`<span class="mark" aria-label=${mark === '•' ? 'active' : mark}>${mark}</span>`}</a></li>`;
}

function foot() {
  const dark = window.meridianTheme.dark();
  const { who, role, version } = store.session;
  return html`
    <p class="who"><strong>${who}</strong><span class="quiet">${role} · ${version}</span></p>
    <button class="button icon-only" @click=${toggleTheme} aria-label=${dark ? 'Use light colours' : 'Use dark colours'}
      title=${dark ? 'Light' : 'Dark'}>${icon(dark ? 'sun' : 'moon')}</button>
    <button class="button icon-only" @click=${logOut} aria-label="Log out" title="Log out">${icon('leave')}</button>`;
}

function banner() {
  if (store.connection === 'lost') {
    const since = store.heardAt ? ` What you see is ${duration(Date.now() - store.heardAt)} old.` : '';
    return html`<div class="banner" role="alert" id="disconnected">
      <strong>No connection to Meridian.</strong> Trying again …${since}</div>`;
  }
  return store.skipped
    ? html`<div class="banner mild" role="status">This page was too slow and skipped ${store.skipped} updates.
        <button class="button small" @click=${() => { store.skipped = 0; schedule(); }}>All right</button></div>`
    : nothing;
}

function toggleTheme() {
  window.meridianTheme.toggle();
  document.dispatchEvent(new Event('themechange'));
  schedule();
}

// The address stays that of the view.
function toMain(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

// An address as 'meridian ui' prints it.
const bearsToken = () => location.hash.startsWith(TOKEN);

function navigate(event) {
  if (bearsToken()) return void leave();
  const view = hash => parse(new URL(hash).hash).view;
  if (view(event.oldURL) !== view(event.newURL)) {
    store.forget();
    scrollTo(0, 0);
    paint();
    document.getElementById('main')?.focus({ preventScroll: true });
  }
  schedule();
}

let unseen = 0;
function seen() {
  clearTimeout(unseen);
  if (document.hidden) {
    unseen = setTimeout(() => store.rest(), UNSEEN_MS);
  } else {
    store.wake();
    schedule();
  }
}

addEventListener('hashchange', navigate);
document.addEventListener('visibilitychange', seen);
addEventListener('pagehide', () => store.rest());
addEventListener('pageshow', event => event.persisted && location.reload());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', schedule);
addEventListener('resize', schedule);
// Ages and clocks go on while nothing else happens. What the server tells each second may come a little late, and paints then.
let clock = 0;
function tickLater() {
  clearTimeout(clock);
  const wait = CLOCK_MS + (store.connection === 'live' ? LATE_MS : 0);
  clock = setTimeout(() => (document.hidden ? tickLater() : schedule()), wait);
}

// Until the server answers: it may be starting, or busy.
async function begin() {
  try {
    await borrow();
    await store.open();
    schedule();
  } catch (error) {
    if (error.status === 401) return leave();
    render(html`<div class="boot" role="alert"><p>${error.message} ${error.suggestion}</p>
      <button class="button" @click=${() => location.reload()}>Try again</button></div>`, root);
    setTimeout(begin, AGAIN_MS);
  }
}

// Without the detour over the login page, which tells what is wrong with a token that is refused. The token leaves the address at
// once, and browsers send fragments nowhere.
async function enter() {
  const token = location.hash.slice(TOKEN.length);
  history.replaceState(null, '', '/');
  try {
    await logIn(token);
  } catch {
    return location.replace(`/login${TOKEN}${token}`);
  }
  begin();
}

if (bearsToken()) {
  enter();
} else {
  begin();
}
