// Signing by hand or by name, as one prefers. The field receives {w, h, strokes: [[[x, y], …], …]}.
export default async function signature(set) {
  const drawn = set.querySelector("[data-drawn]");
  const typed = set.querySelector("[data-typed]");
  const choice = set.querySelector("[data-choice]");
  const field = document.getElementById(set.dataset.field);
  const name = typed.querySelector("input");
  const canvas = drawn.querySelector("canvas");
  let Pad;
  try {
    Pad = (await import(set.dataset.pad)).default;
  } catch {
    return; // the typed name stays, which is worth the same
  }
  const pad = new Pad(canvas, { minWidth: 0.8, maxWidth: 2.4, penColor: "#1b2330" });

  function keep() {
    const strokes = pad.toData().map((stroke) => stroke.points.map((p) => [Math.round(p.x), Math.round(p.y)]));
    field.value = strokes.length ? JSON.stringify({ w: canvas.clientWidth, h: canvas.clientHeight, strokes }) : "";
  }

  function fit() {
    const ratio = Math.max(devicePixelRatio || 1, 1);
    const width = canvas.clientWidth * ratio;
    if (!width || canvas.width === width) return;
    const data = pad.toData();
    canvas.width = width;
    canvas.height = canvas.clientHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.fromData(data);
  }

  function show() {
    const byHand = choice.querySelector("input:checked").value === "drawn";
    drawn.hidden = !byHand;
    typed.hidden = byHand;
    name.disabled = byHand;
    field.disabled = !byHand;
    if (byHand) fit();
  }

  // What was drawn before a refused form comes back.
  function restore() {
    try {
      const { w, strokes } = JSON.parse(field.value);
      const scale = canvas.clientWidth / w;
      pad.fromData(strokes.map((points) => ({ penColor: "#1b2330", dotSize: 0, minWidth: 0.8, maxWidth: 2.4, velocityFilterWeight: 0.7, compositeOperation: "source-over", points: points.map(([x, y], i) => ({ x: x * scale, y: y * scale, time: i * 12, pressure: 0.5 })) })));
    } catch { /* nothing was drawn */ }
  }

  choice.hidden = false;
  choice.addEventListener("change", show);
  pad.addEventListener("endStroke", keep);
  drawn.querySelector("[data-clear]").addEventListener("click", () => { pad.clear(); keep(); });
  addEventListener("resize", fit);
  show();
  if (field.value) restore();
}
