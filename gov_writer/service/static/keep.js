// What was typed and not kept outlives a closed tab: in this browser, for this person and this document, three days at
// most.  Signing out forgets all of it, and whoever comes next finds nothing of somebody else.
"use strict";

const OWN = "gw:" + (document.body.dataset.user || "local") + ":";
const KEPT_AT = OWN + location.pathname;
const DAYS = 3 * 24 * 3600 * 1000;
let unkept = false; // typed, and this browser keeps nothing

function remembered() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT_AT));
    return found && typeof found.text === "string" ? found : null;
  } catch {
    return null;
  }
}
function forget(all) {
  unkept = false;
  try {
    for (const key of Object.keys(localStorage)) if (all ? key.startsWith("gw:") : key === KEPT_AT) localStorage.removeItem(key);
  } catch {
    return;
  }
}
function tidied() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith("gw:")) continue;
      let at = 0;
      try { at = JSON.parse(localStorage.getItem(key)).at; } catch { at = 0; }
      if (!key.startsWith(OWN) || !(Date.now() - at < DAYS)) localStorage.removeItem(key);
    }
  } catch {
    return;
  }
}
let resting = 0;
function remember() {
  clearTimeout(resting);
  resting = 0;
  try {
    localStorage.setItem(KEPT_AT, JSON.stringify({ text: area().value, at: Date.now() }));
  } catch {
    unkept = true;
  }
}
document.addEventListener("input", (event) => {
  if (event.target !== area()) return;
  clearTimeout(resting);
  resting = setTimeout(remember, 400);
});
addEventListener("pagehide", () => resting && remember());
addEventListener("beforeunload", (event) => unkept && event.preventDefault());

// Kept by the service: the draft's button, or a check that keeps a version.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, xhr } = event.detail;
  if (!(elt.id === "draft" || elt.id === "check")) return;
  const file = elt.id === "check" && document.getElementById("draft-file");
  if (xhr.getResponseHeader("HX-Retarget")) return void (file && (file.value = "")); // a file that can't be read
  if (!successful || (file && file.files.length)) return;
  clearTimeout(resting);
  resting = 0;
  forget(false);
});
document.addEventListener("click", (event) => event.target.closest("[hx-post='/logout']") && forget(true));

let offered = false;
function offer() {
  const to = area(), found = to && !offered && remembered();
  if (!found) return;
  offered = true;
  if (found.text === to.value || !found.text.trim()) return forget(false);
  const bar = document.createElement("p");
  bar.className = "kept";
  bar.setAttribute("role", "status");
  const when = new Date(found.at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  bar.append("上次有没保存的修改（" + when + "）。 ");
  for (const [words, again] of [["恢复", true], ["不要了", false]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = again ? "small" : "small plain";
    button.textContent = words;
    button.addEventListener("click", () => {
      bar.remove();
      if (!again) return forget(false);
      const now = area();
      now.value = found.text;
      now.dispatchEvent(new Event("input", { bubbles: true }));
      now.focus();
    });
    bar.append(button, " ");
  }
  document.querySelector("main h1").after(bar);
}
tidied();
offer();
document.addEventListener("htmx:afterSettle", offer);
