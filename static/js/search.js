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
})();
