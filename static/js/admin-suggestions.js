// Puts suggestions into the form beside them: one by one, or all that fit an empty field.
// What the editor typed is never replaced by "all". Without this a link leads to a page
// that does the same.

const field = (name) => document.getElementById(`id_${name}`);
const count = (prefix) => Number(field(`${prefix}-TOTAL_FORMS`)?.value ?? 0);
const shown = (prefix, number) => field(`${prefix}-${number}-DELETE`)?.value !== "1";

function rows(prefix, name) {
  return [...Array(count(prefix)).keys()]
    .filter((number) => shown(prefix, number))
    .map((number) => field(`${prefix}-${number}-${name}`)?.value)
    .filter(Boolean);
}

function put(input, value) {
  input.value = value;
  for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
}

function addRow(prefix) {
  const panel = new window.InlinePanel(
    { formsetPrefix: `id_${prefix}`, emptyChildFormPrefix: `${prefix}-__prefix__`, canOrder: true },
    false,
  );
  panel.addForm();
  return `${prefix}-${count(prefix) - 1}`;
}

function addAuthors(button) {
  const known = rows("authors", "family_name");
  for (const { family, given } of JSON.parse(button.dataset.values)) {
    if (known.includes(family)) continue;
    const row = addRow("authors");
    put(field(`${row}-family_name`), family);
    put(field(`${row}-given_names`), given);
  }
}

function addTheme(button) {
  const theme = JSON.parse(button.dataset.values);
  if (rows("page_themes", "theme").includes(theme.id)) return;
  const packed = document.getElementById("id_page_themes-CHOOSER_WIDGET").textContent;
  const widget = window.telepath.unpack(JSON.parse(packed));
  widget.getById(`id_${addRow("page_themes")}-theme`).setStateFromModalData(theme);
}

function addSubtitle(button) {
  const title = field("title");
  const value = button.dataset.value;
  if (!title.value.toLowerCase().includes(value.toLowerCase())) put(title, `${title.value}: ${value}`);
}

const SPECIAL = { authors: addAuthors, theme: addTheme, subtitle: addSubtitle };

function isEmpty(name) {
  if (name === "authors") return !rows("authors", "family_name").length;
  if (name === "theme") return true;
  const input = field(name);
  if (!input) return false;
  // Every study has a kind; the one it is made with is nobody's choice.
  if (name === "study_kind") return input.value === "report" && !input.dataset.chosen;
  return !input.value.trim();
}

function fill(button) {
  const name = button.dataset.fills;
  if (SPECIAL[name]) SPECIAL[name](button);
  else put(field(name), button.dataset.value);
}

function say(panel, taken, left) {
  const parts = [];
  if (taken.length) parts.push(`${panel.dataset.taken} ${taken.join(", ")}.`);
  if (left.length) parts.push(`${panel.dataset.left} ${left.join(", ")}.`);
  panel.querySelector("[data-suggestions-status]").textContent = parts.join(" ");
}

function fillAll(panel) {
  const best = [...panel.querySelectorAll("[data-best]")];
  const [taken, left] = [[], []];
  for (const button of best) {
    const empty = isEmpty(button.dataset.fills);
    (empty ? taken : left).push(button.dataset.label);
    if (empty) fill(button);
  }
  const once = (labels) => [...new Set(labels)];
  say(panel, once(taken), once(left));
}

document.addEventListener("click", (event) => {
  const panel = event.target.closest("[data-suggestions]");
  if (!panel) return;
  const button = event.target.closest("[data-fills]");
  if (button) {
    fill(button);
    say(panel, [button.dataset.label], []);
  } else if (event.target.closest("[data-fill-all]")) fillAll(panel);
  else return;
  // New rows of authors or themes take the focus: back to where the editor was.
  event.target.closest("button").focus();
});

function show() {
  for (const button of document.querySelectorAll("[data-fills], [data-fill-all]")) button.hidden = false;
  field("study_kind")?.addEventListener("change", (event) => { event.target.dataset.chosen = "yes"; });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
else show();
