// What is the same on every page: a mark in the text and its partner beside it, filters, and what a key does.
"use strict";

// A mark names its finding (data-finding) or the facts behind it (data-facts); a note names its mark (data-mark).
function partnersOf(element) {
  const { finding, mark, facts } = element.dataset;
  const ids = [finding, mark, ...(facts || "").split(" ").filter(Boolean).map((fact) => "fact-" + fact)];
  return ids.map((id) => id && document.getElementById(id)).filter(Boolean);
}
function pair(element, scroll) {
  for (const lit of document.querySelectorAll(".on")) lit.classList.remove("on");
  const partners = partnersOf(element);
  for (const each of [element, ...partners]) each.classList.add("on");
  const told = document.getElementById("told");
  if (told && element.dataset.told) told.textContent = element.textContent + " ← " + element.dataset.told;
  if (!scroll || !partners.length) return;
  const fold = partners[0].closest("details:not([open])");
  if (fold) fold.open = true;
  if (element.dataset.mark && element.dataset.at) caretTo(Number(element.dataset.at), false);
  if (partners[0].closest(".placed")) return; // notes in the margin come to their mark
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  partners[0].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
const PAIRED = "[data-finding], [data-mark], [data-facts]";
document.addEventListener("click", (event) => {
  const fix = event.target.closest("[data-fix]");
  if (fix) return applyFix(fix);
  if (event.target.closest("[data-fix-all]")) return applyAll();
  const jump = event.target.closest("[data-jump]");
  if (jump) return caretTo(Number(jump.dataset.jump), true);
  if (event.target.closest("a, details.aside, form, button, input")) return;
  const element = event.target.closest(PAIRED);
  if (element) pair(element, true);
});
for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const element = event.target.closest && event.target.closest("mark");
    if (element && element.matches(PAIRED)) pair(element, false);
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(PAIRED)) pair(event.target, true);
});

// Filters: boxes by severity, a list of rules; words for rows of a table.  They outlive the next answer.
const chosen = { hidden: new Set(), rule: "" };
function filtered() {
  for (const box of document.querySelectorAll("[data-show]")) box.checked = !chosen.hidden.has(box.dataset.show);
  for (const row of document.querySelectorAll("tr[data-change]")) row.hidden = chosen.hidden.has(row.dataset.change);
  const list = document.getElementById("rule-filter");
  if (list) {
    if (![...list.options].some((option) => option.value === chosen.rule)) chosen.rule = "";
    list.value = chosen.rule;
  }
  const off = (element) =>
    [...chosen.hidden].some((kind) => element.classList.contains(kind)) ||
    (chosen.rule && element.dataset.rule !== chosen.rule);
  for (const note of document.querySelectorAll(".findings > li[data-rule]")) note.hidden = off(note);
  for (const mark of document.querySelectorAll("mark[data-rule]")) mark.classList.toggle("off", off(mark));
  document.dispatchEvent(new Event("notes:moved"));
}
document.addEventListener("change", (event) => {
  const kind = event.target.dataset.show;
  if (kind) chosen.hidden[event.target.checked ? "delete" : "add"](kind);
  else if (event.target.id === "rule-filter") chosen.rule = event.target.value;
  else return;
  filtered();
});
document.addEventListener("input", (event) => {
  const rows = event.target.dataset.rows;
  if (!rows) return;
  const wanted = event.target.value.trim();
  for (const row of document.querySelectorAll(rows)) row.hidden = wanted !== "" && !row.textContent.includes(wanted);
});
document.addEventListener("htmx:afterSettle", filtered);

// What cannot be reached is said on the page, not in the console only.
document.addEventListener("htmx:sendError", () => said("连不上服务，请检查网络后再试。"));
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!/json/.test(xhr.getResponseHeader("Content-Type") || "")) return;
  event.detail.shouldSwap = false;
  try {
    const problem = JSON.parse(xhr.responseText);
    said([problem.detail, problem.hint].filter(Boolean).join(""));
  } catch {
    said("服务没有完成这一步（" + xhr.status + "）。");
  }
});
document.addEventListener("htmx:beforeRequest", () => said(""));
function said(words) {
  const place = document.getElementById("trouble");
  if (place) place.textContent = words;
}

// /rules#FIG102 opens that rule; a page that asks for it prints everything that is folded.
function opened() {
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted instanceof HTMLDetailsElement) wanted.open = true;
}
opened();
for (const box of document.querySelectorAll("[data-off]")) chosen.hidden.add(box.dataset.show);
filtered();
addEventListener("hashchange", opened);
