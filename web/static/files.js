// Shows how far the files of a form are, and lets them be stopped. Without this script the form
// does the same by itself. Nothing is kept here; no markup is made from text.
"use strict";

for (const field of document.querySelectorAll("[data-files]")) {
  prepare(field.closest("form"));
}

function prepare(form) {
  form.addEventListener("submit", (event) => {
    if (chosen(form).length === 0) {
      return;
    }
    event.preventDefault();
    add(form, event.submitter);
  });
}

function part(form, name) {
  return form.querySelector(`[data-files${name}]`);
}

function inputs(form) {
  return [...form.querySelectorAll("[data-files] input[type=file]")];
}

function chosen(form) {
  return inputs(form).flatMap((input) => [...input.files]);
}

// Sends the form as its "add" button would, and puts the list of files that comes back in place.
function add(form, submitter) {
  const field = part(form, "");
  if (tooLarge(form, field)) {
    say(form, field.dataset.tooLarge);
    return;
  }
  const button = form.querySelector("button[name=attach]");
  const body = new FormData(form);
  body.set("attach", "yes");
  const request = new XMLHttpRequest();
  request.open("POST", button.formAction.split("#")[0]);
  request.responseType = "document";
  const bar = part(form, "-progress");
  const progress = bar.querySelector("progress");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) {
      progress.value = (100 * event.loaded) / event.total;
    }
  });
  request.addEventListener("load", () => {
    busy(form, bar, false);
    arrived(form, request, submitter);
  });
  request.addEventListener("error", () => {
    busy(form, bar, false);
    say(form, field.dataset.failed);
  });
  request.addEventListener("abort", () => {
    busy(form, bar, false);
    say(form, field.dataset.stopped);
  });
  part(form, "-stop").addEventListener("click", () => request.abort(), { once: true });
  say(form, "");
  progress.value = 0;
  busy(form, bar, true);
  request.send(body);
}

function tooLarge(form, field) {
  const sizes = chosen(form).map((file) => file.size);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return all > Number(field.dataset.filesLimit) || Math.max(...sizes) > Number(field.dataset.fileLimit);
}

function busy(form, bar, on) {
  bar.hidden = !on;
  for (const button of form.querySelectorAll("button[type=submit]")) {
    button.disabled = on;
  }
}

function arrived(form, request, submitter) {
  const page = request.response;
  const field = page && page.querySelector("[data-files]");
  if (!field) {
    say(form, part(form, "").dataset.failed);
    return;
  }
  const wrong = page.querySelector("[role=alert] h2, [role=alert] p");
  part(form, "").replaceWith(document.adoptNode(field));
  const token = page.querySelector("input[name=csrf_token]");
  if (token) {
    form.querySelector("input[name=csrf_token]").value = token.value;
  }
  if (request.status >= 400) {
    say(form, wrong ? wrong.textContent : part(form, "").dataset.failed);
  } else if (submitter && submitter.name !== "attach" && !field.querySelector(".field-error:not([hidden])")) {
    form.requestSubmit(submitter);
  } else {
    form.querySelector("input[type=file]").focus();
  }
}

function say(form, text) {
  const message = part(form, "-message");
  message.textContent = text;
  message.hidden = text === "";
}
