// The text that is edited in place: a textarea over a copy of its words that carries the marks.
"use strict";

const area = () => document.getElementById("draft-text");
const copy = () => document.getElementById("backdrop");

// Offsets from the server count characters, those of a textarea UTF-16 units.
function unit(text, at) {
  let units = 0;
  for (const character of text) {
    if (at-- <= 0) break;
    units += character.length;
  }
  return units;
}
// The marks stay where they are while somebody types: only what changed is changed in the copy.
function follow() {
  const [from, to] = [copy(), area()];
  if (!from || !to) return;
  const before = from.textContent, after = to.value;
  if (before === after) return;
  const least = Math.min(before.length, after.length);
  let head = 0, tail = 0;
  while (head < least && before[head] === after[head]) head++;
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const range = document.createRange();
  range.setStart(...placeOf(from, head));
  range.setEnd(...placeOf(from, before.length - tail));
  range.deleteContents();
  range.insertNode(document.createTextNode(after.slice(head, after.length - tail)));
  from.normalize();
}
function placeOf(root, offset) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (offset <= node.length) return [node, offset];
    offset -= node.length;
  }
  return [root, root.childNodes.length];
}
function markAt(offset) {
  for (const node of copy().childNodes) {
    if (offset <= node.textContent.length && node.nodeType === 1 && node.textContent) return node;
    offset -= node.textContent.length;
    if (offset < 0) return null;
  }
  return null;
}
function lightAt(mark) {
  if (mark && mark.matches(PAIRED) && !mark.classList.contains("on")) pair(mark, false);
}
document.addEventListener("input", (event) => event.target === area() && follow());
document.addEventListener("htmx:afterSettle", (event) => {
  follow();
  if (event.target.id !== "result" || !area()) return;
  for (const fold of document.querySelectorAll("#reading, #wishes")) fold.open = false; // the draft is there
});
document.addEventListener("mousemove", (event) => {
  if (event.target !== area() || event.buttons) return;
  lightAt(document.elementsFromPoint(event.clientX, event.clientY).find((each) => each.matches("#backdrop mark")));
});
document.addEventListener("click", (event) => {
  if (event.target !== area() || area().selectionStart !== area().selectionEnd) return;
  const mark = document.elementsFromPoint(event.clientX, event.clientY).find((each) => each.matches("#backdrop mark"));
  if (mark) pair(mark, true);
});
document.addEventListener("keyup", (event) => {
  if (event.target === area() && /^(Arrow|Home|End|Page)/.test(event.key)) lightAt(markAt(area().selectionStart));
});

// Put the caret somewhere.  at: in characters.
function caretTo(at, scroll) {
  const to = area();
  if (!to) return;
  const offset = unit(to.value, at);
  to.focus({ preventScroll: true });
  to.setSelectionRange(offset, offset);
  const range = document.createRange();
  range.setStart(...placeOf(copy(), offset));
  const box = range.getBoundingClientRect();
  if (scroll && box.height) scrollTo({ top: scrollY + box.top - innerHeight / 3 });
}
// A suggested wording is written into the text as if it were typed, so that it can be undone.
function write(start, end, words) {
  const to = area();
  to.focus({ preventScroll: true });
  to.setSelectionRange(unit(to.value, start), unit(to.value, end));
  if (!document.execCommand(words ? "insertText" : "delete", false, words)) {
    to.setRangeText(words);
    to.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
// A suggestion was made for a text: it is written only while that text stands.
function fresh() {
  return area() && copy() && copy().dataset.length === String(Array.from(area().value).length);
}
function applyFix(button) {
  if (fresh()) write(Number(button.dataset.start), Number(button.dataset.end), button.dataset.fix);
}
function applyAll() {
  if (!fresh()) return;
  const fixes = [...document.querySelectorAll("[data-safe]")].map((each) => each.dataset);
  let last = Infinity;
  for (const one of fixes.sort((a, b) => b.start - a.start)) {
    if (Number(one.end) > last) continue;
    last = Number(one.start);
    write(last, Number(one.end), one.fix);
  }
}
// Whether what stands here is kept: said beside the button.
document.addEventListener("input", (event) => {
  const state = document.getElementById("saved");
  if (state && event.target === area()) state.textContent = "有未保存的修改";
});
// What was just checked by the button is not checked again because it was typed a moment before.
let submitted = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  const to = area();
  if (event.detail.elt.id === "check") submitted = to && to.value;
  else if (to && event.detail.elt === to && to.value === submitted) event.preventDefault();
  else if (to && event.detail.elt === to) submitted = null;
});
// What the button found is brought into view.
let pressed = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (elt.id === "check") pressed = requestConfig.triggeringEvent && requestConfig.triggeringEvent.type === "submit";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const bar = document.getElementById("bar");
  if (!pressed || event.target.id !== "result" || !bar || !bar.textContent.trim()) return;
  pressed = false;
  bar.scrollIntoView({ block: "start" });
});
