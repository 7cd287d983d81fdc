// Everything here makes a page that already works more comfortable.

import { initAll } from "./vendor/govuk-frontend/govuk-frontend.min.js";

const AUTOCOMPLETE = "./vendor/accessible-autocomplete/accessible-autocomplete.min.js";

// A long native select becomes a field to type in; its hint and error stay attached to it.
async function enhanceSelects(scope) {
  const selects = scope.querySelectorAll("select[data-autocomplete]");
  if (selects.length === 0) return;
  await import(AUTOCOMPLETE);
  for (const select of selects) {
    const described = select.getAttribute("aria-describedby");
    const id = select.id;
    delete select.dataset.autocomplete;
    window.accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value === "" ? "" : undefined,
      showAllValues: true,
    });
    const input = document.getElementById(id);
    if (described) {
      const own = input.getAttribute("aria-describedby") ?? "";
      input.setAttribute("aria-describedby", `${own} ${described}`.trim());
    }
    // Text that names no choice must not leave an earlier choice behind, to be sent unseen.
    input.addEventListener("input", () => {
      const typed = input.value.trim().toLowerCase();
      const named = [...select.options].find((option) => option.text.toLowerCase() === typed);
      select.value = named ? named.value : "";
    });
  }
}

function enhance(scope) {
  initAll({ scope });
  enhanceSelects(scope);
}

enhance(document);

document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) enhance(event.target);
});

// Whoever waited for a job is led on once, as without scripts.
for (const name of ["htmx:afterSwap", "htmx:after:swap"]) {
  document.addEventListener(name, () => {
    const done = document.querySelector("[data-onward]");
    if (!done) return;
    window.location.assign(done.dataset.onward);
    delete done.dataset.onward;
  });
}

// A press that failed must not look like one that worked: the form is sent once more without htmx, so that the
// server's own page says what happened; where there is no connection, it is said here.
function formOf(event) {
  return event.detail.elt?.closest("form[method='post']");
}

document.addEventListener("htmx:responseError", (event) => {
  const form = formOf(event);
  if (!form) return;
  const pressed = event.detail.requestConfig?.triggeringEvent?.submitter;
  if (pressed?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value }));
  HTMLFormElement.prototype.submit.call(form);
});

document.addEventListener("htmx:sendError", (event) => {
  const form = formOf(event);
  if (!form) return;
  const words = form.querySelector(".govuk-error-message") ?? document.createElement("p");
  words.className = "govuk-error-message";
  words.setAttribute("role", "alert");
  words.textContent = "That was not saved: there is no connection. Press again when there is";
  form.prepend(words);
});

// A swap leaves the keyboard nowhere: take it to what is new, unless the person is already somewhere else.
// The event has one name in htmx 2 and another in htmx 4.
for (const name of ["htmx:afterSwap", "htmx:after:swap"]) {
  document.addEventListener(name, () => {
    const fresh = document.querySelector("[data-focus]");
    if (!fresh || document.activeElement !== document.body) return;
    delete fresh.dataset.focus;
    fresh.tabIndex = -1;
    fresh.focus();
  });
}

// What My day keeps for when there is no network is one person's: it goes when they sign out, and as soon as a page
// is shown to anybody else.
const DAY = "matchmaker-day:";

async function forgetDays(kept) {
  for (const name of await caches.keys()) {
    if (name.startsWith(DAY) && name !== kept) await caches.delete(name);
  }
}

if ("caches" in window) {
  const person = document.querySelector("meta[name='matchmaker-person']")?.content;
  forgetDays(person ? `${DAY}${person}` : "").catch(() => undefined);
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => forgetDays("").catch(() => undefined));
}
