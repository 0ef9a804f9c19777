import { html, nothing, repeat } from '../html.js';
import { address } from '../router.js';
import { find, LEVELS, opensByItself, tree } from '../logic/tree.js';
import { empty, tone } from '../part/badges.js';
import { icon } from '../part/icons.js';
import { details } from '../part/details.js';

const HEADS = { internet: 'The Internet', edge: 'Edge', pool: 'Pools', server: 'Servers', data: 'Data', container: 'Containers', process: 'Processes' };
const chosenState = new Map();
let focused = 'internet';
let inSight = null;

/** The way of a request from the Internet to a process; a node's details, logs and terminal at its side. */
export function topology(store, rest, schedule) {
  const { world } = store;
  const root = tree(world);
  const id = rest.join('/');
  const found = id ? find(root, id) : null;
  const isOpen = node => chosenState.get(node.id) ?? (found?.above.includes(node.id) || opensByItself(node, world));
  const view = { world, isOpen, selected: found?.node.id ?? null, schedule };
  if (found && !document.getElementById(elementId(focused))) focused = found.node.id;
  if (found?.node.id !== inSight) bringIntoSight(found?.node.id);
  return html`<div class="topology ${found ? 'with-details' : ''}">
    <div class="card tree-card">
      <div class="tree-tools">
        <button class="button small" @click=${() => openAll(root, true, schedule)}>Open servers</button>
        <button class="button small" @click=${() => openAll(root, false, schedule)}>Close all</button>
        <span class="quiet small keys">Arrow keys move, Enter shows details, Escape closes them.</span>
      </div>
      <div class="tree-scroll">
        <div class="tree-heads" aria-hidden="true">${LEVELS.map(level => html`<span class=${level}>${HEADS[level]}</span>`)}</div>
        <ul class="tree" role="tree" aria-label="From the Internet to the processes" @keydown=${event => keys(event, view)}>
          ${branch(root, view, 1)}</ul>
      </div>
    </div>
    ${id ? found ? details(store, found.node, rest, close) : gone(id) : nothing}
  </div>`;
}

function branch(node, view, level) {
  const open = view.isOpen(node);
  const children = open || level < 5 ? node.children() : node.data.processes ?? [];
  const has = children.length > 0;
  const here = node.id === focused;
  return html`<li role="treeitem" id=${elementId(node.id)} data-id=${node.id} data-kind=${node.kind} data-health=${node.health}
      aria-level=${level} aria-expanded=${has ? String(open) : nothing} aria-selected=${node.id === view.selected}
      tabindex=${here ? 0 : -1} aria-label=${words(node, children.length)} @focus=${() => move(node.id, view)}>
    <div class="node ${node.kind} ${tone(node.health)} ${node.id === view.selected ? 'selected' : ''}" @click=${event => select(event, node)}>
      ${card(node)}
      ${has && level > 2 ? html`<button class="node-toggle" tabindex="-1" aria-hidden="true" @click=${event => toggle(event, node, open, view)}>
        ${open ? icon('chevron') : html`<b>${children.length}</b>`}</button>` : nothing}
    </div>
    ${has && open ? html`<ul role="group">${repeat(children, child => child.id, child => branch(child, view, level + 1))}</ul>` : nothing}
  </li>`;
}

const card = node => html`<i class="node-dot" aria-hidden="true"></i>
  <span class="node-words"><span class="node-name" title=${fullName(node)}>${node.name}</span>
  <span class="node-more" title=${node.words}>${node.words}</span></span>`;

const words = (node, count) =>
  `${HEADS[node.kind]}: ${fullName(node)}, ${node.health}, ${node.words}${count ? `, holds ${count}` : ''}`;

const fullName = node => (node.kind === 'server' ? node.data.name : node.name);

const elementId = id => `node-${id}`;

// After the panel has taken its place.
function bringIntoSight(id) {
  inSight = id;
  if (!id) return;
  setTimeout(() => document.getElementById(elementId(id))?.firstElementChild.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
}

function select(event, node) {
  event.currentTarget.parentElement.focus();
  location.hash = address('topology', ...node.id.split('/'));
}

function toggle(event, node, open, { schedule }) {
  event.stopPropagation();
  chosenState.set(node.id, !open);
  schedule();
}

function move(id, { schedule }) {
  if (focused === id) return;
  focused = id;
  schedule();
}

function close() {
  location.hash = address('topology');
  document.getElementById(elementId(focused))?.focus();
}

function openAll(root, open, schedule) {
  chosenState.clear();
  if (!open) root.children()[0].children().forEach(pool => chosenState.set(pool.id, false));
  else {
    for (const pool of root.children()[0].children()) {
      chosenState.set(pool.id, true);
      pool.children().forEach(server => chosenState.set(server.id, true));
    }
  }
  schedule();
}

// As in any tree: right opens or goes in, left closes or goes out.
function keys(event, view) {
  const item = event.target.closest('[role=treeitem]');
  if (!item || event.target !== item || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = [...event.currentTarget.querySelectorAll('[role=treeitem]')];
  const at = items.indexOf(item);
  const open = item.getAttribute('aria-expanded');
  const set = value => {
    chosenState.set(item.dataset.id, value);
    view.schedule();
  };
  const acts = {
    ArrowDown: () => items[at + 1]?.focus(),
    ArrowUp: () => items[at - 1]?.focus(),
    Home: () => items[0].focus(),
    End: () => items.at(-1).focus(),
    ArrowRight: () => (open === 'false' ? set(true) : item.querySelector('[role=treeitem]')?.focus()),
    ArrowLeft: () => (open === 'true' ? set(false) : item.parentElement.closest('[role=treeitem]')?.focus()),
    Enter: () => (location.hash = address('topology', ...item.dataset.id.split('/'))),
    ' ': () => (location.hash = address('topology', ...item.dataset.id.split('/'))),
    Escape: () => view.selected && close(),
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
}

const gone = id => html`<aside class="card details" aria-label="Details">
  ${empty('It is gone.', `The world has no ${id} any more.`)}
  <button class="button" @click=${close}>Close</button></aside>`;
