// Helps who corrects a transcript: hear a row, and split it where the cursor stands.
// Without this every button still works; a row then splits at the sentence nearest its middle.

const audio = document.querySelector("[data-transcript-audio]");
const form = document.querySelector("[data-transcript]");

function seconds(text) {
  const parts = text.trim().replace(",", ".").split(":").map(Number);
  return parts.some(Number.isNaN) ? null : parts.reduce((sum, part) => sum * 60 + part, 0);
}

function hear(row) {
  const start = seconds(row.querySelector("[data-start]").value);
  if (audio && start !== null) {
    audio.currentTime = start;
    audio.play();
  }
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = button?.closest("[data-row]");
  if (!row) return;
  if (button.matches("[data-hear]")) hear(row);
  if (button.matches("[data-split]")) {
    form.querySelector("[data-at]").value = row.querySelector("textarea").selectionEnd || "";
  }
});

for (const button of document.querySelectorAll("[data-hear]")) button.hidden = !audio;

// Ctrl and the space bar play and pause while typing.
form?.addEventListener("keydown", (event) => {
  if (!audio || !event.ctrlKey || event.code !== "Space") return;
  event.preventDefault();
  if (audio.paused) audio.play();
  else audio.pause();
});
