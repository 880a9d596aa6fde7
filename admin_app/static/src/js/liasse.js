// Loads what a page asks for: <… data-module="address">. Everything works without.
const started = new WeakSet();

function start(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    if (started.has(element)) continue;
    started.add(element);
    import(element.dataset.module).then((module) => module.default(element));
  }
}

start(document);
document.addEventListener("htmx:after:swap", () => start(document));

// One click, one act: a form is sent once, even by a hurried hand.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
