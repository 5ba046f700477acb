// Asks the browser for a passkey and sends the form with it. Without this script the page works
// with codes. Nothing is kept here; no markup is made from text.
"use strict";

// A challenge is good for five minutes; a page that stood open for longer asks for another.
const FRESH = 4 * 60 * 1000;

for (const part of document.querySelectorAll("[data-passkey]")) {
  prepare(part);
}

function prepare(part) {
  if (window.PublicKeyCredential && navigator.credentials) {
    part.hidden = false;
    part.querySelector("[data-passkey-button]").addEventListener("click", () => ask(part));
  }
}

async function ask(part) {
  const button = part.querySelector("[data-passkey-button]");
  const failed = part.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  button.disabled = true;
  try {
    if (performance.now() > FRESH) {
      await renew(part);
    }
    const form = part.closest("form");
    form.elements[part.dataset.passkeyField].value = JSON.stringify(await answer(part));
    form.requestSubmit();
  } catch (error) {
    failed.hidden = false;
    button.focus();
  } finally {
    button.disabled = false;
  }
}

async function answer(part) {
  const asked = JSON.parse(part.dataset.passkeyOptions);
  const publicKey = { ...asked, challenge: bytes(asked.challenge) };
  if (part.dataset.passkey === "create") {
    publicKey.user = { ...asked.user, id: bytes(asked.user.id) };
    publicKey.excludeCredentials = asked.excludeCredentials.map(withBytes);
    return plain(await navigator.credentials.create({ publicKey }));
  }
  return plain(await navigator.credentials.get({ publicKey }));
}

// The same page once more, for its challenge and its proof that it is ours.
function renew(part) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", window.location.pathname);
    request.responseType = "document";
    request.addEventListener("error", reject);
    request.addEventListener("load", () => {
      const kind = `[data-passkey=${part.dataset.passkey}]`;
      const again = request.response && request.response.querySelector(kind);
      if (!again) {
        reject(new Error("the page is gone"));
        return;
      }
      part.dataset.passkeyOptions = again.dataset.passkeyOptions;
      const token = again.closest("form").elements.csrf_token.value;
      part.closest("form").elements.csrf_token.value = token;
      resolve();
    });
    request.send();
  });
}

function withBytes(credential) {
  return { ...credential, id: bytes(credential.id) };
}

// As the standard writes an answer in JSON (PublicKeyCredential.toJSON), for every browser.
function plain(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "authenticatorData", "signature", "attestationObject"]) {
    if (credential.response[name]) {
      response[name] = text(credential.response[name]);
    }
  }
  const { id, type } = credential;
  return { id, rawId: text(credential.rawId), type, response };
}

function bytes(base64url) {
  const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
