/*
 * Rebuild the table: pick a value in the tray, then the cell it belongs in, by keyboard, touch or mouse. What is sent is
 * still each cell's own list. Escape drops what is picked; picking goes to the first empty cell, Enter puts it there.
 */
(() => {
  const form = () => document.querySelector("[data-rebuild]");
  const all = (selector) => [...(form()?.querySelectorAll(selector) ?? [])];
  const picked = () => all(".tray [aria-pressed=true]")[0];
  const say = (text) => all("[data-said]").forEach((place) => { place.textContent = text; });
  const name = (chip) => chip.firstChild.textContent.trim();
  const takes = (chip, select) => chip.dataset.holes.split(" ").includes(select.name.slice("cell-".length));
  const left = (chip) =>
    chip.dataset.count - all(".blank-cell select").filter((select) => select.value === chip.dataset.number).length;

  const refresh = () => {
    const chip = picked();
    for (const each of all(".tray .chip")) {
      each.setAttribute("aria-disabled", left(each) < 1);
      const count = each.querySelector("[data-left]");
      if (count) count.textContent = Math.max(0, left(each));
    }
    for (const select of all(".blank-cell select"))
      select.parentElement.classList.toggle("open", Boolean(chip && takes(chip, select)));
  };
  const drop = () => {
    picked()?.setAttribute("aria-pressed", "false");
    refresh();
  };
  const pick = (chip) => {
    const was = picked();
    drop();
    if (chip === was || left(chip) < 1) return say(left(chip) < 1 ? `${name(chip)} is all put back` : "");
    chip.setAttribute("aria-pressed", "true");
    refresh();
    say(`${name(chip)} picked. Go to a cell and press Enter.`);
  };
  const remember = (select) => {
    const number = select.name.slice("cell-".length);
    const { sequence } = form().elements;
    const before = sequence.value.split(",").filter((each) => each && each !== number);
    sequence.value = [...before, number].join(",");
  };
  const put = (select) => {
    const chip = picked();
    if (!chip || !takes(chip, select)) return;
    select.value = chip.dataset.number;
    say(`${name(chip)} put into ${select.getAttribute("aria-label")}`);
    select.dispatchEvent(new Event("change", { bubbles: true }));
    if (left(chip) < 1) drop();
  };

  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-rebuild] .blank-cell select")) return;
    remember(target);
    refresh();
  });
  document.addEventListener("click", ({ target, detail }) => {
    const chip = target.closest?.("[data-rebuild] .tray .chip");
    if (!chip) {
      const hole = target.closest?.("[data-rebuild] .blank-cell.open");
      return hole && put(hole.querySelector("select"));
    }
    pick(chip);
    const byKeyboard = detail === 0;
    if (byKeyboard && picked()) all(".blank-cell.open select").find((select) => !select.value)?.focus();
  });
  // Before the other keys of a question: with a value picked Enter puts it down, and Escape leaves nothing but it.
  document.addEventListener("keydown", (event) => {
    if (!form() || !picked() || !["Enter", "Escape"].includes(event.key)) return;
    const chip = picked();
    if (event.key === "Enter" && !event.target.matches(".blank-cell select")) return;
    event.preventDefault();
    if (event.key === "Escape") drop();
    else put(event.target);
    if (!picked() || event.key === "Escape") (all(".tray [aria-disabled=false]")[0] ?? chip).focus();
  }, true);
  addEventListener("load", refresh);
  document.addEventListener("htmx:load", refresh);
})();
