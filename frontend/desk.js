// The desk works without this file. It filters lists in place, and lights up a claim's words
// while its entry in the list has the pointer or the focus.
import htmx from "htmx.org";

// Nothing is evaluated, no style is injected, and no page that was looked at is kept in storage.
Object.assign(htmx.config, { allowEval: false, includeIndicatorStyles: false, historyCacheSize: 0 });

function light(event) {
  const entry = event.target.closest?.("[data-claim]");
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!entry) return;
  const id = CSS.escape(entry.dataset.claim);
  for (const words of document.querySelectorAll(`[data-claims~="${id}"]`)) words.classList.add("lit");
}

for (const moment of ["pointerover", "focusin"]) document.addEventListener(moment, light);
