// My day stays readable without a network, in browsers that can keep a page.

const worker = document.querySelector("meta[name='matchmaker-day-worker']")?.content;

if (worker && "serviceWorker" in navigator) {
  const scope = new URL(worker, location.href).pathname.replace(/\/worker\.js$/, "");
  navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" }).catch(() => undefined);
}
