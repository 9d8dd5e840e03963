// Watches an open vault: warns before it shuts, and never throws away what was typed.
// Without script the vault simply shuts, and the form comes back with the question for a passphrase.

const WARN = 120;
const watch = document.querySelector("[data-watch]");
const stay = watch.querySelector("[data-watch-stay]");
const lasts = Number(watch.dataset.watch) * 1000;
// Tabs of one browser share the vault: what keeps it open in one keeps it open in all.
const tabs = new BroadcastChannel("vault");
let ends = Date.now() + lasts;
let isChanged = false;
let isShut = false;

tabs.addEventListener("message", begin);
tabs.postMessage("open");
document.addEventListener("input", (event) => { isChanged ||= Boolean(event.target.form); });
document.addEventListener("submit", () => { isChanged = false; });
// A device that slept wakes up late: the clock counts, not the ticks.
document.addEventListener("visibilitychange", look);
const ticking = setInterval(look, 5000);

stay.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopPropagation();
  const body = new URLSearchParams(new FormData(stay));
  const answer = await fetch(stay.action, { method: "POST", body }).catch(() => null);
  if (answer?.status !== 204) return shut();
  tabs.postMessage("open");
  begin();
});

function begin() {
  if (isShut) return;
  ends = Date.now() + lasts;
  show("");
}

function look() {
  const left = (ends - Date.now()) / 1000;
  if (isShut || left > WARN) return;
  if (left > 0) show("soon");
  else shut();
}

function shut() {
  isShut = true;
  clearInterval(ticking);
  if (isChanged) show("shut");
  else location.replace(location.pathname + location.search);
}

function show(which) {
  watch.hidden = which === "";
  for (const part of watch.querySelectorAll("[data-watch-soon]")) part.hidden = which !== "soon";
  for (const part of watch.querySelectorAll("[data-watch-shut]")) part.hidden = which !== "shut";
}
