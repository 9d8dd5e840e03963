// Asks the browser for a passkey, and sends what it answers along with the form.
// Without this file a passkey cannot work; codes can, and the page says so.

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.querySelector("[data-no-script]").hidden = true;
  if (!window.PublicKeyCredential) {
    show(form, "unable");
    continue;
  }
  form.querySelector("[data-script]").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

async function send(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  show(form, "");
  try {
    const { publicKey } = JSON.parse(form.dataset.options);
    const answer = await (form.dataset.passkey === "create" ? create(publicKey) : get(publicKey));
    form.elements.namedItem("credential").value = JSON.stringify(answer);
    form.submit();
  } catch (error) {
    button.disabled = false;
    show(form, error.name);
    button.focus();
  }
}

async function create(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  return told(made, ["clientDataJSON", "attestationObject"]);
}

async function get(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: known(options.allowCredentials),
  };
  const found = await navigator.credentials.get({ publicKey });
  return told(found, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
}

function known(credentials = []) {
  return credentials.map((credential) => ({ ...credential, id: bytes(credential.id) }));
}

function told(credential, parts) {
  const said = parts.filter((part) => credential.response[part]);
  return {
    id: credential.id,
    type: credential.type,
    rawId: text(credential.rawId),
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(said.map((part) => [part, text(credential.response[part])])),
  };
}

function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// One word at a time; what the browser calls by another name is told in general terms.
function show(form, name) {
  const faults = [...form.querySelectorAll("[data-fault]")];
  const fitting = faults.find((fault) => fault.dataset.fault === name);
  const shown = name && (fitting ?? faults.find((fault) => fault.dataset.fault === "other"));
  for (const fault of faults) fault.hidden = fault !== shown;
}
