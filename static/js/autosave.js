// Keeps what a person writes. A form says where and under which name:
//   <form data-autosave-url="/draft" data-autosave-key="draft-7" data-autosave-at="1732500000000">
//     <p role="status" data-autosave-status data-saved="…" data-local="…"></p>
// data-autosave-at is the moment of the server's draft in milliseconds (0: none yet). Every change
// is copied to this tab at once and posted to the server soon after; a copy that the server has
// not taken yet is put back into the form when the page opens again. The copy goes when the
// server has it, when a page with [data-autosave-clear="draft-7"] opens, on signing out, and on any
// page after half a day. The key names the child by a pseudonym: no other child gets her copy.
const PREFIX = "tongsheng:";
const PAUSE = 3000; // milliseconds
const KEPT = 12 * 60 * 60 * 1000; // milliseconds: as long as a sign-in lasts at most

function keep(key, copy) {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(copy));
  } catch {
    // A full or forbidden store only loses the second copy; the server still gets the first.
  }
}

function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

function forget(key) {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}

function forgetAll() {
  try {
    Object.keys(sessionStorage)
      .filter((name) => name.startsWith(PREFIX))
      .forEach((name) => sessionStorage.removeItem(name));
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}

function forgetOld() {
  try {
    for (const name of Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX))) {
      const copy = recall(name.slice(PREFIX.length));
      if (!copy || !(Date.now() - copy.at < KEPT)) sessionStorage.removeItem(name);
    }
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
}

function putBack(form, fields) {
  const wanted = new Map();
  for (const [name, value] of fields) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    const values = wanted.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = values.includes(field.value);
    } else if (field.type !== "file" && values.length) {
      [field.value] = values;
    }
  }
  form.dispatchEvent(new CustomEvent("drafted"));
}

function saveItself(form) {
  const { autosaveUrl: url, autosaveKey: key, autosaveAt: at } = form.dataset;
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  let turn = 0;
  let waiting = false;
  let leaving = false;

  function tell(words) {
    if (status && words && status.textContent !== words) status.textContent = words;
  }

  async function post() {
    clearTimeout(timer);
    const mine = turn;
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams(fieldsOf(form)),
        headers: { Accept: "application/json" },
        keepalive: leaving || document.visibilityState === "hidden",
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      if (mine !== turn) return;
      waiting = false;
      forget(key);
      tell(status?.dataset.saved);
    } catch {
      tell(status?.dataset.local);
      timer = setTimeout(post, PAUSE * 4);
    }
  }

  function changed(pause) {
    turn += 1;
    waiting = true;
    const fields = fieldsOf(form).filter(([name]) => name !== "csrf_token");
    keep(key, { at: Date.now(), fields });
    clearTimeout(timer);
    timer = setTimeout(post, pause);
  }

  const copy = recall(key);
  if (copy && copy.at > Number(at ?? 0)) {
    putBack(form, copy.fields);
    changed(0);
  }
  form.addEventListener("input", () => changed(PAUSE));
  form.addEventListener("change", () => changed(PAUSE / 10));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    waiting = false;
  });
  window.addEventListener("online", () => waiting && post());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && waiting && !leaving) post();
  });
  window.addEventListener("pagehide", () => {
    leaving = true; // after this the fields are emptied (way-back.js), and say nothing any more
    if (waiting) post();
  });
}

forgetOld();
for (const mark of document.querySelectorAll("[data-autosave-clear]")) {
  forget(mark.dataset.autosaveClear);
}
for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", forgetAll);
}
document.querySelectorAll("form[data-autosave-url][data-autosave-key]").forEach(saveItself);
