// Sends a file from components/upload.html without leaving the page: how far it is, no file that is
// too large, and what was typed in other forms stays. What comes back under the same id is put in
// its place; an answer that holds no such part opens as a page. While files wait, it looks again.
const PAUSE = 3000; // milliseconds
const LOOKS = 60; // so often at most, then the link "look again" is left

function say(box, words) {
  const status = box.querySelector("[data-upload-status]");
  if (status) status.textContent = words;
}

function refuse(box, words) {
  const place = box.querySelector("[data-upload-error]");
  if (!place) return say(box, words);
  place.textContent = words;
  place.parentElement.hidden = !words;
  box.querySelector("form.field")?.classList.toggle("is-err", Boolean(words));
  const field = box.querySelector("[type=file]");
  if (words) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
  return undefined;
}

function fits(box, field) {
  const file = field?.files?.[0];
  const fine = !file || file.size <= Number(box.dataset.limit);
  refuse(box, fine ? "" : box.dataset.tooBig);
  return fine;
}

function putInPlace(box, text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(box.id);
  if (!fresh) return null;
  box.replaceWith(fresh);
  watch(fresh);
  return fresh;
}

function arrived(box, request) {
  const fresh = putInPlace(box, request.responseText);
  if (!fresh) {
    if (request.status < 400 && request.responseURL) window.location.assign(request.responseURL);
    else failed(box);
    return;
  }
  if (request.status < 400) say(fresh, fresh.dataset.sent);
  else fresh.querySelector("[type=file]")?.focus();
}

function failed(box) {
  box.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
  const bar = box.querySelector("progress");
  if (bar) bar.hidden = true;
  delete box.dataset.busy;
  say(box, "");
  refuse(box, box.dataset.failed);
}

function send(box, form) {
  const request = new XMLHttpRequest();
  const bar = box.querySelector("progress");
  box.dataset.busy = "yes";
  box.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
  request.upload.addEventListener("progress", (event) => {
    if (!bar || !event.lengthComputable || !form.querySelector("[type=file]")) return;
    const percent = Math.round((100 * event.loaded) / event.total);
    bar.hidden = false;
    bar.value = percent;
    say(box, box.dataset.sending.replace("{percent}", percent));
  });
  request.addEventListener("load", () => arrived(box, request));
  request.addEventListener("error", () => failed(box));
  request.open("POST", form.action);
  request.send(new FormData(form));
}

async function lookAgain(box, left) {
  if (!box.isConnected || box.dataset.busy || left <= 0) return;
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    const chosen = box.querySelector("[type=file]")?.files?.length;
    if (answer.ok && box.isConnected && !box.dataset.busy && !chosen) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = fresh.getElementById(box.id);
      if (part && !part.hasAttribute("data-upload-waits")) {
        box.replaceWith(part);
        watch(part);
        return;
      }
    }
  } catch {
    // No network just now; the next look may find it.
  }
  setTimeout(() => lookAgain(box, left - 1), PAUSE);
}

function watch(box) {
  box.addEventListener("change", (event) => {
    if (event.target.type === "file") fits(box, event.target);
  });
  box.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-upload-send]");
    if (!form) return;
    event.preventDefault();
    const field = form.querySelector("[type=file]");
    if (!box.dataset.busy && fits(box, field)) send(box, form);
  });
  if (box.hasAttribute("data-upload-waits")) setTimeout(() => lookAgain(box, LOOKS), PAUSE);
}

document.querySelectorAll("[data-upload]").forEach(watch);
