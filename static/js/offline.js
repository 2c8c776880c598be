/*
 * Without a connection: starts the service worker (static/worker/keep.js), tells it what to keep, says when a page is
 * one that was kept, and lists those on the page that stands in for all others. Needs HTTPS or this very machine.
 */
(() => {
  const AHEAD = 3;
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  const tell = async (words) => (await serviceWorker.ready).active.postMessage(words);

  const question = () => document.querySelector("form[data-pending]:not([data-autosave])");
  const tellOfQuestion = () => {
    if (!/^\/quiz\/\d+\/\d+\/$/.test(location.pathname)) return;
    const form = question();
    if (!form) return tell({ answered: location.href });
    const [, before, position] = location.pathname.match(/^(.*\/)(\d+)\/$/);
    const left = Math.min(AHEAD, Number(form.dataset.last ?? 0) - Number(position));
    tell({ ahead: Array.from({ length: Math.max(0, left) }, (_, n) => `${before}${Number(position) + n + 1}/`) });
  };
  document.addEventListener("htmx:afterSwap", tellOfQuestion);

  const listKept = async () => {
    const section = document.getElementById("kept-pages");
    const pages = section && (await caches.open("pages"));
    for (const request of (await pages?.keys())?.reverse() ?? []) {
      const title = (await (await pages.match(request, { ignoreVary: true })).text()).match(/<title>([^<]*)<\/title>/)?.[1];
      const place = document.createElement("li");
      const link = document.createElement("a");
      link.href = request.url;
      link.append(new DOMParser().parseFromString(title ?? request.url, "text/html").body.textContent.replace(/ · [^·]*$/, ""));
      place.append(link);
      section.querySelector("ul").append(place);
      section.hidden = false;
    }
  };

  const sayKept = () => {
    const toast = document.createElement("div");
    const close = document.createElement("button");
    toast.className = "toast";
    close.className = "btn";
    close.textContent = "Close";
    close.addEventListener("click", () => toast.remove());
    toast.append("No connection. This page is shown as it was kept on this device.", close);
    document.getElementById("toasts")?.replaceChildren(toast);
  };

  addEventListener("load", async () => {
    if (!navigator.onLine) {
      sayKept();
      return listKept();
    }
    const isFirst = !serviceWorker.controller;
    await serviceWorker.register("/sw.js");
    if (isFirst) tell({ opened: location.href });
    tellOfQuestion();
  });
})();
