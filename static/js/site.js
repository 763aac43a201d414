// Niceties only: every page reads, searches and navigates without this file.

/** Open the details that hold the target of the address, for browsers that do not do so themselves. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target?.closest("details");
  if (fold && !fold.open) {
    fold.open = true;
    target.scrollIntoView();
  }
}

/** Let Escape and a click elsewhere close the menu; Escape gives the focus back to its button. */
function closeMenuOnLeave(menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

/** Let Escape close the drawer of filters, where it is one. */
function closeDrawerOnEscape(drawer) {
  drawer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || getComputedStyle(drawer).position !== "fixed") return;
    drawer.open = false;
    drawer.querySelector("summary").focus();
  });
}

/** Say on the button how many results the filters chosen so far would give. */
function countOnChange(form) {
  const button = form.querySelector(".facets__show button");
  let latest = 0;
  form.addEventListener("change", async () => {
    const turn = ++latest;
    try {
      const answer = await fetch(`${form.dataset.total}?${new URLSearchParams(new FormData(form))}`);
      const { total } = await answer.json();
      if (turn !== latest || !Number.isInteger(total)) return;
      const { one, many } = form.dataset;
      button.textContent = total === 1 ? one : many.replace("{count}", total);
    } catch {
      // The button still does what it says.
    }
  });
}

/** Copy the address a button names, and say so on the button for two seconds. */
function copyOnClick(button) {
  button.addEventListener("click", async () => {
    const label = button.textContent;
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

/** Copy the text that a button points at, with its italics where the program that pastes knows them. */
function copyTextOnClick(button) {
  const source = document.getElementById(button.dataset.copyFrom);
  const label = [...button.childNodes];
  button.addEventListener("click", async () => {
    const forms = { "text/plain": source.textContent, "text/html": source.innerHTML };
    const parts = Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })]);
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
    } catch {
      await navigator.clipboard.writeText(source.textContent);
    }
    button.replaceChildren(button.dataset.done);
    setTimeout(() => button.replaceChildren(...label), 2000);
  });
}

/** Open or close every question on the page with one button. */
function foldAllOnClick(button) {
  const label = button.textContent;
  const folds = document.querySelectorAll("details.question");
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    folds.forEach((fold) => (fold.open = open));
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? button.dataset.close : label;
  });
}

openTarget();
addEventListener("hashchange", openTarget);
document.querySelectorAll("details.menu").forEach(closeMenuOnLeave);
document.querySelectorAll("details.facets").forEach(closeDrawerOnEscape);
document.querySelectorAll("form[data-total]").forEach(countOnChange);
document.querySelectorAll("[data-fold-all]").forEach(foldAllOnClick);
if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach(copyOnClick);
  document.querySelectorAll("[data-copy-from]").forEach(copyTextOnClick);
}
// Buttons that need this file are hidden until it runs.
document.querySelectorAll("[data-script]").forEach((element) => {
  const copies = element.dataset.copy || element.dataset.copyFrom;
  element.hidden = Boolean(copies && !navigator.clipboard);
});
