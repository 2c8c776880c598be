/*
 * Arrow keys between the cells of a table.grid. One cell of each table is in the tab order, the one last visited; the
 * table stays a table for screen readers. Space or Enter presses what the cell holds: a covered value, a sort link.
 */
(() => {
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  const makeStop = (cell) => {
    const table = cell.closest("table");
    for (const other of table.querySelectorAll("[tabindex='0']:is(td, th)")) other.tabIndex = -1;
    cell.tabIndex = 0;
  };
  const prepare = () => {
    for (const table of document.querySelectorAll("table.grid")) {
      const first = table.tBodies[0]?.rows[0]?.cells[0];
      if (first && !table.querySelector("[tabindex='0']:is(td, th)")) first.tabIndex = 0;
    }
  };
  const neighbour = (cell, [down, right]) => {
    const rows = [...cell.closest("table").rows];
    const row = rows[rows.indexOf(cell.parentElement) + down];
    return row?.cells[Math.min(cell.cellIndex + right, row.cells.length - 1)];
  };

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("table.grid :is(td, th)");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.matches("input, select, textarea")) return;
    const step = STEPS[event.key];
    if (step) {
      const next = neighbour(cell, step);
      if (!next) return;
      event.preventDefault();
      makeStop(next);
      next.focus();
    } else if ((event.key === " " || event.key === "Enter") && event.target === cell) {
      event.preventDefault();
      // Enter also follows a link to what a cell names; Space never leaves the page.
      cell.querySelector(event.key === " " ? "summary, button, .sort, .pick input" : "summary, a, button, .pick input")?.click();
    }
  });

  prepare();
  document.addEventListener("htmx:load", prepare);
})();
