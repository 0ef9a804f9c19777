// Runs before anything is painted, so that the page does not flash in the wrong colours. A module would come too late.
(() => {
  const KEY = 'meridian.theme';
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is off: the system's colours it is
    }
  };
  const apply = theme => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  const dark = () => {
    const theme = document.documentElement.dataset.theme;
    return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  };
  window.meridianTheme = {
    dark,
    toggle() {
      const theme = dark() ? 'light' : 'dark';
      apply(theme);
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        // then it holds until the page is left
      }
    },
  };
  apply(stored());
})();
