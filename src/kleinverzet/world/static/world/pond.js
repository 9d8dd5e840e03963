// A stone falls step by step. The server computes the pond; here it is only fetched and played.
// Without this script the steps are pressed one by one, and the form opens the page anew.
const MOMENT = 1200;
const COUNT = 450;
const still = matchMedia("(prefers-reduced-motion: reduce)");
let playing = 0;
let asked = 0;

const steps = () => [...document.querySelectorAll('#pond [name="step"]')];

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

function count(from, to, place) {
  if (still.matches || from === to) return;
  const began = performance.now();
  const tick = (now) => {
    const part = Math.min(1, Math.max(0, (now - began) / COUNT));
    place.textContent = Math.round(from + (to - from) * part);
    if (part < 1) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

function show(step) {
  const places = document.querySelectorAll("#pond [data-count]");
  const before = steps().findIndex((one) => one.checked);
  steps()[step].checked = true;
  const [from, to] = [before, step].map((at) => Number(steps()[at].nextElementSibling.textContent));
  count(from, to, places[step]);
}

async function play() {
  const turn = ++playing;
  // What would happen together, no stone leads to: that step is for pressing.
  const last = steps().filter((step) => !("beyond" in step.dataset)).length - 1;
  if (still.matches) return show(last);
  steps()[0].checked = true;
  for (let step = 1; step <= last; step += 1) {
    await pause(MOMENT);
    if (turn !== playing) return;
    show(step);
  }
}

async function fetchPond(query) {
  const turn = ++asked;
  const address = `${document.querySelector("[data-knobs]").getAttribute("action")}?${query}`;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("no pond");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== asked) return null;
  return { address, page };
}

function put({ page }, { drops }) {
  const parts = document.querySelectorAll(drops ? "[data-part]" : '[data-part=""]');
  for (const part of parts) {
    const fresh = page.getElementById(part.id);
    if (part.getAttribute("role") === "status") {
      part.textContent = fresh.textContent;
      continue;
    }
    const focused = part.contains(document.activeElement) && document.activeElement;
    part.replaceWith(fresh);
    if (focused) again(fresh, focused)?.focus({ preventScroll: true });
  }
  for (const way of document.querySelectorAll("a[hreflang]"))
    way.href = page.querySelector("a[hreflang]")?.href ?? way.href;
}

const again = (part, { id, name }) =>
  (id && part.querySelector(`#${id}`)) ||
  (name && part.querySelector(`[name="${name}"]:checked`)) ||
  part.querySelector("button");

async function drop(query) {
  const found = await fetchPond(query);
  if (!found) return;
  put(found, { drops: true });
  history.replaceState(null, "", found.address);
  await play();
}

// From the knobs up to the pond, also for whoever reads with a keyboard or by ear.
function rise() {
  const pond = document.getElementById("pond");
  pond.scrollIntoView({ behavior: still.matches ? "auto" : "smooth", block: "start" });
  document.getElementById("pond-title").focus({ preventScroll: true });
}

// On a phone the water lies above the steps and the stone: show what they do to it.
function reveal() {
  const water = document.querySelector("[data-water]");
  if (water.getBoundingClientRect().top >= 0) return;
  water.scrollIntoView({ behavior: still.matches ? "auto" : "smooth", block: "start" });
}

const asks = (form) => new URLSearchParams(new FormData(form));

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-knobs]")) return;
  event.preventDefault();
  if (event.submitter?.closest("#pond")) {
    reveal();
    return void play();
  }
  rise();
  drop(asks(form)).catch(() => form.submit());
});

document.addEventListener("change", (event) => {
  if (event.target.name === "step") {
    playing += 1;
    reveal();
  }
  const form = event.target.closest("[data-knobs]");
  if (!form?.checkValidity()) return;
  fetchPond(asks(form))
    .then((found) => found && put(found, { drops: false }))
    .catch(() => {});
});

document.addEventListener("click", (event) => {
  const water = event.target.closest("[data-water]");
  const who = water && nearest(water, event);
  if (!who) return;
  const query = asks(document.querySelector("[data-knobs]"));
  query.set("who", who);
  drop(query).catch(() => {});
});

// A thumb is wider than a person in the pond: whoever is nearest to it begins.
function nearest(water, { clientX, clientY }) {
  const distance = (person) => {
    const box = person.getBoundingClientRect();
    return Math.hypot(box.x + box.width / 2 - clientX, box.y + box.height / 2 - clientY);
  };
  const people = [...water.querySelectorAll("[data-who]")];
  const found = people.sort((one, other) => distance(one) - distance(other))[0];
  return found && distance(found) < 44 ? found.dataset.who : null;
}
