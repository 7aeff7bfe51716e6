"use strict";
(() => {
  const links = JSON.parse(document.getElementById("links").textContent);
  const proof = document.getElementById("proof");
  const cards = [...document.querySelectorAll(".card")];
  const marks = [...document.querySelectorAll("mark")];
  const rule = document.getElementById("by-rule");
  const boxes = [...document.querySelectorAll(".by-severity")];

  const filter = () => {
    const levels = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const shown = new Set();
    cards.forEach((card, n) => {
      const on = levels.has(card.dataset.severity) && (!rule.value || card.dataset.rule === rule.value);
      card.classList.toggle("off", !on);
      if (on) shown.add(String(n));
    });
    marks.forEach((mark) => {
      mark.classList.toggle("off", !mark.dataset.findings.split(" ").some((n) => shown.has(n)));
    });
  };

  const choose = (elements) => {
    document.querySelectorAll(".chosen").forEach((element) => element.classList.remove("chosen"));
    elements.forEach((element) => element.classList.add("chosen"));
    if (elements.length) elements[0].scrollIntoView({ block: "nearest" });
  };

  const line = (parent, name, text) => {
    const element = document.createElement(name);
    element.textContent = text;
    parent.append(element);
    return element;
  };

  const tell = (link) => {
    proof.replaceChildren();
    if (link.formula) line(proof, "p", "由材料算出：" + link.formula);
    for (const item of link.evidence) {
      const quote = line(proof, "blockquote", "");
      line(quote, "cite", item.source + " " + item.locator);
      quote.append(item.text);
    }
    proof.hidden = false;
  };

  const act = (target) => {
    const mark = target.closest("mark");
    const figure = target.closest(".figure");
    const card = target.closest(".card");
    if (mark) choose(mark.dataset.findings.split(" ").map((n) => document.getElementById("finding-" + n)));
    else if (card) {
      const n = card.id.slice("finding-".length);
      choose(marks.filter((m) => m.dataset.findings.split(" ").includes(n)));
    } else if (figure) tell(links[Number(figure.dataset.link)]);
  };

  document.addEventListener("click", (event) => act(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") act(event.target);
  });
  rule.addEventListener("change", filter);
  boxes.forEach((box) => box.addEventListener("change", filter));
})();
