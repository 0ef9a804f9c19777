/**
 * The key of this browser's session. The cookie alone lets nobody in: browsers send it to every port of the host. The key stays
 * with this origin, in the tab's session storage, and goes with it when the tab is closed; other tabs of the origin get it
 * from those that are open.
 */
const NAME = 'meridian-key';
const ASK = 'ask';
const PATIENCE_MS = 400;

const tabs = new BroadcastChannel(NAME);
let heard = () => {};

tabs.onmessage = ({ data }) => {
  if (data === ASK) return void (key() && tabs.postMessage({ key: key() }));
  sessionStorage.setItem(NAME, data.key);
  heard();
};

/** The key, or an empty text. */
export const key = () => sessionStorage.getItem(NAME) ?? '';

/** Keeps the key of a new session, here and in the tabs that are open: the browser has its cookie from now on. */
export function keep(fresh) {
  sessionStorage.setItem(NAME, fresh);
  tabs.postMessage({ key: fresh });
}

/** Forgets a key that is good no more. */
export const forget = () => sessionStorage.removeItem(NAME);

/** Gets the key from another tab; after a while there is none that has it. */
export async function borrow() {
  if (key()) return;
  const answered = new Promise(resolve => (heard = resolve));
  tabs.postMessage(ASK);
  await Promise.race([answered, new Promise(resolve => setTimeout(resolve, PATIENCE_MS))]);
}

/** The headers that bear it. */
export const bearing = () => (key() ? { 'X-Meridian-Key': key() } : {});

/** The protocols that a WebSocket offers, of which the second bears it: it can have no header. */
export const protocols = () => ['meridian', ...(key() ? [`key.${key()}`] : [])];
