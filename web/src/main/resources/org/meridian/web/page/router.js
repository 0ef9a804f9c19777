/** The views' names, in the order of the menu. */
export const VIEWS = ['world', 'pools', 'topology', 'jobs', 'data', 'rollouts', 'releases', 'secrets', 'audit', 'orphans', 'lock'];

/** Reads an address such as #/rollouts/12 or #/topology/server/journal-eu-r2-1: { view, rest }. */
export function parse(hash) {
  const [view, ...rest] = hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decode);
  return VIEWS.includes(view) ? { view, rest } : { view: 'world', rest: [] };
}

/** The address of a view and what is looked at there. */
export const address = (view, ...rest) => `#/${[view, ...rest].map(part => encodeURIComponent(part)).join('/')}`;

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
