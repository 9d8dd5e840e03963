// Two kindnesses to who plans; without this script every step is a page of its own.
// 1. Times are told by the visitor's own clock too, where it differs from the practice's.
// 2. A choice grows the page where it stands, and what was typed already stays.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const PRACTICE = "Europe/Amsterdam";
const isEnglish = document.documentElement.lang === "en";
const DAY = { weekday: "long", day: "numeric", month: "long" };
const HOUR = { hour: "2-digit", minute: "2-digit" };

const write = (moment, how, clock) =>
  new Intl.DateTimeFormat(isEnglish ? "en-GB" : "nl-NL", { ...how, timeZone: clock }).format(moment);

const differs = (moment, how) => write(moment, how, zone) !== write(moment, how, PRACTICE);

const there = (moment) => {
  const hour = write(moment, HOUR, zone).replace(":", isEnglish ? ":" : ".");
  return differs(moment, DAY) ? `${write(moment, DAY, zone)}, ${hour}` : hour;
};

const show = (place, moment, zoneSaid = "") => {
  place.textContent = place.dataset.said.replace("{when}", there(moment) + zoneSaid);
  place.hidden = false;
};

const tellByTheirClock = () => {
  const named = zone.replaceAll("_", " ");
  for (const field of document.querySelectorAll("[data-zone-field]")) field.value = zone;
  for (const whole of document.querySelectorAll("[data-there-whole]")) {
    const moment = new Date(whole.dataset.starts);
    if (differs(moment, { ...DAY, ...HOUR })) show(whole, moment, ` (${named})`);
  }
  for (const time of document.querySelectorAll("[data-times] time")) {
    const moment = new Date(time.dateTime);
    if (!differs(moment, { ...DAY, ...HOUR })) continue;
    show(time.parentElement.querySelector("[data-there]"), moment);
    const note = document.querySelector("[data-zone]");
    note.textContent = note.dataset.said.replace("{zone}", named);
    note.hidden = false;
  }
};

const carryOver = (from, to) => {
  for (const field of from?.querySelectorAll("input:not([type=hidden]), textarea") ?? []) {
    const same = [...(to?.querySelectorAll(`[name="${field.name}"]`) ?? [])];
    if (field.type === "radio" || field.type === "checkbox")
      for (const one of same) one.checked = one.value === field.value ? field.checked : one.checked;
    else if (same.length) same[0].value = field.value;
  }
};

const grow = async (address) => {
  const answer = await fetch(address);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [old, fresh] = [document, next].map((page) => page.querySelector("main"));
  if (answer.redirected || !fresh) throw new Error("another page");
  carryOver(old.querySelector("#who"), fresh.querySelector("#who"));
  old.replaceWith(fresh);
  for (const way of document.querySelectorAll("a[hreflang]"))
    way.href = next.querySelector("a[hreflang]")?.href ?? way.href;
  document.title = next.title;
  history.pushState(null, "", address);
  tellByTheirClock();
  const heading = document.getElementById(new URL(address).hash.slice(1));
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
  heading?.parentElement.scrollIntoView({ block: heading.getBoundingClientRect().top < 0 ? "start" : "nearest" });
};

const CHOICES = "main a:is(.mode, .goal, .day, .time, .month__step), main .towns ul a";
document.addEventListener("click", (event) => {
  const choice = event.target.closest(CHOICES);
  if (!choice || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  grow(choice.href).catch(() => location.assign(choice.href));
});
addEventListener("popstate", () => location.reload());

if (zone) tellByTheirClock();
