/* After a whole view was swapped in, its heading gets the focus, so that it is read and the keys start from there. */
document.addEventListener("htmx:load", (event) => {
  const view = event.detail.elt;
  if (view === document.body) return;
  const heading = view.matches("h1[tabindex='-1']") ? view : view.querySelector("h1[tabindex='-1']");
  heading?.focus();
});
