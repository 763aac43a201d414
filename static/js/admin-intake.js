// The desk for files: sends each file by itself with its progress, and asks for a fresh
// list after each. Without this the form and a link do it.

const form = document.querySelector("[data-intake-form]");
const answers = document.querySelector("[data-intake-answers]");
const rows = document.querySelector("[data-refresh-url]");
const input = form.querySelector("input[type=file]");

function addAnswer(name) {
  const item = document.createElement("li");
  const text = document.createElement("span");
  const bar = document.createElement("progress");
  text.textContent = `${name}: ${form.dataset.sending} `;
  bar.max = 1;
  bar.value = 0;
  item.append(text, bar);
  answers.hidden = false;
  answers.append(item);
  return { item, bar };
}

function showAnswer(item, name, answer) {
  item.dataset.status = answer.status;
  item.textContent = `${name}: ${answer.sentence} `;
  if (!answer.url) return;
  const link = document.createElement("a");
  link.href = answer.url;
  link.textContent = form.dataset.open;
  item.append(link);
}

function send(file, onProgress) {
  return new Promise((resolve) => {
    const failed = { status: "failed", sentence: form.dataset.failed };
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append(input.name, file, file.name);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded / (event.total || 1));
    request.onload = () => {
      const { files, error } = request.response ?? {};
      resolve(files?.[0] ?? (error ? { status: "failed", sentence: error } : failed));
    };
    request.onerror = request.onabort = () => resolve(failed);
    request.send(data);
  });
}

let line = Promise.resolve();

function add(files) {
  for (const file of files) {
    const { item, bar } = addAnswer(file.name);
    // One after another: a slow connection finishes the first file first.
    line = line.then(async () => {
      const answer = await send(file, (part) => { bar.value = part; });
      showAnswer(item, file.name, answer);
      rows.dispatchEvent(new CustomEvent("refresh"));
    });
  }
}

form.addEventListener("submit", (event) => {
  if (!input.files.length) return;
  event.preventDefault();
  add([...input.files]);
  form.reset();
});

for (const name of ["dragover", "drop"]) {
  // A file that misses the zone must not replace the page.
  document.addEventListener(name, (event) => event.preventDefault());
}
form.addEventListener("dragover", () => form.classList.add("hovered"));
for (const name of ["dragleave", "dragend", "drop"]) {
  form.addEventListener(name, () => form.classList.remove("hovered"));
}
form.addEventListener("drop", (event) => add([...event.dataTransfer.files]));
