/* A question by keyboard: 1 to 9 choose or tick, 0 is "I don't know", Enter checks or goes on, Escape leaves. */
(() => {
  const find = (selector) => document.querySelector(selector);

  document.addEventListener("shortcut", ({ detail: { key } }) => {
    if (key === "0") return find(".q button[value=unknown]")?.click();
    const radio = /^[1-9]$/.test(key) && document.querySelectorAll(".opts input")[key - 1];
    if (!radio || radio.disabled) return;
    radio.checked = radio.type === "radio" || !radio.checked;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });

  const goOn = () => {
    const next = find("[data-next]");
    if (next) return next.click();
    const chosen = find(".opts input:checked");
    if (chosen) chosen.form.requestSubmit();
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
