// Keys of the reading desk: inside [data-keys], pressing a key clicks what says data-key="a".
//   A approve · E ask to change · R refuse · S to the protection team · J next · K previous ·
//   1-9 a reason · 0 the marks are looked at · V see the picture · Z undo · ? the list of keys
// Off while a person writes, with Ctrl, Alt or Meta, and when the checkbox [data-keys-switch] is
// unticked (WCAG 2.1.4); that choice stays on this machine.
const STORE = "tongsheng-keys";
const PRESSED = "[type=checkbox], [type=radio], [type=submit], [type=button]";
const WRITING = `input:not(${PRESSED}), textarea, select`;
const desk = document.querySelector("[data-keys]");

function remembered() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // The switch then holds for this page only.
  }
}

function shown(element) {
  return element.offsetParent !== null || element.getClientRects().length > 0;
}

// Taking back the last verdict opens another text: what is half written here would be gone.
function isHalfWritten() {
  return [...desk.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
}

function press(event, name) {
  if (name === "z" && isHalfWritten()) {
    event.preventDefault();
    desk.querySelector("[data-half-written]")?.removeAttribute("hidden");
    return;
  }
  const found = [...desk.querySelectorAll(`[data-key="${CSS.escape(name)}"]`)];
  const target = found.find(shown);
  if (!target || target.disabled) return;
  event.preventDefault();
  target.click();
}

if (desk) {
  let on = remembered();
  const choice = desk.querySelector("[data-keys-switch]");
  if (choice) {
    choice.checked = on;
    choice.addEventListener("change", () => {
      on = choice.checked;
      remember(on);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (!on || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest?.(WRITING) || event.target.isContentEditable) return;
    press(event, event.key === "？" ? "?" : event.key.toLowerCase());
  });
}
