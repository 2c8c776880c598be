/* A form is sent once: while its answer is awaited a second press of the button does nothing. */
(() => {
  const PATIENCE_MS = 20000;

  const free = (form) => {
    delete form.dataset.busy;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };

  // In the capturing phase: before htmx hears of it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.matches("[data-theme-form]")) return;
    if (form.dataset.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.busy = "true";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(free, PATIENCE_MS, form);
  }, true);

  for (const name of ["htmx:afterRequest", "htmx:sendAbort", "htmx:validation:halted"]) {
    document.addEventListener(name, (event) => {
      const form = event.detail.elt?.closest?.("form");
      if (form) free(form);
    });
  }
  // Back to a page that the browser had kept as it was.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(free));
})();
