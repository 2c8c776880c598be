/*
 * The filter form of a table. Empty fields stay out of the address, and the rows fade while new ones are fetched
 * (the stylesheet waits a moment, so that a quick answer does not flicker).
 */
(() => {
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, formData } = event.detail;
    if (!elt.closest("#filters")) return;
    if (!formData.get("q")) formData.delete("q");
    const covered = formData.getAll("cover").filter(Boolean);
    if (!covered.length) return;
    formData.delete("cover");
    for (const column of covered) formData.append("cover", column);
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { target } = event.detail;
    if (target.matches("#rows, #view")) target.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target?.removeAttribute("aria-busy");
  });
})();
