// “What would this change?”: sends the form as it is now and shows the comparison in the
// panel. Without this the same button opens the comparison in a window of its own.

async function compare(button) {
  const answer = button.closest("[data-try]").querySelector("[data-try-answer]");
  button.disabled = true;
  answer.setAttribute("aria-busy", "true");
  const response = await fetch(button.formAction, {
    method: "POST",
    body: new FormData(button.form),
    headers: { "X-Requested-With": "XMLHttpRequest" },
  }).catch(() => null);
  // A page that asks to sign in again is no comparison.
  if (response?.ok && !response.redirected) answer.innerHTML = await response.text();
  else answer.textContent = button.dataset.failed;
  answer.removeAttribute("aria-busy");
  button.disabled = false;
  answer.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-try-button]");
  if (!button) return;
  event.preventDefault();
  compare(button);
});

// Enter in the field asks for the comparison; otherwise it would save the form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "try-question") return;
  event.preventDefault();
  compare(event.target.closest("[data-try]").querySelector("[data-try-button]"));
});
