/* Beside a typed answer: a button puts its sign where the caret is. Without JavaScript there are no such buttons. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-symbol]");
  const field = button && document.getElementById(button.closest("[data-symbols-for]").dataset.symbolsFor);
  if (!field) return;
  field.setRangeText(button.dataset.symbol, field.selectionStart, field.selectionEnd, "end");
  field.focus();
});
