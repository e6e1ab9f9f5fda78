// Reads a part of the page aloud: <button hidden data-listen="#part" aria-pressed="false">.
// The button shows itself only where the device can speak; pressing it again stops.
const voice = window.speechSynthesis;
const VOICES = { "zh-Hans": "zh-CN", en: "en-GB" };
const UNREAD = "button, [hidden], [aria-hidden='true'], script, input, select, .kbds";

function wordsOf(part) {
  if ("value" in part) return part.value;
  const words = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    const shut = parentElement.closest("details:not([open])");
    const hidden = shut && !parentElement.closest("summary");
    if (data.trim() && !hidden && !parentElement.closest(UNREAD)) words.push(data.trim());
  }
  return words.join("\n");
}

// Some engines fall silent after a quarter of a minute, so it is said sentence by sentence.
function sentencesOf(text) {
  return text.match(/[^。！？!?；;\n]+?(?:[。！？!?；;]+|\.\s|\n|$)/gu) ?? [];
}

function stop() {
  voice.cancel();
  for (const other of document.querySelectorAll("[data-listen][aria-pressed='true']")) {
    other.setAttribute("aria-pressed", "false");
  }
}

function speak(button, part) {
  const sentences = sentencesOf(wordsOf(part));
  button.setAttribute("aria-pressed", String(sentences.length > 0));
  sentences.forEach((sentence, place) => {
    const said = new SpeechSynthesisUtterance(sentence);
    said.lang = VOICES[document.documentElement.lang] ?? document.documentElement.lang;
    said.rate = 0.9;
    if (place === sentences.length - 1) {
      said.addEventListener("end", () => button.setAttribute("aria-pressed", "false"));
    }
    voice.speak(said);
  });
}

function offer(button) {
  const part = document.querySelector(button.dataset.listen);
  if (!part) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const speaking = button.getAttribute("aria-pressed") === "true";
    stop();
    if (!speaking) speak(button, part);
  });
}

if (voice && "SpeechSynthesisUtterance" in window) {
  document.querySelectorAll("[data-listen]").forEach(offer);
  window.addEventListener("pagehide", () => voice.cancel());
}
