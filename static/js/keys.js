/*
 * Single-key shortcuts. An element with data-key="f" is focused (a field) or pressed (anything else) by f; one with
 * data-go="h" by g, then h. What no element takes is told to other behaviours as the event "shortcut".
 * A reader can switch all of them off in the list of shortcuts and on the profile; the browser remembers it.
 */
(() => {
  const OFF = "shortcuts-off";
  const FIELD = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
  let goUntil = 0;

  const areOff = () => {
    try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
  };
  const remember = (off) => {
    try { off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* private window */ }
  };
  const visible = (attribute, key) =>
    [...document.querySelectorAll(`[${attribute}="${CSS.escape(key)}"]`)].find((element) => element.checkVisibility());
  const use = (element) => {
    if (!element.matches(FIELD)) return element.click();
    element.focus();
    element.select?.();
  };
  const showState = () => {
    for (const box of document.querySelectorAll("[data-keys-on]")) box.checked = !areOff();
  };
  const showList = () => {
    const list = document.getElementById("keys");
    if (!list) return;
    showState();
    list.showModal();
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) showList();
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-on]")) return;
    remember(!event.target.checked);
    showState();
  });
  showState();

  document.addEventListener("keydown", (event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest?.(FIELD) || document.querySelector("dialog[open]") || areOff()) return;
    const key = event.key;
    if (key === "?") return showList();
    if (key === " ") return; // the browser's own key for buttons and scrolling
    const waited = Date.now() < goUntil;
    goUntil = !waited && key === "g" ? Date.now() + 1500 : 0;
    const element = waited ? visible("data-go", key) : visible("data-key", key);
    if (element) {
      event.preventDefault();
      use(element);
    } else if (!waited) {
      document.dispatchEvent(new CustomEvent("shortcut", { detail: { key } }));
    }
  });
})();
