// Refreshes a list while something in it is being read, and keeps what the editor chose
// in it. A "refresh" event does it at once. Without this a link or a reload does it.

const REFRESH_MS = 2000;

for (const list of document.querySelectorAll("[data-refresh-url]")) {
  let timer = 0;

  async function refresh() {
    clearTimeout(timer);
    const response = await fetch(list.dataset.refreshUrl, { credentials: "same-origin" }).catch(() => null);
    // A page that asks to sign in again is no list.
    if (response?.ok && !response.redirected) {
      const html = await response.text();
      const focused = list.contains(document.activeElement) ? document.activeElement.id : "";
      const chosen = [...list.querySelectorAll("input:checked[id]")].map((box) => box.id);
      const opened = [...list.querySelectorAll("details[open][id]")].map((part) => part.id);
      list.innerHTML = html;
      for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
      for (const id of chosen) {
        const box = document.getElementById(id);
        if (box) box.checked = true;
      }
      if (focused) document.getElementById(focused)?.focus();
      list.dispatchEvent(new CustomEvent("refreshed"));
    }
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (list.querySelector("[data-busy=true]")) timer = setTimeout(refresh, REFRESH_MS);
  }

  list.addEventListener("refresh", refresh);
  plan();
}
