// My day when there is no network: the page of one person, as they last saw it, and nothing else.
//
// The address says whose it is. Only a page that says the same is kept; one that was signed out, or is somebody
// else's, takes what was kept away. Pages and app.js take it away, too, as soon as somebody else is shown a page.

const HERE = new URL(self.location.href);
const DAY = HERE.pathname.replace(/\/worker\.js$/, "");
const KEY = HERE.searchParams.get("for");
const START = "matchmaker-day:";
const KEPT = `${START}${KEY}`;

async function forgetOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith(START) && name !== KEPT) await caches.delete(name);
  }
}

async function askAndKeep(request) {
  const answer = await fetch(request);
  if (answer.status >= 500) return answer;
  const words = await answer.clone().text();
  const mine = answer.ok && !answer.redirected && words.includes(`name="matchmaker-person" content="${KEY}"`);
  if (mine) await (await caches.open(KEPT)).put(DAY, answer.clone());
  else await caches.delete(KEPT);
  return answer;
}

async function asKept() {
  const kept = await caches.match(DAY, { cacheName: KEPT });
  if (!kept) return Response.error();
  const headers = new Headers(kept.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response((await kept.text()).replace('id="offline" hidden', 'id="offline"'), { headers });
}

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    forgetOthers()
      .then(() => self.clients.claim())
      .then(() => askAndKeep(new Request(DAY, { credentials: "same-origin" })).catch(() => undefined)),
  );
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || mode !== "navigate" || new URL(url).pathname !== DAY) return;
  event.respondWith(askAndKeep(event.request).catch(asKept));
});
