// What of a page need not be looked at again, since axe would say the same (accessible.py).

// No rule of axe depends on where things stand, or on letters that are larger where there is more room.
const PLACED = new RegExp(
  "^(margin|padding|width|height|(min|max)-(width|height)|font-size|line-height|letter-spacing|flex|grid|order|gap|"
  + "row-gap|column-gap|align|justify|float|clear|top|left|right|bottom|text-align|white-space|overflow-wrap)",
);

// Which rules of the style sheets hold at this width.
function rulesNow() {
  const found = new Map(), matches = (media) => !media || matchMedia(media.mediaText || "all").matches;
  const walk = (rules, holds) => [...rules].forEach((rule) => {
    if (rule.selectorText) found.set(rule, holds);
    else if (rule.cssRules) walk(rule.cssRules, holds && matches(rule.media));
  });
  [...document.styleSheets].forEach((sheet) => walk(sheet.cssRules, matches(sheet.media)));
  return found;
}

// Remember the width, and watch what scripts change from here on.
function lookedAt() {
  const made = [], changes = new MutationObserver((records) => made.push(...records));
  changes.observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
  window.looked = { width: innerWidth, rules: rulesNow(), changes, made };
}

// The outermost of what rules for this width, or scripts, make look otherwise; null if all must be looked at.
function otherwise() {
  if (!window.looked || looked.width === innerWidth) return null;
  looked.made.push(...looked.changes.takeRecords());
  if (looked.made.some((one) => one.type !== "attributes")) return null;
  const rules = [...rulesNow()].filter(([rule, holds]) => looked.rules.get(rule) !== holds).map(([rule]) => rule)
    .filter((rule) => [...rule.style].some((name) => !PLACED.test(name)));
  const found = rules.length ? document.querySelectorAll(rules.map((rule) => rule.selectorText).join()) : [];
  const all = new Set([...found, ...looked.made.map((one) => one.target)]);
  const within = (one) => one && (all.has(one) || within(one.parentElement));
  return [...all].filter((one) => !within(one.parentElement));
}

// Tokens and what was signed are others each time, and nothing is seen of them.
const words = (one) => one.outerHTML.replace(/<input[^>]*type="hidden"[^>]*>/g, "");

window.wordsNow = () => ({ whole: words(document.documentElement), otherwise: otherwise()?.map(words) ?? null });

// What contrast depends on: the letters, and what colours stand behind them. Nothing for what may lie over other
// things: there the colours behind are not those of what it is within.
const behind = new WeakMap();
function coloursBehind(one) {
  if (!one) return "";
  if (!behind.has(one)) {
    const style = getComputedStyle(one), within = coloursBehind(one.parentElement), page = one.parentElement === null;
    const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode].join();
    const over = !page && !["static", "relative"].includes(style.position);
    const through = own === "rgba(0, 0, 0, 0),none,1,none,normal";
    behind.set(one, over || within === null ? null : through ? within : `${within}|${own}`);
  }
  return behind.get(one);
}
function colours(one) {
  const within = coloursBehind(one), style = getComputedStyle(one);
  return within === null ? null : [style.color, style.fontSize, style.fontWeight, style.textShadow, within].join();
}

// Let axe leave out letters in colours of which it is known that they are told apart, and learn more of those.
let inColours = null;
function knowColours(known) {
  if (!inColours) {
    const rule = axe._audit.rules.find((one) => one.id === "color-contrast"), check = axe._audit.checks["color-contrast"];
    const { matches } = rule, { evaluate } = check;
    rule.matches = (node, ...more) => !inColours.has(colours(node)) && matches(node, ...more);
    check.evaluate = function (node, ...more) {
      const apart = evaluate.call(this, node, ...more), which = colours(node);
      if (apart === true && which !== null) inColours.add(which);
      return apart;
    };
  }
  inColours = new Set(known);
}

window.violationsNow = async (asked, numbers, known) => {
  const where = numbers ? { include: otherwise().filter((_one, number) => numbers.includes(number)) } : document;
  knowColours(known);
  const found = (await axe.run(where, asked)).violations;
  if (!numbers && !asked.runOnly) lookedAt();
  return [found, [...inColours]];
};
// Whoever evaluates this shall not be given a function, which would be called.
void 0;
