// Citing. The texts of the cite menu are made when the site is built and stand on the quote's own page; a card's menu
// fetches them when it is opened. The day on which somebody copies one is put in here. What is copied from a card by
// hand gets its quotation marks and its source. Without this script the link to the quote's page does, and its texts
// can be selected.
(() => {
  "use strict";

  const today = new Date();
  const [year, month, day] = [today.getFullYear(), today.getMonth() + 1, today.getDate()];
  const name = today.toLocaleDateString("en-US", { month: "long" });
  const months = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
  const mla = months[month - 1];
  const numbers = [year, ...[month, day].map((each) => String(each).padStart(2, "0"))];
  const FORMS = {
    // as in talkbook/text/rich_text.py
    mdy: `${name} ${day}, ${year}`,
    dmy: `${day} ${name} ${year}`,
    mla: `${day} ${mla} ${year}`,
    iso: numbers.join("-"),
    ris: numbers.join("/"),
    parts: `${year}, ${month}, ${day}`,
  };
  const dated = (words) => words.replace(/%(mdy|dmy|mla|iso|ris|parts)\b/g, (_, form) => FORMS[form]);

  /* Puts the day into a text that has a place for it. */
  const date = (field) => {
    const places = JSON.parse(field.dataset.day ?? "[]");
    delete field.dataset.day;
    let text = field.value;
    for (const [start, end, words] of places.reverse()) text = text.slice(0, start) + dated(words) + text.slice(end);
    field.value = text;
  };

  const addButtons = (list) => {
    list.querySelectorAll("textarea").forEach(date);
    for (const item of list.querySelectorAll("li")) {
      if (item.querySelector("button")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tb-cite-copy";
      button.textContent = "Copy";
      button.setAttribute("aria-label", `Copy ${item.querySelector("label").firstChild.textContent.trim()}`);
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
      event.stopImmediatePropagation();
      event.clipboardData.setData("text/plain", plain);
      if (rich) event.clipboardData.setData("text/html", rich);
      event.preventDefault();
      done = true;
    };
    document.addEventListener("copy", fill, true);
    document.execCommand("copy");
    document.removeEventListener("copy", fill, true);
    return done;
  };

  const say = (button, words) => {
    const label = button.getAttribute("aria-label");
    button.textContent = words;
    button.dataset.done = "";
    button.setAttribute("aria-label", `${label}: ${words}`);
    button.setAttribute("aria-live", "polite");
    setTimeout(() => {
      button.textContent = "Copy";
      delete button.dataset.done;
      button.setAttribute("aria-label", label);
    }, 2000);
  };

  document.addEventListener(
    "toggle",
    async (event) => {
      const menu = event.target;
      if (!(menu instanceof HTMLDetailsElement) || !menu.matches(".tb-cite") || !menu.open) return;
      await fetched(menu);
      for (const list of menu.querySelectorAll(".tb-cite-list")) addButtons(list);
    },
    true,
  );

  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest(".tb-cite-copy");
    if (!button) return;
    const field = button.closest("li").querySelector("textarea");
    const html = button.closest("ul").querySelector('[data-format="html"]').value;
    // What is plain text without a rich form of its own takes the HTML's.
    const rich = field.dataset.rich?.replace(/<!--day (.*?)-->/g, (_, words) => dated(words));
    const done = await copied(field.value, rich ?? (field.dataset.format === "text" ? html : ""));
    if (!done) field.select();
    say(button, done ? "Copied" : "Selected");
  });

  /* The words of a quote that are selected, a text for each paragraph, as they are shown. */
  const selected = (range, quote) => {
    const paragraphs = [];
    for (const each of quote.querySelectorAll("p")) {
      if (!range.intersectsNode(each)) continue;
      const part = document.createRange();
      part.selectNodeContents(each);
      if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
        part.setStart(range.startContainer, range.startOffset);
      }
      if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
      const copy = document.createElement("p");
      copy.append(part.cloneContents());
      const captioned = document.querySelector(".tb-switch input:checked");
      for (const hidden of copy.querySelectorAll(captioned ? "ins" : "del")) hidden.remove();
      const words = copy.textContent.replace(/\s+/g, " ").trim();
      if (words) paragraphs.push(words);
    }
    return paragraphs;
  };

  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`);

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount || event.target.closest?.("textarea, input")) return;
    const range = selection.getRangeAt(0);
    const plain = [];
    const rich = [];
    for (const card of document.querySelectorAll(".tb-card[data-source]")) {
      const quote = card.querySelector("blockquote");
      if (!range.intersectsNode(quote)) continue;
      const words = selected(range, quote);
      if (!words.length) continue;
      const own = card.querySelector("[data-cite]")?.dataset.cite ?? "";
      const address = card.dataset.address || new URL(own, location).href;
      const source = `— ${card.dataset.source}`;
      plain.push(`“${words.join("\n\n")}”\n${source}, ${address}`);
      const html = words.map((each) => `<p>${escaped(each)}</p>`).join("");
      const link = `<a href="${escaped(address)}">${escaped(address)}</a>`;
      rich.push(`<blockquote cite="${escaped(address)}">${html}</blockquote><p>${escaped(source)}, ${link}</p>`);
    }
    // What reaches beyond cards, such as a whole page, is copied as the browser does.
    const around = range.commonAncestorContainer;
    const inside = (around instanceof Element ? around : around.parentElement).closest(".tb-card");
    if (!plain.length || (!inside && plain.length < 2 && !onlyCards(range))) return;
    event.clipboardData.setData("text/plain", plain.join("\n\n"));
    event.clipboardData.setData("text/html", rich.join(""));
    event.preventDefault();
  });

  /* Whether a selection that begins or ends outside of a card, as a third click makes it, has no words there. */
  const onlyCards = (range) => {
    const copy = range.cloneContents();
    for (const card of copy.querySelectorAll(".tb-card")) card.remove();
    return !copy.textContent.trim();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(event.target instanceof Element)) return;
    const menu = event.target.closest("details.tb-cite[open]");
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
