// Draws the covers of components/covers.html: dragging over the picture fills the first empty row,
// numbers move the rectangles, Escape ends a rectangle that is being drawn. All in per mille.
const FIELDS = ["left", "top", "width", "height"];
const WHOLE = 1000;
const LEAST = 8; // a smaller drag was a tap

function fieldsOf(row) {
  return FIELDS.map((name) => row.querySelector(`[data-covers-field="${name}"]`));
}

function keepInside(number) {
  return Math.min(WHOLE, Math.max(0, Math.round(number)));
}

function begin(form) {
  const stage = form.querySelector("[data-covers-stage]");
  const rows = [...form.querySelectorAll("[data-covers-row]")];
  const error = form.querySelector("[data-covers-error]");
  let start = null;

  function rectOf(row) {
    return form.querySelector(`[data-covers-rect="${row.dataset.coversRow}"]`);
  }

  function draw(row, numbers) {
    ["x", "y", "width", "height"].forEach((name, place) => {
      rectOf(row)?.setAttribute(name, numbers[place]);
    });
  }

  function show(row) {
    const typed = fieldsOf(row).map((field) => field.value.trim());
    const whole = typed.every((text) => /^\d{1,4}$/.test(text));
    draw(row, whole ? typed.map((text) => keepInside(Number(text))) : [0, 0, 0, 0]);
    row.querySelector("[data-covers-clear]").hidden = !typed.some(Boolean);
  }

  function placeOf(event) {
    const seen = stage.getBoundingClientRect();
    return [
      keepInside((WHOLE * (event.clientX - seen.left)) / seen.width),
      keepInside((WHOLE * (event.clientY - seen.top)) / seen.height),
    ];
  }

  function between(from, to) {
    const left = Math.min(from[0], to[0]);
    const top = Math.min(from[1], to[1]);
    return [left, top, Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])];
  }

  function stop(keep, event) {
    if (!start) return;
    const { row, at } = start;
    start = null;
    const numbers = between(at, keep ? placeOf(event) : at);
    if (keep && numbers[2] >= LEAST && numbers[3] >= LEAST) {
      fieldsOf(row).forEach((field, place) => {
        field.value = numbers[place];
      });
    }
    show(row);
  }

  stage?.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const row = rows.find((one) => !fieldsOf(one).some((field) => field.value));
    error.textContent = row ? "" : form.dataset.full;
    error.parentElement.hidden = Boolean(row);
    if (!row) return;
    event.preventDefault();
    start = { row, at: placeOf(event) };
    stage.setPointerCapture(event.pointerId);
  });
  stage?.addEventListener("pointermove", (event) => {
    if (start) draw(start.row, between(start.at, placeOf(event)));
  });
  stage?.addEventListener("pointerup", (event) => stop(true, event));
  stage?.addEventListener("pointercancel", (event) => stop(false, event));
  document.addEventListener("keydown", (event) => event.key === "Escape" && stop(false, event));
  for (const row of rows) {
    row.addEventListener("input", () => show(row));
    row.addEventListener("focusin", () => rectOf(row)?.classList.add("is-here"));
    row.addEventListener("focusout", () => rectOf(row)?.classList.remove("is-here"));
    row.querySelector("[data-covers-clear]").addEventListener("click", () => {
      fieldsOf(row).forEach((field) => {
        field.value = "";
      });
      show(row);
      fieldsOf(row)[0].focus();
    });
    show(row);
  }
}

document.querySelectorAll("[data-covers]").forEach(begin);
