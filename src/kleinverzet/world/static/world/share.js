// Passing an article on: what a browser can do by itself, and only then shown. Nothing is fetched.
const box = document.querySelector('[data-share]');
const address = document.querySelector('link[rel=canonical]')?.href ?? location.href;
const copy = box?.querySelector('[data-copy]');
const send = box?.querySelector('[data-send]');
const done = box?.querySelector('[data-done]');

if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(address);
      done.textContent = done.dataset.words;
    } catch {
      copy.hidden = true;
    }
  });
}
if (send && navigator.share) {
  send.hidden = false;
  send.addEventListener('click', () => {
    navigator.share({ title: box.dataset.title, url: address }).catch(() => {});
  });
}
