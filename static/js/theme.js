/* Theme: switch at once, and tell the server with the form that works without this script. */
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);

  const show = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-form] button[aria-pressed]")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
    const paper = getComputedStyle(document.body).backgroundColor;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = paper;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-theme-form]") || !event.submitter) return;
    event.preventDefault();
    const toggles = event.submitter.matches("[data-theme-toggle]");
    const theme = toggles ? (isDark() ? "light" : "dark") : event.submitter.value;
    show(theme);
    const body = new URLSearchParams({ theme });
    fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
  });
})();
