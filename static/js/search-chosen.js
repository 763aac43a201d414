// Says once that something on this page of results was opened: not what, and not by whom.
// Editors see from it which questions are answered. Without this it is simply not known.

const results = document.querySelector("[data-chosen]");
let said = false;

function say(event) {
  const opened = event.type === "click" || event.button === 1;
  if (said || !opened || !event.target.closest(".hits a, .promoted a")) return;
  said = true;
  const { chosen, question, language } = results.dataset;
  navigator.sendBeacon(chosen, new URLSearchParams({ q: question, lang: language }));
}

for (const name of ["click", "auxclick"]) results?.addEventListener(name, say);
