/*
 * Wide tables on a phone: the strip of column names (.colnav) jumps to a column and follows the scroll; the layout
 * switch turns rows into cards. Cards are blocks, so the roles that a browser may drop then are said aloud.
 * A link to a cell whose column is left out leads to the table with all columns.
 */
(() => {
  const KEY = "table-layout";
  const ROLES = { table: "table", "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
  const box = () => document.querySelector(".tbox:not(.inset)");
  const heads = () => [...(box()?.querySelectorAll("thead th") ?? [])];

  let wanted = "";
  try { wanted = decodeURIComponent(location.hash.slice(1)); } catch { /* no name of ours */ }
  const all = document.querySelector("[data-all-columns]");
  if (all && wanted.startsWith("row-") && !document.getElementById(wanted)) location.replace(all.href + location.hash);

  const follow = () => {
    const links = [...document.querySelectorAll(".colnav a")];
    if (!links.length || !box()) return;
    const { scrollLeft, scrollWidth, clientWidth } = box();
    const [first, ...rest] = heads();
    const isAtEnd = scrollLeft > 0 && scrollLeft + 4 >= scrollWidth - clientWidth;
    const at = isAtEnd ? rest.length - 1 : rest.findIndex((head) => head.offsetLeft - first.offsetWidth >= scrollLeft - 40);
    links.forEach((link, n) => (n === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  };
  document.addEventListener("scroll", (event) => event.target === box() && follow(), { capture: true, passive: true });

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".colnav a");
    if (!link) return;
    event.preventDefault();
    const nth = [...link.closest(".colnav").querySelectorAll("a")].indexOf(link);
    const [first, ...rest] = heads();
    if (rest[nth]) box().scrollTo({ left: rest[nth].offsetLeft - first.offsetWidth });
  });

  const lay = (layout) => {
    const cards = layout === "cards";
    box()?.classList.toggle("cards", cards);
    for (const [selector, role] of Object.entries(ROLES)) {
      for (const element of box()?.querySelectorAll(selector) ?? []) {
        cards ? element.setAttribute("role", role) : element.removeAttribute("role");
      }
    }
  };
  const restore = () => {
    let layout;
    try { layout = localStorage.getItem(KEY); } catch { /* private window */ }
    const radio = document.querySelector("input[name=layout][value=cards]");
    if (layout !== "cards" || !radio?.closest(".seg").checkVisibility()) return;
    radio.checked = true;
    lay(layout);
  };
  document.addEventListener("change", (event) => {
    if (!event.target.matches("input[name=layout]")) return;
    lay(event.target.value);
    try { localStorage.setItem(KEY, event.target.value); } catch { /* private window */ }
  });

  restore();
  document.addEventListener("htmx:load", restore);
})();
