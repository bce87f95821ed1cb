// The cite menu. Its texts are made when the site is built and stand on the quote's own page; a card's
// menu fetches them when it is opened. Without this script the link to that page does, and the texts can be selected.
(() => {
  "use strict";

  const addButtons = (list) => {
    for (const item of list.querySelectorAll("li")) {
      if (item.querySelector("button")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tb-cite-copy";
      button.textContent = "Copy";
      button.setAttribute("aria-label", "Copy " + item.querySelector("label").firstChild.textContent.trim());
      item.append(button);
    }
  };

  const fetched = async (menu) => {
    const box = menu.querySelector(".tb-cite-box");
    if (!menu.dataset.cite || box.querySelector(".tb-cite-list")) return;
    if (matchMedia("print").matches) return; // opened by Material for paper, where it is not shown
    if (location.protocol === "file:") return; // a copy opened from a disk may fetch nothing; the link stays
    try {
      const answer = await fetch(menu.dataset.cite);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const list = page.querySelector(".tb-quote-page .tb-cite-list");
      if (list && !box.querySelector(".tb-cite-list")) box.replaceChildren(document.adoptNode(list));
    } catch {
      // No answer, as on a train; the link stays.
    }
  };

  // Both forms at once: programs that know formatted text take the one, the others the other.
  const copied = async (plain, rich) => {
    try {
      const parts = { "text/plain": new Blob([plain], { type: "text/plain" }) };
      if (rich) parts["text/html"] = new Blob([rich], { type: "text/html" });
      await navigator.clipboard.write([new ClipboardItem(parts)]);
      return true;
    } catch {
      // Not over https, or not allowed: the older way, which asks for a key or a click and has it.
    }
    let done = false;
    const fill = (event) => {
      event.clipboardData.setData("text/plain", plain);
      if (rich) event.clipboardData.setData("text/html", rich);
      event.preventDefault();
      done = true;
    };
    document.addEventListener("copy", fill);
    document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return done;
  };

  const say = (button, words) => {
    const label = button.getAttribute("aria-label");
    button.textContent = words;
    button.dataset.done = "";
    button.setAttribute("aria-label", label + ": " + words);
    button.setAttribute("aria-live", "polite");
    setTimeout(() => {
      button.textContent = "Copy";
      delete button.dataset.done;
      button.setAttribute("aria-label", label);
    }, 2000);
  };

  document.addEventListener("toggle", async (event) => {
    const menu = event.target;
    if (!(menu instanceof HTMLDetailsElement) || !menu.matches(".tb-cite") || !menu.open) return;
    await fetched(menu);
    for (const list of menu.querySelectorAll(".tb-cite-list")) addButtons(list);
  }, true);

  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest(".tb-cite-copy");
    if (!button) return;
    const text = button.closest("li").querySelector("textarea");
    const html = button.closest("ul").querySelector('[data-format="html"]');
    const words = ["text", "link"].includes(text.dataset.format); // what has no form of its own takes the HTML's
    const done = await copied(text.value, text.dataset.rich ?? (words ? html.value : ""));
    if (!done) text.select();
    say(button, done ? "Copied" : "Selected");
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target instanceof Element && event.target.closest("details.tb-cite[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // Lists that are open from the start, on each page that Material's instant navigation brings.
  const start = () => document.querySelectorAll(".tb-quote-page .tb-cite-list").forEach(addButtons);
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
