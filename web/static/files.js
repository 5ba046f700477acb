// Shows how far the files of a form are, and lets them be stopped. Without this script the form
// does the same by itself. Nothing is kept here; no markup is made from text.
"use strict";

for (const field of document.querySelectorAll("[data-files]")) {
  prepare(field.closest("form"));
}

function prepare(form) {
  form.addEventListener("submit", (event) => {
    const adds = event.submitter !== null && event.submitter.name === "attach";
    if (adds || chosen(form).length > 0) {
      event.preventDefault();
      send(form, event.submitter, adds);
    }
  });
}

function part(form, name) {
  return form.querySelector(`[data-files-${name}]`);
}

function inputs(form) {
  return [...form.querySelectorAll("[data-files] input[type=file]")];
}

function chosen(form) {
  return inputs(form).flatMap((input) => [...input.files]);
}

// Sends what the "add" button would send, and puts what the page then carries in its place.
function send(form, submitter, adds) {
  const words = part(form, "message").dataset;
  if (tooLarge(form)) {
    fail(form, submitter, [words.tooLarge]);
    return;
  }
  const body = new FormData(form);
  body.set("attach", "yes");
  const request = new XMLHttpRequest();
  request.open("POST", form.querySelector("button[name=attach]").formAction.split("#")[0]);
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => progress(form, event.loaded, event.total));
  request.upload.addEventListener("load", () => progress(form, 1, 1));
  request.addEventListener("load", () => answered(form, request, submitter, adds));
  request.addEventListener("error", () => fail(form, submitter, [words.failed]));
  request.addEventListener("abort", () => fail(form, submitter, [words.stopped]));
  say(form, []);
  busy(form, request);
  progress(form, 0, 1);
  request.send(body);
}

function tooLarge(form) {
  const limits = part(form, "message").closest("[data-files]").dataset;
  const sizes = chosen(form).map((file) => file.size);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return (
    all > Number(limits.filesLimit) ||
    sizes.length > Number(limits.countLimit) ||
    sizes.some((size) => size > Number(limits.fileLimit))
  );
}

// While a request is under way, its button stops it and no other sends the form.
function busy(form, request) {
  const stop = part(form, "stop");
  part(form, "progress").hidden = request === null;
  stop.onclick = request && (() => request.abort());
  for (const button of form.querySelectorAll("button[type=submit]")) {
    button.disabled = request !== null;
  }
  if (request !== null) {
    stop.focus();
  }
}

function progress(form, sent, all) {
  const bar = part(form, "progress").querySelector("progress");
  const label = bar.labels[0];
  label.textContent = sent < all ? label.dataset.underWay : label.dataset.arrived;
  if (sent < all) {
    bar.value = (100 * sent) / all;
  } else {
    bar.removeAttribute("value");
  }
}

function answered(form, request, submitter, adds) {
  const page = request.response;
  const again = page && page.querySelector("[data-files]");
  if (again) {
    carry(form, again.closest("form"));
    if (part(form, "came")) {
      forget(form);
    }
  }
  busy(form, null);
  if (request.status >= 400 || !again) {
    const words = explanation(page);
    fail(form, submitter, words.length ? words : [part(form, "message").dataset.failed]);
    return;
  }
  const undecided = part(form, "undecided");
  if (undecided && !adds) {
    undecided.focus();
  } else if (adds) {
    announce(form);
  } else {
    form.requestSubmit(submitter);
  }
}

// The page that came back carries the files from now on, and its proof that it is ours counts.
// Every other hidden value stays: it says what the person has seen.
function carry(form, again) {
  part(form, "held").replaceWith(document.adoptNode(again.querySelector("[data-files-held]")));
  for (const name of ["csrf_token", "draft"]) {
    const from = again.querySelector(`input[name=${name}]`);
    for (const to of from ? document.querySelectorAll(`input[name=${name}]`) : []) {
      to.value = from.value;
    }
  }
}

// What has arrived need not be sent again.
function forget(form) {
  for (const input of inputs(form)) {
    input.value = "";
  }
}

// What the page of an error says, in its notice or at its beginning.
function explanation(page) {
  const found = page ? page.querySelectorAll(".main .notice__title, .main .notice__body p") : [];
  const words = found.length || !page ? found : page.querySelectorAll("h1, .lead");
  return [...words].map((element) => element.textContent.trim());
}

function announce(form) {
  const count = part(form, "count");
  part(form, "status").textContent = count ? count.textContent : "";
  inputs(form)[0].focus();
}

function fail(form, submitter, lines) {
  busy(form, null);
  say(form, lines);
  const button = submitter && submitter.isConnected ? submitter : inputs(form)[0];
  button.focus();
}

function say(form, lines) {
  part(form, "status").textContent = "";
  part(form, "message").replaceChildren(
    ...lines.map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }),
  );
}
