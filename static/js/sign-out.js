// Leaving where there is no net: the page goes blank at once with a kind word, and signing out is
// tried until it works; whatever page opens before that is locked as well.
//   <form data-sign-out data-away-title="…" data-away-text="…">
// Without this script the form is sent as any other.
const FLAG = "leaving";
const PAUSE = 5000; // milliseconds between two tries
const PATIENCE = 10000; // milliseconds after which a net that says nothing is none

function remember(leaving) {
  try {
    if (leaving) localStorage.setItem(FLAG, "1");
    else localStorage.removeItem(FLAG);
  } catch {
    // Where nothing may be kept, this page alone stays locked.
  }
}

function isLeaving() {
  try {
    return localStorage.getItem(FLAG) === "1";
  } catch {
    return false;
  }
}

function lock(form) {
  remember(true);
  const { awayTitle: title, awayText: text } = form.dataset;
  const main = document.createElement("main");
  main.className = "wrap wrap--read pg stack";
  main.setAttribute("role", "alert");
  const heading = document.createElement("h1");
  heading.textContent = title;
  const words = document.createElement("p");
  words.className = "lead";
  words.textContent = text;
  main.append(heading, words);
  document.title = title;
  document.body.replaceChildren(main);
}

async function signOut(form) {
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return false;
  }
  remember(false);
  if (answer.ok) {
    location.replace(answer.url);
  } else {
    // The server said no: it says so itself, on its own page.
    form.hidden = true;
    document.body.append(form);
    form.submit();
  }
  return true;
}

let trying = false;

async function leave(form) {
  if (trying) return;
  trying = true;
  const done = await signOut(form);
  trying = false;
  if (done) return;
  lock(form);
  setTimeout(() => leave(form), PAUSE);
}

const forms = [...document.querySelectorAll("form[data-sign-out]")];

function goOn() {
  if (!isLeaving()) return;
  if (forms.length) {
    lock(forms[0]);
    leave(forms[0]);
  } else {
    remember(false);
  }
}

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    leave(form).finally(() => {
      document.body.hidden = false;
    });
  });
  window.addEventListener("online", () => isLeaving() && leave(form));
}
window.addEventListener("pageshow", (event) => event.persisted && goOn());
goOn();
