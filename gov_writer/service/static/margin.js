// Notes in the margin stand beside their marks.  Where there is not room for all, the one in use (else the first
// whose mark can be seen) stands exactly there and the others make room; "next" and "previous" walk through them.
"use strict";

const GAP = 6;
function shownNotes() {
  return [...document.querySelectorAll("ol.margin > li[data-mark]")].filter((note) => !note.hidden);
}
function place() {
  const list = document.querySelector("ol.margin");
  if (!list) return;
  const wide = matchMedia("(min-width: 60rem)").matches && !matchMedia("print").matches;
  list.classList.toggle("placed", wide);
  if (!wide) return void (list.style.height = "");
  const origin = list.getBoundingClientRect().top;
  const spots = shownNotes().map((note) => {
    const mark = document.getElementById(note.dataset.mark);
    return { note, want: mark ? mark.getBoundingClientRect().top - origin : 0, height: note.offsetHeight };
  });
  spots.sort((a, b) => a.want - b.want);
  const seen = (spot) => spot.want + origin > 40 && spot.want + origin < innerHeight;
  const used = spots.findIndex((spot) => spot.note.classList.contains("on") && seen(spot));
  const anchor = Math.max(0, used >= 0 ? used : spots.findIndex(seen));
  let edge = -Infinity;
  for (let i = anchor; i < spots.length; i++) {
    spots[i].top = Math.max(spots[i].want, edge);
    edge = spots[i].top + spots[i].height + GAP;
  }
  edge = spots.length ? spots[anchor].top - GAP : 0;
  for (let i = anchor - 1; i >= 0; i--) {
    spots[i].top = Math.min(spots[i].want, edge - spots[i].height);
    edge = spots[i].top - GAP;
  }
  for (const spot of spots) spot.note.style.top = spot.top + "px";
  // The same height whatever stands where: a page that grows while it is scrolled never comes to rest.
  const text = document.querySelector(".sheet, .paper").offsetHeight;
  list.style.height = text + Math.min(600, spots.length * 60) + "px";
}
let waiting = 0;
function soon() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(place);
}
for (const kind of ["htmx:afterSettle", "notes:moved", "toggle", "click", "focusin", "scroll"]) {
  document.addEventListener(kind, soon, { capture: true, passive: true });
}
document.addEventListener("input", (event) => event.target.id === "draft-text" && soon());
addEventListener("resize", soon);
addEventListener("beforeprint", place);
addEventListener("afterprint", soon);

// data-step: 1 or -1, from the note in use, else from what can be seen.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const notes = shownNotes();
  if (!notes.length) return;
  const step = Number(button.dataset.step);
  const now = notes.findIndex((note) => note.classList.contains("on"));
  const next = notes[now < 0 ? 0 : (now + step + notes.length) % notes.length];
  pair(next, true);
  soon();
});
soon();
