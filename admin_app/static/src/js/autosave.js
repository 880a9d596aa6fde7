// Keeps a draft while someone answers. It says « Enregistré » only once the server has accepted.
const PAUSE = 1200;
const AGAIN = 8000;

export default function autosave(note) {
  const form = note.closest("form");
  if (!form) return;
  let timer, sending = false, waiting = false, kept = print(form);

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  async function save() {
    const now = print(form);
    if (now === kept) return;
    if (sending) return void (waiting = true);
    sending = true;
    try {
      const reply = await fetch(note.dataset.url, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      if (!reply.ok || reply.redirected) throw reply.status;
      const { saved_at: at } = await reply.json();
      kept = now;
      note.textContent = `Enregistré à ${at}. Vous pouvez fermer et revenir par le même lien.`;
    } catch (problem) {
      const refused = typeof problem === "number" && problem >= 400 && problem < 500;
      note.textContent = refused
        ? "Pas encore enregistré : envoyez cette page pour savoir ce qui manque."
        : "Pas encore enregistré : pas de réseau. Nouvel essai dans quelques secondes.";
      if (!refused) later(AGAIN);
    }
    sending = false;
    if (waiting) { waiting = false; later(0); }
  }

  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(0));
  form.addEventListener("submit", () => clearTimeout(timer));
}

function print(form) {
  return [...new FormData(form)].map(([name, value]) => `${name}=${value.name ?? value}`).join("\n");
}
