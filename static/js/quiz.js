/*
 * A question by keyboard: 1 to 9 choose, tick, or go to the place to be filled in, 0 is "I don't know", Enter checks or
 * goes on, Escape leaves.
 */
(() => {
  const find = (selector) => document.querySelector(selector);

  document.addEventListener("shortcut", ({ detail: { key } }) => {
    if (key === "0") return find(".q button[value=unknown]")?.click();
    if (!/^[1-9]$/.test(key)) return;
    const field = document.querySelectorAll(".order select, .typed")[key - 1];
    if (field) return setTimeout(() => field.focus()); // later: the key itself is not meant for the field
    const radio = document.querySelectorAll(".opts input")[key - 1];
    if (!radio || radio.disabled) return;
    radio.checked = radio.type === "radio" || !radio.checked;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });

  const goOn = () => {
    const next = find("[data-next]");
    if (next) return next.click();
    const chosen = find(".opts input:checked");
    if (chosen) return chosen.form.requestSubmit();
    const fields = [...document.querySelectorAll(".order select, .typed")];
    const empty = fields.find((field) => !field.value);
    if (empty) empty.focus();
    else fields[0]?.form.requestSubmit();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") find("[data-leave]")?.click();
    // A focused link, button or field has a use of its own for Enter.
    if (event.key !== "Enter" || event.target.closest?.("a, button, summary, input, textarea, select, [tabindex='0']")) return;
    goOn();
  });
})();
