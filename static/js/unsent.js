/*
 * An answer that found no connection is kept on this device and sent when there is one again. Its token, which the
 * question carries, lets it count once however often it is sent. Who has signed out, or in as somebody else, has none.
 */
(() => {
  const KEY = "unsent-answers";
  const RETRY_MS = 15000;
  const LONGEST_MS = 30 * 24 * 3600 * 1000;
  const FORM = "form[data-pending]:not([data-autosave])";

  let isLost = false; // whether the connection was, when last tried

  const unsent = () => {
    try { return (JSON.parse(localStorage.getItem(KEY)) ?? []).filter(({ at }) => Date.now() - at < LONGEST_MS); } catch { return []; }
  };
  const store = (answers) => {
    try { localStorage.setItem(KEY, JSON.stringify(answers)); } catch { return false; }
    return true;
  };
  const without = (token) => unsent().filter((answer) => answer.token !== token);

  const note = (text, link) => {
    const made = document.createElement("p");
    made.className = "note accent";
    const words = document.createElement("span");
    words.append(text);
    if (link) words.append(" ", link);
    made.append(words);
    return made;
  };
  const nextKept = async () => {
    const [, before, position] = location.pathname.match(/^(.*\/)(\d+)\/$/) ?? [];
    const address = `${before}${Number(position) + 1}/`;
    if (!position || !window.caches || !(await caches.match(address, { ignoreVary: true }))) return null;
    const link = document.createElement("a");
    link.href = address;
    link.dataset.next = "";
    link.textContent = "Next question";
    return link;
  };
  const tellKept = async () => {
    const place = document.getElementById("problem");
    const text = "No connection. Your answer is kept on this device and sent, once, when there is one.";
    const next = await nextKept();
    const end = " What comes next is not on this device: you go on here as soon as there is a connection.";
    place?.replaceChildren(note(next ? text : text + end, next));
    next?.focus();
  };

  document.addEventListener("htmx:sendError", (event) => {
    const { elt, requestConfig } = event.detail;
    if (!elt.matches(FORM)) return;
    const given = [...requestConfig.formData].filter(([name]) => !["csrfmiddlewaretoken", "token"].includes(name));
    const token = requestConfig.formData.get("token");
    if (!store([...without(token), { path: location.pathname, token, given, at: Date.now() }])) return;
    isLost = true;
    event.stopImmediatePropagation(); // the toast has nothing to add
    tellKept();
  }, true);

  // Whether it is settled: kept by the server, now or before, or no question of who is signed in.
  const settle = async ({ path, token, given }) => {
    const page = await fetch(path, { headers: { "X-Read-Ahead": "1" } });
    const text = await page.text();
    const shown = new DOMParser().parseFromString(text, "text/html");
    if (!page.ok) return page.status === 404 && Boolean(shown.querySelector("[href$='/logout/'], [action$='/logout/']"));
    const form = shown.querySelector(FORM);
    if (form?.elements.token.value !== token) return true;
    const body = new URLSearchParams(given);
    body.set("token", token);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const { status } = await fetch(path, { method: "POST", body });
    return status < 400 || status === 422;
  };
  let isSending = false;
  const send = async () => {
    if (isSending || !navigator.onLine) return;
    isSending = true;
    isLost = false;
    let sent = 0;
    try {
      for (const answer of unsent()) {
        if (!(await settle(answer))) break;
        store(without(answer.token));
        sent += 1;
        if (answer.path === location.pathname) return location.reload();
      }
    } catch { isLost = true; } finally { isSending = false; }
    if (!sent) return;
    const toast = note(sent === 1 ? "The answer kept on this device is sent." : `The ${sent} answers kept on this device are sent.`);
    toast.className = "toast";
    document.getElementById("toasts")?.replaceChildren(toast);
  };

  addEventListener("load", () => {
    const isHere = unsent().some((answer) => answer.path === location.pathname);
    if (isHere && document.querySelector(FORM) && !navigator.onLine) tellKept();
    send();
  });
  addEventListener("online", send);
  setInterval(() => isLost && send(), RETRY_MS);
  document.addEventListener("submit", ({ target }) => {
    if (target.getAttribute("action")?.endsWith("/logout/")) localStorage.removeItem(KEY);
  }, true);
})();
