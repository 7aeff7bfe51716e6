// A click (or Enter) on a marked figure shows its finding or source, and the other way round; hovering lights both.
"use strict";
function partnerOf(element) {
  return document.getElementById(element.dataset.finding || element.dataset.mark || "");
}
function pair(element, scroll) {
  const partner = partnerOf(element);
  if (!partner) return;
  for (const lit of document.querySelectorAll(".on")) lit.classList.remove("on");
  element.classList.add("on");
  partner.classList.add("on");
  if (scroll) partner.scrollIntoView({ block: "center", behavior: "smooth" });
}
document.addEventListener("click", (event) => {
  const fix = event.target.closest("[data-fix]");
  if (fix) return apply(fix);
  if (event.target.closest("a, details, form, button")) return;
  const element = event.target.closest("[data-finding], [data-mark]");
  if (element) pair(element, true);
});
document.addEventListener("mouseover", (event) => {
  const element = event.target.closest("mark[data-finding]");
  if (element) pair(element, false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-finding], [data-mark]")) pair(event.target, true);
});
// A suggested wording is written into the text that was pasted, if it still stands there.
function apply(button) {
  const area = document.getElementById("draft-text");
  if (!area) return;
  const points = Array.from(area.value);
  const start = Number(button.dataset.start), end = Number(button.dataset.end);
  if (end > points.length) return;
  area.value = points.slice(0, start).join("") + button.dataset.fix + points.slice(end).join("");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
// The filter by severity outlives the next answer.
function filtered() {
  for (const box of document.querySelectorAll("[data-show]")) {
    box.checked = !document.body.classList.contains("hide-" + box.dataset.show);
  }
}
document.addEventListener("change", (event) => {
  const kind = event.target.dataset.show;
  if (kind) document.body.classList.toggle("hide-" + kind, !event.target.checked);
});
document.addEventListener("htmx:afterSwap", filtered);
// What was just checked by the button is not checked again because it was typed a moment before.
let submitted = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  const area = document.getElementById("draft-text");
  if (event.detail.elt.id === "check") submitted = area.value;
  else if (event.detail.elt === area && area.value === submitted) event.preventDefault();
  else if (event.detail.elt === area) submitted = null;
});
if (location.hash) {
  const wanted = document.getElementById(location.hash.slice(1));
  if (wanted instanceof HTMLDetailsElement) wanted.open = true;
}
