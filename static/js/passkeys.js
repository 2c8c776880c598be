/*
 * Passkeys and security keys: ties the buttons that ask for one to allauth's scripts, which the pages that have such a
 * button load. What goes wrong (no key, taken back, none that fits) is said beside the button.
 */
(() => {
  const forms = window.allauth?.webauthn?.forms;
  if (!forms) return;
  const STARTS = {
    passkey_login: ["login", forms.loginForm],
    mfa_webauthn_authenticate: ["authenticate", forms.authenticateForm],
    mfa_webauthn_add: ["add", forms.addForm],
  };
  for (const [id, [name, start]] of Object.entries(STARTS)) {
    const button = document.getElementById(id);
    if (!button) continue;
    const { credential, passwordless } = button.dataset;
    start({ ids: { [name]: id, credential, passwordless, data: "js_data" } });
    button.addEventListener("click", () => {
      button.form.querySelector("[data-key-fault]").hidden = true;
    });
    document.addEventListener("allauth.error", (event) => {
      event.preventDefault();
      button.form.querySelector("[data-key-fault]").hidden = false;
    });
  }
})();
