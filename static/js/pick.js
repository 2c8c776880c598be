/*
 * Rows ticked to be compared. The form of the dock holds them, so that they stay while the table is filtered, sorted or
 * turned to another page; x ticks the row of the focused cell, in reading mode after it went to the mode of ticking.
 */
(() => {
  const form = () => document.getElementById("pick");
  const held = () => [...(form()?.querySelectorAll("input[type=hidden]") ?? [])];
  const boxes = () => [...document.querySelectorAll(".pick input")];
  let wanted = "";

  const tell = () => {
    const dock = form();
    if (!dock) return;
    const count = held().length, most = Number(dock.dataset.picks);
    const names = held().map((input) => input.dataset.name).join(", ");
    const words = ["Tick two to four rows.", `${names}: one more to compare.`];
    dock.querySelector("[data-picked]").textContent = count > most ? `${count} ticked: four are the most.` : words[count] ?? names;
    dock.querySelector(".primary").disabled = count < 2 || count > most;
    for (const box of boxes()) box.checked = held().some((input) => input.value === box.value);
  };
  const hold = (box) => {
    held().find((input) => input.value === box.value)?.remove();
    if (!box.checked) return;
    const input = Object.assign(document.createElement("input"), { type: "hidden", name: "rows", value: box.value });
    input.dataset.name = box.closest("label").innerText.trim();
    form().append(input);
  };

  document.addEventListener("change", (event) => {
    if (!event.target.matches(".pick input") || !form()) return;
    hold(event.target);
    tell();
  });
  document.addEventListener("reset", (event) => {
    if (event.target !== form()) return;
    for (const input of held()) input.remove();
    setTimeout(tell);
  });
  document.addEventListener("submit", (event) => {
    // One address for one choice, short enough to be shared: names joined by commas.
    if (event.target !== form() || !held().length) return;
    event.preventDefault();
    location.assign(`${form().action}?rows=${held().map((input) => encodeURIComponent(input.value)).join(",")}`);
  });
  document.addEventListener("shortcut", (event) => {
    if (event.detail.key !== "x") return;
    const row = document.activeElement.closest("#grid tbody tr");
    const box = row?.querySelector(".pick input");
    if (box) return box.click();
    wanted = row?.id ?? "";
    document.querySelector("[data-pick-mode]")?.click();
  });

  const settle = () => {
    const row = wanted && form() && document.getElementById(wanted);
    wanted = row ? "" : wanted;
    if (row) {
      row.querySelector(".pick input").click();
      row.cells[0].tabIndex = 0;
      row.cells[0].focus();
    }
    tell();
  };
  settle();
  document.addEventListener("htmx:load", settle);
})();
