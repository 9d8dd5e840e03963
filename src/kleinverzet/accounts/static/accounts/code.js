// Prints or copies a recovery code. Without script people write it down, or print by their browser.

for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const copy = event.target.closest("[data-copy]");
  if (!copy) return;
  const groups = [...document.querySelectorAll(copy.dataset.copy)].map((group) => group.textContent);
  await navigator.clipboard.writeText(groups.join(" "));
  copy.textContent = copy.dataset.done;
});
