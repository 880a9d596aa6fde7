// The reading room: j or ↓ to the next piece, k or ↑ to the one before. Typing is left alone.
const STEP = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

export default function keyboard(index) {
  const pieces = [...index.querySelectorAll("[data-piece]")];
  const here = pieces.findIndex((piece) => piece.getAttribute("aria-current") === "page");
  if (here >= 0) pieces[here].scrollIntoView({ block: "nearest" });
  document.addEventListener("keydown", (event) => {
    const step = STEP[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog, .sheet-frame")) return;
    const next = pieces[here < 0 ? (step > 0 ? 0 : pieces.length - 1) : here + step];
    if (!next) return;
    event.preventDefault();
    next.click();
  });
}
