// The way of a request as a tree: the Internet -> edge -> pools -> servers -> containers -> processes. A node knows its
// children only when it is asked, so that closed branches cost nothing.
const MANY_SERVERS = 30;

/** The columns, from left to right. */
export const LEVELS = ['internet', 'edge', 'pool', 'server', 'container', 'process'];

/** The root of the world's tree. Ids stay the same from snapshot to snapshot. */
export function tree(world) {
  return node('internet', 'internet', 'The Internet', world.address, 'healthy', world, () => [
    node('edge', 'edge', world.driver, world.address, worst(world.regions), world, () => world.regions.map(region => pool(world, region))),
  ]);
}

const node = (id, kind, name, words, health, data, children) => ({ id, kind, name, words, health, data, children });

function pool({ app, services }, region) {
  return node(`pool/${region.name}`, 'pool', region.name, `${region.available} of ${region.wanted}`, region.health,
    region, () => [
      ...region.servers.map(server => serverNode(app, region, server)),
      ...(services?.kept ?? []).filter(one => one.region === region.name).map(keptNode),
    ]);
}

// A service that keeps data stays while servers come and go, so it stands beside them.
function keptNode(one) {
  return node(`data/${one.region}/${one.name}`, 'data', one.name, one.backup?.warning ? 'see its backup' : one.state,
    one.well ? (one.backup?.warning ? 'degraded' : 'healthy') : 'down', one, () => []);
}

// The app and the region stand further left in the tree already.
const shortName = (app, region, name) => (name.startsWith(`${app}-${region}-`) ? name.slice(app.length + region.length + 2) : name);

function serverNode(app, region, server) {
  const health = server.state === 'stopped' ? 'stopped' : server.draining ? 'draining' : server.health;
  return node(`server/${server.name}`, 'server', shortName(app, region.name, server.name), `weight ${server.weight ?? 0}`,
    health, { region, ...server }, () => server.containers.map(container => containerNode(region, server, container)));
}

function containerNode(region, server, container) {
  return node(`container/${server.name}/${container.id}`, 'container', container.service, container.release ?? '', healthOf(container),
    { region, server, ...container }, () => (container.processes ?? []).map(process => node(
      `process/${server.name}/${container.id}/${process.pid}`, 'process', process.command, `pid ${process.pid}`, 'running',
      { region, server, container, ...process }, () => [])));
}

/** A container's health in one word: what its own check says, or its state where it has none. */
export function healthOf({ state, health }) {
  if (state !== 'running') return state;
  return ['healthy', 'unhealthy', 'starting'].includes(health) ? health : 'running';
}

function worst(regions) {
  if (regions.length && regions.every(region => region.health === 'down')) return 'down';
  return regions.some(region => region.health !== 'healthy') ? 'degraded' : 'healthy';
}

/** Whether a node is open when nobody has said: down to the servers, in large worlds down to the pools. */
export function opensByItself({ kind, data }, world) {
  if (kind === 'internet' || kind === 'edge') return true;
  const servers = world.regions.reduce((sum, region) => sum + region.servers.length, 0);
  if (kind === 'pool') return servers <= MANY_SERVERS || data.health === 'down';
  return false;
}

/** The node of that id, and the ids of those above it: { node, above }; null when the world has none. */
export function find(root, id, above = []) {
  if (root.id === id) return { node: root, above };
  if (!mayHold(root, id)) return null;
  for (const child of root.children()) {
    const found = find(child, id, [...above, root.id]);
    if (found) return found;
  }
  return null;
}

// Ids of containers and processes begin with their server's name, so other servers need not be opened.
function mayHold({ kind, id }, wanted) {
  if (kind === 'server') return wanted.split('/')[1] === id.split('/')[1];
  return kind !== 'process';
}
