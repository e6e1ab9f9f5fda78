// Shows under a field what tells too much in it, while a child writes: where, and why it is safer
// without. It never stands in the way of anything.
//   <form data-look-url="/words/look"><textarea data-look="q7-ask"></textarea>
//     <div id="q7-ask" role="status" data-title="…"></div>
// The region is a polite one; it is left alone as long as it says the same.
// What was asked when she sent ([data-look-stale]) is about other words as soon as she changes one.
const PAUSE = 1500; // milliseconds
const FEWEST = 2; // characters

function paragraph(words, bold) {
  const line = document.createElement("p");
  const inside = bold ? document.createElement("b") : line;
  inside.textContent = words;
  if (bold) line.append(inside);
  return line;
}

function copyOf(pieces) {
  const copy = document.createElement("p");
  copy.className = "ask__copy";
  for (const [text, isMarked] of pieces) {
    const piece = isMarked ? document.createElement("mark") : document.createTextNode(text);
    if (isMarked) piece.textContent = text;
    copy.append(piece);
  }
  return copy;
}

function show(place, found) {
  const said = JSON.stringify(found);
  if (place.dataset.said === said) return;
  place.dataset.said = said;
  place.replaceChildren();
  if (!found) return;
  const note = document.createElement("div");
  note.className = "note note--yolk";
  const inside = document.createElement("div");
  inside.append(paragraph(place.dataset.title, true));
  for (const words of found.says) inside.append(paragraph(words, false));
  inside.append(copyOf(found.pieces));
  note.append(inside);
  place.append(note);
}

// Takes away what is no longer true, and keeps the field where she sees it.
function forgetAsked(field) {
  const stale = document.querySelectorAll("[data-look-stale]");
  if (!stale.length) return;
  const before = field.getBoundingClientRect().top;
  stale.forEach((part) => part.remove());
  window.scrollBy(0, field.getBoundingClientRect().top - before);
}

function look(field) {
  const place = document.getElementById(field.dataset.look);
  const url = field.form?.dataset.lookUrl;
  if (!place || !url) return;
  let timer = 0;
  let asked = field.value;

  async function ask() {
    const text = field.value;
    if (text === asked) return;
    asked = text;
    if (text.trim().length < FEWEST) {
      show(place, null);
      return;
    }
    const token = field.form.querySelector("[name=csrf_token]")?.value ?? "";
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams({ csrf_token: token, text }),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok || answer.redirected || text !== field.value) return;
      show(place, answer.status === 204 ? null : await answer.json());
    } catch {
      // Without the net nothing is shown; she is asked when she sends it.
    }
  }

  field.addEventListener("input", () => {
    forgetAsked(field);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}

document.querySelectorAll("[data-look]").forEach(look);
