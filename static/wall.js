// The wall of thanks goes on by itself, until somebody pauses it. Without this file its links do the same by hand.

const wall = document.querySelector("[data-wall]");
const pause = wall.querySelector("[data-wall-pause]");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const seen = new Map();
const EMPTY_FOR = 30;
let paused = still.matches;
let timer = 0;

// Long words need longer: about three a second, and a while to look up.
function seconds() {
  const words = wall.querySelector("[data-wall-shown]")?.innerText.split(/\s+/).length ?? 0;
  return Math.min(45, 8 + words / 5);
}

async function page(address) {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    // The address was taken away: show what everybody sees then.
    if (answer.status === 404) return window.location.reload();
    if (answer.ok) seen.set(address, await answer.text());
  } catch {
    // The network is away: what was seen before will do.
  }
  return seen.get(address);
}

async function show(address) {
  const html = await page(address);
  if (html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const part of ["[data-wall-shown]", "[data-wall-number]"]) {
      const found = fresh.querySelector(part);
      if (!found) return window.location.assign(address);
      wall.querySelector(part).replaceWith(found);
    }
    for (const part of ["[data-wall-before]", "[data-wall-after]"]) {
      const found = fresh.querySelector(part);
      if (found) wall.querySelector(part).href = found.href;
    }
    window.history.replaceState(null, "", address);
    announce();
  }
  again();
}

// Only what somebody asked for is read out; what comes by itself would interrupt them for ever.
function announce() {
  wall.querySelector("[data-wall-shown]").setAttribute("aria-live", paused ? "polite" : "off");
}

function again() {
  window.clearTimeout(timer);
  if (!paused) timer = window.setTimeout(() => show(wall.querySelector("[data-wall-after]").href), seconds() * 1000);
}

function say() {
  pause.textContent = paused ? "Go on" : "Pause";
  announce();
  again();
}

if (pause) {
  pause.hidden = false;
  pause.addEventListener("click", () => {
    paused = !paused;
    say();
  });
  for (const part of ["[data-wall-before]", "[data-wall-after]"]) {
    wall.querySelector(part).addEventListener("click", (event) => {
      event.preventDefault();
      show(event.currentTarget.href);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(wall.querySelector("[data-wall-before]").href);
    if (event.key === "ArrowRight") show(wall.querySelector("[data-wall-after]").href);
  });
  still.addEventListener("change", () => {
    paused = still.matches;
    say();
  });
  say();
} else {
  // One thanks, or none yet: look again for more.
  window.setTimeout(() => window.location.reload(), EMPTY_FOR * 1000);
}
