/* Menus are <details>: close them by a click elsewhere, by Escape, and when one of their links was used. */
(() => {
  const open = () => document.querySelectorAll("details.menu[open]");

  document.addEventListener("click", (event) => {
    for (const menu of open()) {
      const inside = menu.contains(event.target);
      if (!inside || event.target.closest(".menu li a, .menu li button")) menu.removeAttribute("open");
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      event.preventDefault(); // nothing else closes by the same press
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    }
  });
})();
