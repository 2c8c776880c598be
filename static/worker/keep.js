/*
 * The service worker, started by /sw.js, which names the FILES of this version of the site. While there is a connection
 * everything comes from the network. Without one it shows what was kept: public pages, only ever as somebody without an
 * account gets them, and the questions of one sitting, until somebody signs in or out.
 */
const SHELL = `shell ${FILES.join(" ")}`;
const PAGES = "pages";
const SITTING = "sitting";
const MOST_PAGES = 60;
const PERSONAL = /^\/(accounts|admin|groups|guides|join|progress|quiz)\//;
const QUESTION = /^\/quiz\/(\d+)\/\d+\/$/;
const HASH = /\.[0-9a-f]{12}(?=\.\w+$)/;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(FILES)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("shell ") && name !== SHELL;
  const drop = async () => Promise.all((await caches.keys()).filter(isOld).map((name) => caches.delete(name)));
  event.waitUntil(drop().then(() => clients.claim()));
});

const isPage = (answer) => answer.ok && !answer.redirected && (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
const isPublic = (answer) => /\bpublic\b/.test(answer.headers.get("Cache-Control") ?? "");
const sittingOf = (address) => new URL(address).pathname.match(QUESTION)?.[1];

const keepPublic = async (url, answer) => {
  if (!isPage(answer) || !isPublic(answer)) return;
  const pages = await caches.open(PAGES);
  await pages.delete(url, { ignoreVary: true }); // so that the page last opened is the last to be dropped
  await pages.put(url, answer);
  const kept = await pages.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST_PAGES)).map((old) => pages.delete(old, { ignoreVary: true })));
};
const keepQuestion = async (url, answer) => {
  if (!isPage(answer)) return;
  const questions = await caches.open(SITTING);
  const others = (await questions.keys()).filter((other) => sittingOf(other.url) !== sittingOf(url));
  await Promise.all(others.map((other) => questions.delete(other, { ignoreVary: true })));
  await questions.put(url, answer);
};
const keep = async (url, answer) => {
  if (QUESTION.test(url.pathname)) return keepQuestion(url, answer);
  if (PERSONAL.test(url.pathname)) return;
  return keepPublic(url, isPublic(answer) ? answer : await fetch(url, { credentials: "omit" }));
};
const readAhead = async (url) => {
  if (await caches.match(url, { ignoreVary: true, cacheName: SITTING })) return;
  await keepQuestion(url, await fetch(url, { headers: { "X-Read-Ahead": "1" } }));
};

const kept = async (url) => {
  const plain = new URL(url.pathname, url); // without a filter rather than not at all
  return (await caches.match(url, { ignoreVary: true })) ?? (await caches.match(plain, { ignoreVary: true })) ?? caches.match(FILES[0]);
};
const showPage = async (event, url) => {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return kept(url);
  }
  if (isPage(answer)) event.waitUntil(keep(url, answer.clone()).catch(() => {}));
  if (answer.status === 404) event.waitUntil(caches.open(PAGES).then((pages) => pages.delete(url, { ignoreVary: true })));
  return answer;
};
const showFile = (request, url) => fetch(request).catch(async () => {
  const same = FILES.find((file) => file.replace(HASH, "") === url.pathname.replace(HASH, ""));
  return (same && (await caches.match(same))) || Response.error();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && /^\/(accounts|admin)\//.test(url.pathname)) event.waitUntil(caches.delete(SITTING));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(showPage(event, url));
  else if (["style", "script", "image"].includes(request.destination)) event.respondWith(showFile(request, url));
});

addEventListener("message", (event) => {
  const { opened, ahead = [], answered } = event.data;
  const urls = ahead.map((address) => new URL(address, location));
  const work = [
    opened && fetch(opened, { credentials: "omit", cache: "force-cache" }).then((answer) => keepPublic(new URL(opened), answer)),
    answered && caches.open(SITTING).then((questions) => questions.delete(answered, { ignoreVary: true })),
    ...urls.map(readAhead),
  ];
  event.waitUntil(Promise.allSettled(work));
});
