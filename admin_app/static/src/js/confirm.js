// A destructive act opens a real dialog; without JavaScript the same sheet unfolds in the page.
export default function confirm(details) {
  const sheet = details.querySelector(".confirm-sheet");
  const close = sheet.querySelector("[data-close]");
  const title = sheet.querySelector("h2");
  const dialog = document.createElement("dialog");
  if (!dialog.showModal) return;
  title.id ||= `confirm-${Math.random().toString(36).slice(2)}`;
  dialog.setAttribute("aria-labelledby", title.id);
  details.after(dialog);
  dialog.append(sheet);
  close.hidden = false;
  close.autofocus = true;
  const wasOpen = details.open;
  details.open = false;
  details.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => details.querySelector("summary").focus());
  if (wasOpen) dialog.showModal();
}
