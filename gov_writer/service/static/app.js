// A click (or Enter) on a marked figure shows its finding or source, and the other way round.
"use strict";
function pair(element) {
  const partner = document.getElementById(element.dataset.finding || element.dataset.mark || "");
  if (!partner) return;
  for (const lit of document.querySelectorAll(".on")) lit.classList.remove("on");
  element.classList.add("on");
  partner.classList.add("on");
  partner.scrollIntoView({ block: "center", behavior: "smooth" });
}
document.addEventListener("click", (event) => {
  if (event.target.closest("a")) return;
  const element = event.target.closest("[data-finding], [data-mark]");
  if (element) pair(element);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-finding], [data-mark]")) pair(event.target);
});
if (location.hash) {
  const wanted = document.getElementById(location.hash.slice(1));
  if (wanted instanceof HTMLDetailsElement) wanted.open = true;
}
