// A text in hand stays in hand as long as somebody looks at it: [data-renew] is asked every two
// minutes while the page is seen. Where the answer is no, [data-renew-lost] is said once, politely.
const EVERY = 120000;
const desk = document.querySelector("[data-renew]");

function say(words) {
  const note = document.createElement("p");
  note.className = "note note--fix";
  note.setAttribute("role", "alert");
  note.textContent = words;
  desk.prepend(note);
}

async function renew() {
  if (document.hidden) return;
  try {
    const sent = new FormData();
    sent.set("csrf_token", desk.elements.csrf_token.value);
    const answer = await fetch(desk.dataset.renew, {
      method: "POST",
      body: sent,
      credentials: "same-origin",
    });
    if (answer.status === 409) {
      clearInterval(clock);
      say(desk.dataset.renewLost);
    }
  } catch {
    // No net: the lease has minutes left, and the next round asks again.
  }
}

const clock = desk ? setInterval(renew, EVERY) : 0;
