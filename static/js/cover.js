/* Cover mode: an eye in a header opens or covers its whole column; one button covers everything again. */
(() => {
  const column = (eye) => {
    const { cellIndex } = eye.closest("th");
    const rows = [...eye.closest("table").tBodies].flatMap((body) => [...body.rows]);
    return rows.map((row) => row.cells[cellIndex]?.querySelector("details.cover")).filter(Boolean);
  };

  document.addEventListener("click", (event) => {
    const eye = event.target.closest("button.eye");
    if (eye) {
      const covers = column(eye);
      const reveal = covers.some((cover) => !cover.open);
      for (const cover of covers) cover.open = reveal;
    }
    if (event.target.closest("[data-cover-all]")) {
      event.preventDefault(); // without this script it is a link to the page as it first was
      for (const cover of document.querySelectorAll("td details.cover[open]")) cover.open = false;
    }
  });

  // The toggle event does not bubble. An eye is pressed while anything of its column is covered.
  document.addEventListener("toggle", (event) => {
    const cell = event.target.closest?.("table.grid td");
    const eye = cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex]?.querySelector("button.eye");
    if (eye) eye.setAttribute("aria-pressed", String(column(eye).some((cover) => !cover.open)));
  }, true);
})();
