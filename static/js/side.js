/* The list of tables beside a page is longer than the window: begin it where the open table is. */
(() => {
  const here = document.querySelector(".side [aria-current]");
  const list = here?.closest(".side");
  if (list) list.scrollTop += here.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
})();
