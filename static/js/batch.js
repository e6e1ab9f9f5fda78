// Sends the photos of a class one by one, says which is on its way, then shows the page anew. What
// came through before a broken line is kept; without the script the form sends a few at once.
const form = document.querySelector("[data-batch-photos]");

function say(words) {
  form.querySelector("[data-batch-status]").textContent = words;
}

function send(file, number, all) {
  const request = new XMLHttpRequest();
  const bar = form.querySelector("progress");
  const data = new FormData();
  data.append("csrf_token", form.elements.csrf_token.value);
  data.append("file", file);
  say(form.dataset.sending.replace("{number}", number).replace("{all}", all));
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.hidden = false;
    bar.value = Math.round((100 * (number - 1 + event.loaded / event.total)) / all);
  });
  return new Promise((resolve, reject) => {
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", reject);
    request.open("POST", form.action);
    request.send(data);
  });
}

async function sendAll(files) {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    let last = null;
    for (const [place, file] of files.entries()) {
      const answer = await send(file, place + 1, files.length);
      if (answer.status >= 400) last = answer;
    }
    if (!last) return window.location.reload();
    const page = new DOMParser().parseFromString(last.responseText, "text/html");
    say(page.querySelector("#batch-err, main p")?.textContent.trim() || form.dataset.failed);
  } catch {
    say(form.dataset.failed);
  }
  button.disabled = false;
  return undefined;
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const files = [...form.elements.file.files];
  const fine = files.filter((file) => file.size <= Number(form.dataset.limit));
  if (fine.length < files.length) say(form.dataset.tooBig);
  if (fine.length) sendAll(fine);
});
