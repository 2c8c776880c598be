/*
 * An answer that could not be kept because its sender was signed out is remembered, whatever it consists of, until they
 * are back at the same question, and then sent once. It is dropped as soon as they go anywhere else, or come back as
 * somebody else.
 */
(() => {
  const KEY = "pending-answer";
  const FORM = "form[data-pending]";
  const NOT_GIVEN = ["csrfmiddlewaretoken", "token", "had", "by", "flagged", "go"];

  const remembered = () => {
    try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; }
  };
  const forget = () => {
    try { sessionStorage.removeItem(KEY); } catch { /* private window */ }
  };

  document.addEventListener("htmx:beforeSwap", ({ detail: { xhr, requestConfig } }) => {
    if (xhr.status !== 401 || !requestConfig.elt.closest(FORM)) return;
    const sent = requestConfig.formData;
    const given = [...sent].filter(([name, value]) => value && !NOT_GIVEN.includes(name));
    if (!given.length) return;
    const answer = { path: location.pathname, token: sent.get("token"), given };
    try { sessionStorage.setItem(KEY, JSON.stringify(answer)); } catch { /* then it stands there only */ }
  });

  const fill = (form, given) => {
    for (const control of form.elements) {
      const values = given.filter(([name]) => name === control.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(control.type)) control.checked = values.includes(control.value);
      else if (control.name && control.matches("select, input:not([type=hidden]), textarea")) control.value = values[0] ?? "";
    }
  };
  const send = ({ token, given }) => {
    const form = document.querySelector(FORM);
    if (form?.elements.token.value !== token) return;
    fill(form, given);
    const pressed = [...form.querySelectorAll("button[name]")].find((button) =>
      given.some(([name, value]) => name === button.name && value === button.value));
    // An exam keeps what is chosen as it changes, and stays at its question.
    if (form.matches("[data-autosave]")) form.dispatchEvent(new Event("change", { bubbles: true }));
    else if (pressed) pressed.click(); // which, other than a submission by script, lets a form be sent unfilled
    else form.requestSubmit();
  };

  addEventListener("load", () => {
    const answer = remembered();
    if (!answer || location.pathname.startsWith("/accounts/")) return;
    forget();
    if (location.pathname === answer.path) send(answer);
  });
})();
