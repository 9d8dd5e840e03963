// Shows a passphrase while its owner wants to see it. Without script the field simply stays hidden.

for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  const words = { show: button.textContent, hide: button.dataset.hide };
  const set = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? words.hide : words.show;
  };
  button.hidden = false;
  button.addEventListener("click", () => set(field.type === "password"));
  // A browser offers to keep a passphrase, and hides it in its own list, only from a hidden field.
  field.form.addEventListener("submit", () => set(false));
}
