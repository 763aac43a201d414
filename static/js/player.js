// Listening: buttons, keys, chapters and words around a plain audio element. Without this file
// that element keeps its own controls, and chapters and words are links.

const STEPS = { back: -15, forward: 30 };
const KEYS = { j: -15, l: 30, ArrowLeft: -5, ArrowRight: 5 };
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Read "#t=754", "#t=12:34" or "#t=754,800" (W3C media fragments) as [start, end] in seconds. */
function moment(hash) {
  const found = /^#t=([\d:.]+)(?:,([\d:.]+))?$/.exec(decodeURIComponent(hash));
  if (!found) return null;
  const read = (text) => text?.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  const [start, end] = [read(found[1]), read(found[2])];
  return Number.isFinite(start) ? [start, end] : null;
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function inWords(seconds) {
  const whole = Math.floor(seconds);
  const parts = [["hour", Math.floor(whole / 3600)], ["minute", Math.floor(whole / 60) % 60], ["second", whole % 60]];
  const said = parts.filter(([unit, count]) => count || (unit === "second" && whole === 0));
  const language = document.documentElement.lang;
  return said.map(([unit, count]) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count)).join(" ");
}

/** What this browser remembers, and nobody else: a place for each episode, and the speed. */
const memory = {
  get(name) {
    try { return Number(localStorage.getItem(name)) || 0; } catch { return 0; }
  },
  set(name, value) {
    try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* private windows */ }
  },
};

function startPlayer(player) {
  const find = (what) => player.querySelector(`[data-${what}]`);
  const [audio, slider, toggle, speed, status] = [player.querySelector("audio"), find("slider"), find("toggle"), find("speed"), find("status")];
  const words = player.dataset;
  const place = `place:${words.key}`;
  const chapters = [...document.querySelectorAll("[data-chapter]")];
  const listeners = [];
  let waiting = null; // where to begin once the file is known
  let until = null; // where an address with an end wants to stop
  let scrubbing = false;

  const length = () => Number(words.seconds) || audio.duration || 0;
  const now = () => waiting ?? audio.currentTime;

  function seek(seconds) {
    const aim = Math.min(Math.max(seconds, 0), Math.max(length() - 0.5, 0));
    audio.currentTime = aim;
    // The file can be known before its event is heard; what was waited for is then past.
    waiting = audio.readyState ? null : aim;
    show();
  }

  function show(at = now()) {
    if (!scrubbing) slider.value = at;
    slider.setAttribute("aria-valuetext", words.of.replace("{place}", inWords(at)).replace("{length}", inWords(length())));
    find("now").textContent = clock(at);
    const current = chapters.findLast((link) => Number(link.dataset.chapter) <= at);
    for (const link of chapters) link.toggleAttribute("aria-current", link === current);
    current?.setAttribute("aria-current", "true");
    listeners.forEach((listen) => listen(at));
  }

  const playOrPause = () => (audio.paused ? audio.play().catch(() => {}) : audio.pause());
  const remember = () => memory.set(place, now() > 5 && now() < length() - 10 ? Math.floor(now()) : 0);

  /** Go where an address points; true when it points anywhere. */
  function go(hash) {
    const asked = moment(hash);
    if (!asked) return false;
    [, until] = asked;
    seek(asked[0]);
    return true;
  }

  for (const [name, step] of Object.entries(STEPS)) find(name).addEventListener("click", () => seek(now() + step));
  toggle.addEventListener("click", playOrPause);
  slider.addEventListener("input", () => { scrubbing = true; show(Number(slider.value)); });
  slider.addEventListener("change", () => { scrubbing = false; until = null; seek(Number(slider.value)); });
  speed.addEventListener("change", () => { audio.playbackRate = Number(speed.value); memory.set("speed", speed.value); });

  // Letters work only while the player has the focus; fields and buttons keep their own keys.
  player.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target === speed) return;
    const free = !event.target.closest("button, a");
    if (event.key === "k" || (event.key === " " && free)) playOrPause();
    else if (event.key in KEYS) { until = null; seek(now() + KEYS[event.key]); }
    else return;
    event.preventDefault();
  });

  audio.addEventListener("loadedmetadata", () => {
    if (waiting !== null && Math.abs(audio.currentTime - waiting) > 1) audio.currentTime = waiting;
    waiting = null;
    show();
  });
  audio.addEventListener("timeupdate", () => {
    if (until && audio.currentTime >= until) { audio.pause(); until = null; }
    if (!scrubbing) show();
  });
  for (const event of ["play", "pause"]) {
    audio.addEventListener(event, () => {
      const playing = !audio.paused;
      player.toggleAttribute("data-playing", playing);
      toggle.querySelector("span").textContent = playing ? words.pause : words.play;
      status.textContent = "";
      remember();
    });
  }
  audio.addEventListener("waiting", () => (status.textContent = words.loading));
  audio.addEventListener("playing", () => (status.textContent = ""));
  audio.addEventListener("ended", () => memory.set(place, 0));
  audio.addEventListener("error", () => (status.textContent = words.broken));
  addEventListener("pagehide", remember);
  setInterval(() => audio.paused || remember(), 5000);

  // Links to a moment in this episode play from there; opened elsewhere they are plain addresses.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#t=']");
    if (!link || link.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!go(link.hash)) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    audio.play().catch(() => {});
  });
  addEventListener("hashchange", () => go(location.hash));

  /** Let the device show and steer what plays; its picture is fetched only then. */
  function tellDevice() {
    const artwork = words.artwork ? [{ src: words.artwork, sizes: "512x512", type: "image/jpeg" }] : [];
    navigator.mediaSession.metadata = new MediaMetadata({ title: words.title, artist: words.series, artwork });
    const at = { seekbackward: STEPS.back, seekforward: STEPS.forward };
    for (const [action, step] of Object.entries(at)) navigator.mediaSession.setActionHandler(action, () => seek(now() + step));
    navigator.mediaSession.setActionHandler("seekto", (details) => seek(details.seekTime));
  }
  if ("mediaSession" in navigator) audio.addEventListener("play", tellDevice, { once: true });

  speed.value = String(memory.get("speed") || 1);
  if (!speed.value) speed.value = "1";
  audio.playbackRate = audio.defaultPlaybackRate = Number(speed.value);
  audio.controls = false;
  audio.hidden = true;
  find("controls").hidden = false;
  const kept = memory.get(place);
  const asked = go(location.hash);
  if (!asked && Number(words.start)) seek(Number(words.start));
  else if (!asked && kept) {
    seek(kept);
    status.textContent = words.resumed.replace("{place}", clock(kept));
  }
  show();
  return { element: player, now, listen: (listener) => listeners.push(listener) };
}

