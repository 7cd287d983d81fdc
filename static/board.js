// The board counts on by itself from the programme that the page brought, so it goes on when the network goes.
// Every now and then it looks whether the times have changed.

const board = document.querySelector("[data-board]");
const ahead = Number(board.dataset.now) - Date.now();
const LOOK_AGAIN = 30_000;
const A_DAY = 24 * 3_600_000;
let rounds = programme(document);
let paused = false;
let said = "";

function programme(page) {
  return [...page.querySelectorAll("[data-begins]")].map((one) => ({
    number: one.dataset.number,
    begins: Number(one.dataset.begins),
    ends: Number(one.dataset.ends),
    clock: one.dataset.clock,
    day: one.dataset.day,
  }));
}

function left(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function put(part, text) {
  const place = board.querySelector(part);
  if (place && place.textContent !== text) place.textContent = text;
}

// Read out only what is news: that a round begins or ends, and its last five minutes and last minute.
function announce(text) {
  if (text !== said) put("[data-board-said]", text);
  said = text;
}

function show() {
  const now = Date.now() + ahead;
  const on = rounds.find((one) => one.begins <= now && now < one.ends);
  const next = rounds.find((one) => one.begins > now);
  if (!rounds.length) return;
  if (on) {
    const minutes = Math.ceil((on.ends - now) / 60_000);
    put("[data-board-round]", `Round ${on.number}`);
    put("[data-board-left]", left(on.ends - now));
    put("[data-board-next]", next ? `Then round ${next.number} at ${next.clock}` : "The last round");
    const warned = minutes <= 1 ? ", one minute left" : minutes <= 5 ? ", five minutes left" : "";
    announce(`Round ${on.number}${warned}`);
  } else if (next) {
    put("[data-board-round]", `Round ${next.number} next`);
    put("[data-board-left]", next.begins - now > A_DAY ? next.day : left(next.begins - now));
    put("[data-board-next]", `at ${next.clock}`);
    announce(`Round ${next.number} begins at ${next.clock}`);
  } else {
    put("[data-board-round]", "The rounds are over");
    put("[data-board-left]", "Thank you for coming");
    put("[data-board-next]", "");
    announce("The rounds are over");
  }
  for (const one of board.querySelectorAll("[data-topics]")) {
    one.hidden = one.dataset.topics !== (on || next)?.number;
  }
  for (const one of board.querySelectorAll("[data-begins]")) {
    if (on && one.dataset.number === on.number) one.setAttribute("aria-current", "step");
    else one.removeAttribute("aria-current");
  }
}

async function look() {
  try {
    const answer = await fetch(window.location.href, { cache: "no-store" });
    // The address was taken away: show what everybody sees then.
    if (answer.status === 404) return window.location.reload();
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = fresh.querySelector(".mm-board__programme");
    const here = board.querySelector(".mm-board__programme");
    if (!list !== !here) return window.location.reload();
    if (!list) return;
    rounds = programme(fresh);
    here.replaceWith(list);
    board.querySelector("[data-board-topics]").replaceWith(fresh.querySelector("[data-board-topics]"));
    if (!paused) show();
  } catch {
    // The network is away: the programme that is here goes on.
  }
}

const pause = board.querySelector("[data-board-pause]");
if (rounds.length) {
  pause.hidden = false;
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on with the countdown" : "Pause the countdown";
    if (!paused) show();
  });
  show();
}
window.setInterval(() => paused || show(), 1000);
window.setInterval(look, LOOK_AGAIN);
