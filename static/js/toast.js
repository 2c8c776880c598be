/* A request of htmx that failed says so, and can be sent again: what was entered stays where it is. */
(() => {
  const words = (event) => {
    if (event.type !== "htmx:responseError") return "No connection. Nothing you entered is lost.";
    const { status } = event.detail.xhr;
    return status === 404 ? "This page is no longer there. Reload it." : `That did not work (${status}). Nothing you entered is lost.`;
  };

  const again = ({ elt, requestConfig: { verb, path, target, triggeringEvent } }) => {
    const { submitter } = triggeringEvent ?? {};
    if (elt.matches("form") && triggeringEvent?.type === "submit") elt.requestSubmit(submitter?.isConnected ? submitter : undefined);
    else window.htmx.ajax(verb, path, { source: elt, target });
  };

  const button = (label, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = label;
    made.addEventListener("click", press);
    return made;
  };

  const show = (event) => {
    const place = document.getElementById("toasts");
    if (!place) return;
    const toast = document.createElement("div");
    toast.className = "toast bad";
    const text = document.createElement("p");
    text.textContent = words(event);
    const { detail } = event;
    const close = button("×", () => toast.remove());
    close.ariaLabel = "Close";
    toast.append(text, button("Try again", () => { toast.remove(); again(detail); }), close);
    place.replaceChildren(toast);
  };

  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, show);
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.shouldSwap) document.getElementById("toasts")?.replaceChildren();
  });
})();