/** Compare without capitals and accents; the length stays the same, so places do too. */
const plain = (text) => text.toLowerCase().replace(/[\u00c0-\u024f]/g, (sign) => sign.normalize("NFD")[0]);

function startTranscript(fold, player) {
  const [box, link, tools, found] = ["words", "whole", "tools", "found"].map((name) => fold.querySelector(`[data-${name}]`));
  const [query, follow] = [tools.querySelector("[type=search]"), tools.querySelector("[type=checkbox]")];
  let cues = [];
  let marks = [];
  let current = null;
  let loading = null;

  function bringIntoView(element, calmly = calm.matches) {
    const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    box.scrollTo({ top: top - box.clientHeight / 3, behavior: calmly ? "auto" : "smooth" });
  }

  function point(at) {
    const cue = cues.findLast((one) => one.start <= at + 0.2);
    if (!cue || cue === current) return;
    current?.element.removeAttribute("aria-current");
    cue.element.setAttribute("aria-current", "true");
    current = cue;
    if (follow.checked) bringIntoView(cue.element);
  }

  /** Fetch the page of the transcript once, and take its words out. */
  async function load() {
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      box.replaceChildren(...page.querySelector("[data-cues]").children);
    } catch {
      found.textContent = fold.dataset.failed;
      loading = null;
      return;
    }
    cues = [...box.querySelectorAll("[data-start]")].map((element) => ({
      element, start: Number(element.dataset.start) / 1000, words: element.querySelector("[data-said]"),
    }));
    for (const cue of cues) cue.text = cue.words.textContent;
    tools.hidden = box.hidden = false;
    point(player.now());
  }

  /** Mark what was searched for, and say how often it was said. */
  function search() {
    const asked = plain(query.value.trim());
    marks = [];
    for (const { words, text } of cues) {
      const pieces = [];
      let from = 0;
      for (let at; asked && (at = plain(text).indexOf(asked, from)) >= 0; from = at + asked.length) {
        const mark = document.createElement("mark");
        mark.textContent = text.slice(at, at + asked.length);
        pieces.push(text.slice(from, at), mark);
        marks.push(mark);
      }
      words.replaceChildren(...pieces, text.slice(from));
    }
    const { none, one, many } = fold.dataset;
    found.textContent = !asked ? "" : marks.length > 1 ? many.replace("{count}", marks.length) : marks.length ? one : none;
    if (marks.length) bringIntoView(marks[0]);
  }

  function next() {
    if (!marks.length) return;
    follow.checked = false;
    const place = marks.findIndex((mark) => mark.matches(".is-here"));
    marks[place]?.classList.remove("is-here");
    const mark = marks[(place + 1) % marks.length];
    mark.classList.add("is-here");
    bringIntoView(mark);
  }

  const open = () => fold.open && (loading ??= load());
  fold.addEventListener("toggle", open);
  player.listen(point);
  query.addEventListener("input", search);
  tools.addEventListener("submit", (event) => { event.preventDefault(); next(); });
  for (const event of ["wheel", "touchmove"]) box.addEventListener(event, () => (follow.checked = false), { passive: true });
  /** Who comes for a passage sees it: the words open there, below the player. */
  async function showAsked() {
    if (!moment(location.hash)) return;
    fold.open = true;
    await open();
    if (current) bringIntoView(current.element, true);
    player.element.scrollIntoView();
  }
  addEventListener("hashchange", showAsked);
  showAsked();
  open();
}

const element = document.querySelector("[data-player]");
const player = element && startPlayer(element);
const fold = player && document.querySelector("[data-transcript]");
if (fold) startTranscript(fold, player);
