// Counts the characters of a [data-counter] field and says so in the element of that id, whose
// data-text holds the translated sentence with {n} and {max}. Not announced: it would chatter.
function watch(field) {
  const place = document.getElementById(field.dataset.counter);
  const most = Number(field.getAttribute("maxlength"));
  if (!place?.dataset.text || !most) return;

  function show() {
    const count = [...field.value].length;
    place.textContent = place.dataset.text.replace("{n}", count).replace("{max}", most);
  }

  field.addEventListener("input", show);
  field.form?.addEventListener("drafted", show);
  show();
}

document.querySelectorAll("[data-counter]").forEach(watch);
