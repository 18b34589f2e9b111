// Light or dark: what the reader chose here, else what the system says. Runs before the first paint.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => { try { return localStorage.getItem("pq-theme"); } catch { return null; } };
  const show = () => { root.dataset.theme = chosen() || (system.matches ? "dark" : "light"); };
  show();
  system.addEventListener("change", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    try { localStorage.setItem("pq-theme", root.dataset.theme === "dark" ? "light" : "dark"); } catch { /* shown until the page is left */ }
    show();
  });
})();
