// The worklist: one box that chooses all rows of the page.

const list = document.querySelector("[data-refresh-url]");

function boxes() {
  return [...list.querySelectorAll("input[name=entries]")];
}

function show() {
  const all = list.querySelector("[data-choose-all]");
  if (!all) return;
  const chosen = boxes().filter((box) => box.checked).length;
  all.hidden = false;
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

list.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-all]")) {
    for (const box of boxes()) box.checked = event.target.checked;
  }
  show();
});
list.addEventListener("refreshed", show);
show();
