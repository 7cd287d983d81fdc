// Words that are typed and not saved: leaving the page warns, and what was typed is offered when it is opened again.
//
// A draft lies in this browser alone, under the person's own key and the form's address. It goes when the form is
// saved, when the person signs out, here or for this browser from another, and after a day. Files, codes, hidden
// fields and what somebody needs or eats are never part of it.

const PERSON = document.querySelector("meta[name='matchmaker-person']")?.content;
const SAVED = document.querySelector("meta[name='matchmaker-saved']")?.content;
const START = "matchmaker-draft:";
const LASTS = 24 * 60 * 60 * 1000;
const NOT_TYPED = ["hidden", "file", "password", "submit", "button"];
const NOT_KEPT = ["access_needs", "diet"];

const unsaved = new Set();

function draftKey(form) {
  return `${START}${PERSON}:${new URL(form.action, location.href).pathname}`;
}

function typedFields(form) {
  return [...form.elements].filter(
    (field) => field.name && field.willValidate && !NOT_TYPED.includes(field.type) && field.name !== "code",
  );
}

// What fields say now, as pairs of name and value, so that two states compare as text.
function said(fields) {
  return JSON.stringify(
    fields
      .filter((field) => !ticks(field) || field.checked)
      .map((field) => [field.name, field.value]),
  );
}

function keptFields(form) {
  return typedFields(form).filter((field) => !NOT_KEPT.includes(field.name));
}

function ticks(field) {
  return ["checkbox", "radio"].includes(field.type);
}

// What pairs of name and value say of each field: whether it is ticked, or its words.
function statesOf(fields, pairs) {
  const left = JSON.parse(pairs);
  return fields.map((field) => {
    if (ticks(field)) return left.some(([name, value]) => name === field.name && value === field.value);
    const place = left.findIndex(([name]) => name === field.name);
    return place >= 0 ? left.splice(place, 1)[0][1] : undefined;
  });
}

// A draft that is offered, with what has been typed beside it since: neither takes the other away.
function together(fields, draft, atFirst) {
  const [now, before, after] = [said(fields), atFirst, draft].map((pairs) => statesOf(fields, pairs));
  const states = now.map((state, place) => (state === before[place] ? (after[place] ?? state) : state));
  const pairs = fields.map((field, place) => [field.name, ticks(field) ? field.value : states[place]]);
  return JSON.stringify(pairs.filter((_, place) => states[place] !== false));
}

function say(form, pairs) {
  const fields = keptFields(form);
  const states = statesOf(fields, pairs);
  for (const [place, field] of fields.entries()) {
    if (ticks(field)) field.checked = states[place];
    else if (states[place] !== undefined) field.value = states[place];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function stored() {
  return Object.keys(localStorage).filter((key) => key.startsWith(START));
}

function forgetOld() {
  for (const key of stored()) {
    if (Date.now() - (JSON.parse(localStorage.getItem(key)).at ?? 0) > LASTS) localStorage.removeItem(key);
  }
}

function offer(form, draft, answer) {
  const note = document.getElementById("draft-offer").content.cloneNode(true).firstElementChild;
  note.querySelector("[data-when]").textContent = new Date(draft.at).toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
  });
  for (const choice of ["take", "drop"]) {
    note.querySelector(`[data-${choice}]`).addEventListener("click", () => {
      note.remove();
      answer(choice);
      typedFields(form)[0]?.focus();
    });
  }
  form.before(note);
  for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  return note;
}

// A form that the server shows again, with what was typed and is not saved, is unsaved from the start.
function watch(form) {
  const key = draftKey(form);
  const atFirst = said(typedFields(form));
  const keptAtFirst = said(keptFields(form));
  const shownAgain = form.dataset.unsaved !== undefined;
  let offered = null;
  const kept = () => {
    const fields = keptFields(form);
    return offered === null ? said(fields) : together(fields, offered, keptAtFirst);
  };
  const note = () => {
    const now = kept();
    if (said(typedFields(form)) === atFirst && !shownAgain) unsaved.delete(form);
    else unsaved.add(form);
    if (now === keptAtFirst && !shownAgain) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), said: now }));
  };
  const draft = JSON.parse(localStorage.getItem(key));
  if (shownAgain) note();
  else if (draft && draft.said !== keptAtFirst) {
    offered = draft.said;
    const shown = offer(form, draft, (choice) => {
      const both = kept();
      offered = null;
      if (choice === "take") say(form, both);
      note();
    });
    // After Back the browser itself has put back what was typed, once scripts have run.
    window.addEventListener("pageshow", () => {
      if (offered !== said(keptFields(form))) return;
      offered = null;
      shown.remove();
      note();
    });
  }
  form.addEventListener("input", note);
  form.addEventListener("submit", () => unsaved.delete(form));
}

// Of several forms to one address, such as one for each line of a list, a draft could not say which it is of.
function watchAll() {
  const forms = [...document.querySelectorAll("form[method='post']")].filter((form) => typedFields(form).length > 0);
  for (const form of forms) {
    if (forms.filter((other) => draftKey(other) === draftKey(form)).length === 1) watch(form);
  }
}

function forgetAll() {
  for (const key of stored()) localStorage.removeItem(key);
}

try {
  if (document.querySelector("meta[name='matchmaker-forget']")) forgetAll();
  forgetOld();
  if (PERSON && SAVED) localStorage.removeItem(`${START}${PERSON}:${SAVED}`);
  if (PERSON) watchAll();
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
    unsaved.clear();
    forgetAll();
  });
} catch {
  // A browser that keeps nothing, as in a private window of some, still shows and sends every form.
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size > 0) event.preventDefault();
});
