// Nobody goes back to what somebody wrote: on a shared tablet the next one at it may try. A page with
// a field that is not to be completed (textarea[autocomplete="off"]) is emptied when it is left, and
// asked for anew where the browser had kept it. What is not sent yet comes back from the server or
// from its copy (autosave.js, which runs before), and only to the child who wrote it.
const fields = [...document.querySelectorAll('textarea[autocomplete="off"]')];

function empty(field) {
  field.form?.reset();
  field.value = "";
  document.getElementById(field.dataset.look)?.replaceChildren();
}

if (fields.length) {
  window.addEventListener("pagehide", () => fields.forEach(empty));
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.body.hidden = true;
    location.replace(location.pathname + location.search);
  });
}
