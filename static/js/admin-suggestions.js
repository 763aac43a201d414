// Puts a suggestion into the field beside it. Without this a link leads to a page
// that does the same.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fills]");
  const field = button && document.getElementById(button.dataset.fills);
  if (!field) return;
  field.value = button.dataset.value;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  field.focus();
});

function show() {
  for (const button of document.querySelectorAll("[data-fills]")) button.hidden = false;
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
else show();
