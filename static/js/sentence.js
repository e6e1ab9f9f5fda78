// Ticking a reason on the reading desk fills in what the child will read. The server puts the
// sentence together; what the moderator wrote herself stays.
const desk = document.querySelector("[data-proposes]");

async function propose() {
  const sent = new FormData(desk);
  sent.set("verdict", "preview");
  const answer = await fetch(desk.action, { method: "POST", body: sent, credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const field of desk.querySelectorAll("[data-proposed]")) {
    const usual = desk.elements[field.dataset.proposed];
    const fresh = page.getElementById(usual.id);
    if (!fresh || (field.value && field.value !== usual.value)) continue;
    usual.value = fresh.value;
    field.value = fresh.value;
  }
}

desk?.addEventListener("change", (event) => {
  if (event.target.name === "reasons") propose().catch(() => {});
});
