// When the network changes under a page (another Wi-Fi, a VPN, a container's network) the browser drops what is on its way, and
// a page that lacks one module never starts. So it is loaded again, a few times. A module could be what is missing, so this is none.
(() => {
  const KEY = 'meridian.reloads';
  const MOST = 5;
  const SOON = 500; // milliseconds
  let planned = false;
  const reloads = () => {
    try {
      return Number(sessionStorage.getItem(KEY));
    } catch {
      return MOST; // storage is off: nobody would count
    }
  };
  const needed = part =>
    part instanceof HTMLScriptElement ||
    (part instanceof HTMLLinkElement && ['stylesheet', 'modulepreload'].includes(part.rel));
  addEventListener(
    'error',
    event => {
      const before = reloads();
      if (planned || !needed(event.target) || before >= MOST) return;
      planned = true;
      sessionStorage.setItem(KEY, String(before + 1));
      setTimeout(() => location.reload(), SOON);
    },
    true,
  );
  addEventListener('load', () => {
    if (!planned && reloads() < MOST) sessionStorage.removeItem(KEY);
  });
})();
