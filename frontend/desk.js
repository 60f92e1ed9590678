// The desk works without this file. It filters lists in place, lights up a claim's words while its
// entry has the pointer or the focus, follows work as it goes on, takes files that are dropped, and
// brings words that were marked into the form for a claim, and takes one key for a verdict on a pair.
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

// Work on the case, told by the server in pieces of a page.

function follow(place) {
  const told = new EventSource(place.dataset.events);
  told.onmessage = (event) => { place.innerHTML = event.data; };
  told.addEventListener("done", () => {
    told.close();
    htmx.ajax("GET", location.pathname + location.search, { target: "#main", select: "#main", swap: "outerHTML" });
  });
}

for (const place of document.querySelectorAll("[data-events]")) follow(place);

// Files dropped on a page that has the form for them.

function carriesFiles(event) {
  return document.getElementById("upload") && event.dataTransfer?.types.includes("Files");
}

document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.remove("dropping");
  document.getElementById("files").files = event.dataTransfer.files;
  document.getElementById("upload").requestSubmit();
});

// Words marked in a document, for a correction that is open or for a claim to add.

const text = document.getElementById("text");
const take = Object.assign(document.createElement("button"), { className: "take", type: "button" });
let marked = null;

function mark() {
  const selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  const words = range && text.contains(range.commonAncestorContainer) ? selection.toString().trim() : "";
  if (!words) return void take.remove();
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  marked = { words, near: Array.from(before.toString()).length };
  take.textContent = open() ? "Use these words for the open correction" : "Add a claim with these words";
  document.body.append(take);
}

function open() {
  return document.querySelector(".change[open] form.correct");
}

function bring() {
  const add = document.getElementById("add");
  const form = open() ?? add.querySelector("form");
  if (!open()) add.open = true;
  form.elements.words.value = marked.words;
  form.elements.near.value = marked.near;
  take.remove();
  form.elements.words.focus();
}

if (text && document.getElementById("add")) {
  document.addEventListener("selectionchange", mark);
  take.addEventListener("click", bring);
}

// One key a verdict, where a pair of entities waits for one; what is typed into a field is left alone.

const verdict = document.getElementById("verdict");

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  verdict.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
}

if (verdict) document.addEventListener("keydown", press);
