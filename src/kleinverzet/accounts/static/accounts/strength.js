// Says how strong a passphrase is while it is typed. It is judged here and goes nowhere;
// the server judges once more, by its own list (accounts/passphrase.py).

const SHORTEST = 10;

for (const hint of document.querySelectorAll("[data-strength]")) {
  const field = document.getElementById(hint.dataset.strength);
  const words = hint.dataset;
  const say = () => {
    const level = judge(field.value);
    hint.hidden = field.value === "";
    hint.dataset.level = level;
    hint.textContent = words[level];
  };
  field.addEventListener("input", say);
  say();
}

function judge(text) {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const letters = new Set(plain).size;
  const parts = new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
  if (text.length < SHORTEST) return "short";
  if (letters < 5) return "plain";
  return parts.size >= 4 || (plain.length >= 20 && letters >= 9) ? "strong" : "fair";
}
