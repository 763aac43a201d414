// Suggestions under the search boxes: the ARIA 1.2 combobox with a list, over /api/v1/suggest.
// Without this file, or when an answer fails, the box is the plain form that it is.

const WAIT = 120; // ms after the last key
const SHORTEST = 2;
const KEPT = new Map();
let boxes = 0;

/** Make an element with attributes and text. */
function make(tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** Put pieces in an element; every second one is what was typed. */
function addPieces(element, pieces) {
  pieces.forEach((piece, place) => {
    if (piece) element.append(place % 2 ? make("mark", {}, piece) : piece);
  });
}

/** Fetch suggestions, or take those of a moment ago. Gives null when there are none to be had. */
async function ask(address, typed, signal) {
  const key = `${address} ${typed}`;
  if (!KEPT.has(key)) {
    const url = new URL(address, location.href);
    url.searchParams.set("q", typed);
    const answer = await fetch(url, { signal, credentials: "same-origin" });
    if (!answer.ok) return null;
    KEPT.set(key, await answer.json());
  }
  return KEPT.get(key);
}

class Typeahead {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.id = `suggest-${++boxes}`;
    this.options = [];
    this.active = -1;
    this.list = make("div", { class: "suggest", role: "listbox", id: this.id, hidden: "" });
    this.list.setAttribute("aria-label", form.dataset.label);
    this.status = make("div", { class: "visually-hidden", role: "status" });
    form.append(this.list, this.status);
    this.dress();
    this.listen();
  }

  /** Make the box a combobox. A search field has a clear button and keys of its own. */
  dress() {
    this.input.type = "text";
    this.input.inputMode = "search";
    const attributes = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
      autocapitalize: "off",
      spellcheck: "false",
    };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("input", (event) => event.isComposing || this.later());
    this.input.addEventListener("compositionend", () => this.later());
    this.input.addEventListener("keydown", (event) => event.isComposing || this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // Keeps the focus in the box, so that a press on an option does not close the list first.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  /** Ask once the typing pauses; what was asked before does not matter any more. */
  later() {
    this.forget();
    if (this.input.value.trim().length < SHORTEST) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.look(), WAIT);
  }

  forget() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  async look() {
    this.request = new AbortController();
    try {
      const typed = this.input.value;
      const answer = await ask(this.form.dataset.suggest, typed, this.request.signal);
      if (typed === this.input.value && document.activeElement === this.input) this.show(answer);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // no network: the form still works
    }
  }

  show(answer) {
    this.close();
    if (!answer) return;
    this.status.textContent = answer.message;
    if (!answer.count) return;
    this.list.replaceChildren(...answer.groups.map((group, place) => this.group(group, place)));
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((option, place) => (option.id = `${this.id}-${place}`));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  group(group, place) {
    const label = `${this.id}-g${place}`;
    const element = make("div", { role: "group", "aria-labelledby": label, class: "suggest__group" });
    element.append(make("div", { id: label, class: "suggest__kind", role: "presentation" }, group.label));
    for (const item of group.items) element.append(this.option(item));
    return element;
  }

  option(item) {
    const option = make("div", { role: "option", "aria-selected": "false", class: "suggest__option" });
    option.dataset.url = item.url;
    if (item.language !== document.documentElement.lang) option.lang = item.language;
    const text = make("span");
    addPieces(text, item.pieces);
    option.append(text);
    if (item.note.length) {
      const note = make("span", { class: "suggest__note" });
      addPieces(note, item.note);
      option.append(" ", note);
    }
    return option;
  }

  close() {
    this.forget();
    this.list.hidden = true;
    this.options = [];
    this.mark(-1);
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  }

  /** Make one option the active one; -1 is the box itself. */
  mark(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) {
    const url = option.dataset.url;
    this.close();
    location.assign(url);
  }

  key(event) {
    const act = this.action(event);
    if (act) {
      event.preventDefault();
      act();
    }
  }

  /** Return what a key does; nothing when it is left to the browser. */
  action({ key, ctrlKey, metaKey, shiftKey }) {
    const count = this.options.length;
    const last = count - 1;
    if (ctrlKey || metaKey || shiftKey) return null;
    if (!count) {
      if (key === "ArrowDown" && this.input.value.trim().length >= SHORTEST) return () => this.look();
      return null;
    }
    const chosen = this.active >= 0;
    return {
      ArrowDown: () => this.mark(this.active === last ? -1 : this.active + 1),
      ArrowUp: () => this.mark(chosen ? this.active - 1 : last),
      Home: chosen && (() => this.mark(0)),
      End: chosen && (() => this.mark(last)),
      Enter: chosen && (() => this.choose(this.options[this.active])),
      Escape: () => this.close(),
    }[key];
  }
}

document.querySelectorAll("form[data-suggest]").forEach((form) => new Typeahead(form));
