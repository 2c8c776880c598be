/*
 * An answer that could not be kept because its sender was signed out is remembered until they are back at the same
 * question, and then sent once. It is dropped as soon as they go anywhere else, or come back as somebody else.
 */
(() => {
  const KEY = "pending-answer";

  const remembered = () => {
    try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; }
  };
  const forget = () => {
    try { sessionStorage.removeItem(KEY); } catch { /* private window */ }
  };

  document.addEventListener("htmx:beforeSwap", ({ detail: { xhr, requestConfig } }) => {
    const choice = requestConfig.parameters.choice;
    if (xhr.status !== 401 || !choice) return;
    const answer = { path: location.pathname, token: requestConfig.parameters.token, choice };
    try { sessionStorage.setItem(KEY, JSON.stringify(answer)); } catch { /* then it is preselected only */ }
  });

  const send = ({ token, choice }) => {
    const form = document.querySelector("form[data-pending]");
    if (form?.elements.token.value !== token) return;
    const control = form.querySelector(`[name=choice][value="${CSS.escape(choice)}"]`);
    if (!control) return;
    if (control.type === "radio") control.checked = true;
    form.requestSubmit(control.type === "radio" ? undefined : control);
  };

  addEventListener("load", () => {
    const answer = remembered();
    if (!answer || location.pathname.startsWith("/accounts/")) return;
    forget();
    if (location.pathname === answer.path) send(answer);
  });
})();
