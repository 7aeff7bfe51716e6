// What is pressed before htmx has read the page waits for it: the browser alone would open the form's own address.
"use strict";

{
  const SENT = "[hx-get], [hx-post], [hx-put], [hx-delete]";
  const held = [];
  const hold = (event, element, again) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(() => element.isConnected && again());
  };
  const submitted = (event) => {
    const form = event.target;
    if (form.matches(SENT)) hold(event, form, () => form.requestSubmit(event.submitter));
  };
  const clicked = (event) => {
    const button = event.target.closest("button, a");
    if (button?.matches(SENT)) hold(event, button, () => button.click());
  };
  document.addEventListener("submit", submitted, true);
  document.addEventListener("click", clicked, true);
  document.addEventListener("htmx:load", () => {
    document.removeEventListener("submit", submitted, true);
    document.removeEventListener("click", clicked, true);
    for (const again of held) again();
  }, { once: true });
}
