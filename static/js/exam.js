/*
 * An exam: the clock counts down from what the server said and speaks at 10, 5 and 1 minutes; at 0 the exam is handed
 * in. A choice that could not be saved is sent again, and nothing else happens while one is on its way.
 */
(() => {
  const SPOKEN_MINUTES = [10, 5, 1];
  const RETRY_MS = 3000;
  const timer = document.querySelector("[role=timer][data-seconds]");
  if (!timer) return;

  const began = performance.now();
  const given = Number(timer.dataset.seconds);
  const key = `exam-${timer.dataset.exam}`;
  const pad = (number) => String(number).padStart(2, "0");
  const form = () => document.querySelector("form[data-autosave]");
  let waiting = false;
  let unsaved = false;
  let goOn = null;
  let before = given + 1;
  try { before = Number(sessionStorage.getItem(key)) || before; } catch { /* private window */ }

  const say = (left) => {
    const minutes = SPOKEN_MINUTES.findLast((mark) => before > mark * 60 && left <= mark * 60);
    if (minutes) document.getElementById("time-said").textContent = `${minutes} minute${minutes > 1 ? "s" : ""} left`;
    before = left;
    try { sessionStorage.setItem(key, left); } catch { /* then it may be said once more */ }
  };
  const tick = () => {
    const left = Math.max(0, Math.round(given - (performance.now() - began) / 1000));
    const hours = Math.floor(left / 3600);
    const minutes = Math.floor(left / 60) % 60;
    timer.querySelector("span").textContent = hours ? `${hours}:${pad(minutes)}:${pad(left % 60)}` : `${minutes}:${pad(left % 60)}`;
    say(left);
    if (left > 0) return;
    clearInterval(ticking);
    unsaved = false;
    document.getElementById("time-up").requestSubmit();
  };
  const ticking = setInterval(tick, 1000);

  const show = (failed) => {
    unsaved = failed;
    const note = document.getElementById("unsaved");
    if (note) note.hidden = !failed;
  };
  const retry = () => {
    if (unsaved && !waiting) form()?.dispatchEvent(new Event("change"));
  };
  setInterval(retry, RETRY_MS);
  addEventListener("online", retry);

  document.addEventListener("htmx:beforeRequest", ({ target }) => { if (target.closest("[data-autosave]")) waiting = true; });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (!target.closest("[data-autosave]") && target.id !== "flag") return;
    waiting = false;
    show(!detail.xhr.status);
    if (!unsaved) goOn?.();
    goOn = null;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !waiting || link.hasAttribute("hx-get") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    goOn = () => location.assign(link.href);
  });
  document.addEventListener("htmx:confirm", (event) => {
    if (!waiting || event.target.id === "flag" || event.target.matches("[data-autosave]")) return;
    event.preventDefault();
    goOn = () => event.detail.issueRequest(true);
  });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target.id === "open") document.getElementById("hand-in")?.showModal();
  });
})();
