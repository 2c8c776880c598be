/* A button copies the text of the field it names: data-copy-from="id of the field". */
(() => {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-from]");
    const field = button && document.getElementById(button.dataset.copyFrom);
    if (!field) return;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // without HTTPS there is no clipboard
    }
    const words = button.lastChild;
    words.textContent = "Copied";
    setTimeout(() => { words.textContent = "Copy"; }, 2000);
  });
})();
