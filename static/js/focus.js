/*
 * After a view was swapped in, its heading gets the focus, so that it is read and the keys start from there; where it has
 * none, what is marked with data-focus.
 */
document.addEventListener("htmx:load", (event) => {
  const PLACES = ":is(h1, h2)[tabindex='-1'], [data-focus]";
  const view = event.detail.elt;
  if (view === document.body) return;
  const place = view.matches(PLACES) ? view : view.querySelector(PLACES);
  place?.focus();
});
