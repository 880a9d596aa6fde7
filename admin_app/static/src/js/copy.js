// « Copier »: the link goes to the clipboard, and the page says so once it is there.
export default function copy(block) {
  const input = block.querySelector("input");
  const button = block.querySelector("button");
  const said = block.querySelector("[role=status]");
  input.addEventListener("focus", () => input.select());
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(input.value);
      said.textContent = "Copié.";
    } catch {
      input.focus();
      said.textContent = "La copie a été refusée par le navigateur : le texte est sélectionné, copiez-le au clavier.";
    }
  });
}
