/*
 * A question of an exam is saved whenever its choice changes. What could not be saved is sent again, and whatever leads
 * on, a link, a button or the end of the time, waits until it is saved and the server is there.
 */
(() => {
  const RETRY_MS = 3000;
  const form = () => document.querySelector("form[data-autosave]");
  if (!form()) return;

  let isSaving = false;
  let isUnsaved = false;
  let isAsking = false;
  let isLost = false; // whether the connection was, when last tried
  let goOn = null; // what was pressed meanwhile
  let isGoing = false;

  const show = () => {
    const notes = { unsaved: isUnsaved, held: goOn && isLost };
    for (const [id, holds] of Object.entries(notes)) document.getElementById(id)?.toggleAttribute("hidden", !holds);
  };
  const proceed = () => {
    const go = goOn;
    if (!go || isSaving || isUnsaved || isLost) return;
    goOn = null;
    show();
    isGoing = true;
    go();
    isGoing = false;
  };
  // A browser may believe itself without a connection beside a server on the same machine.
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    isLost = await fetch(location.href, { method: "HEAD" }).then(() => false, () => true);
    isAsking = false;
    show();
    proceed();
  };
  const retry = () => {
    if (isSaving) return;
    if (isUnsaved) form()?.dispatchEvent(new Event("change"));
    else if (goOn) ask();
  };
  setInterval(retry, RETRY_MS);
  addEventListener("online", retry);

  const mustWait = () => isSaving || isUnsaved || isLost || !navigator.onLine;
  const hold = (event, go) => {
    event.preventDefault();
    event.stopPropagation();
    event.target.closest("dialog")?.close(); // which would hide the note
    goOn = go;
    show();
    retry();
  };

  document.addEventListener("htmx:beforeRequest", ({ target }) => { if (target.closest("[data-autosave]")) isSaving = true; });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (!target.closest("[data-autosave]") && target.id !== "flag") return;
    isSaving = false;
    isLost = isUnsaved = !detail.xhr.status;
    show();
    setTimeout(proceed); // after htmx has begun to send what was chosen meanwhile
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]:not([href^='#'], [hx-get])");
    if (!link || !mustWait() || event.ctrlKey || event.metaKey) return;
    if (link.matches("[data-leave]") && !isSaving && !isUnsaved) return; // where they go may be kept on this device
    hold(event, () => location.assign(link.href));
  });
  // At the window: before another behaviour hears of it, and takes the form for one that is on its way.
  addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target.method === "post" && !isGoing && mustWait()) hold(event, () => target.requestSubmit(submitter));
  }, true);
  document.addEventListener("htmx:confirm", (event) => {
    if (!mustWait() || event.target.id === "flag" || event.target.matches("[data-autosave]")) return;
    hold(event, () => event.detail.issueRequest(true));
  });
  addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });
})();
