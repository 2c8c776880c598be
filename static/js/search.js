/* The list of hits below a search box: the arrow keys go through it, Escape closes it. Tab and Enter need no script. */
(() => {
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".search");
    const list = form?.querySelector(".found-now");
    if (!list?.firstElementChild) return;
    const field = form.querySelector("input");
    if (event.key === "Escape") {
      event.preventDefault();
      list.replaceChildren();
      field.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [field, ...list.querySelectorAll("a")];
      const step = event.key === "ArrowDown" ? 1 : -1;
      event.preventDefault();
      stops[(stops.indexOf(event.target) + step + stops.length) % stops.length].focus();
    }
  });

  // A hit on the very page that one reads opens no other one: the list must go by itself.
  document.addEventListener("click", (event) => {
    const list = event.target.closest?.(".found-now a")?.closest(".found-now");
    if (list && !event.ctrlKey && !event.metaKey && !event.shiftKey) setTimeout(() => list.replaceChildren());
  });
})();
