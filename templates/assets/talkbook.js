// Comforts that pages do without where scripts are off: the switches are remembered from page to page, a
// transcript plays along with its recording, and what stands once on a page is there for each paragraph or mark.
(() => {
  "use strict";

  // What each kind of switch is remembered as, and the class that the whole page has while it is on.
  const SWITCHES = {
    ".tb-switch input": ["talkbook.as-captioned", "tb-captioned"],
    ".tb-toggle input": ["talkbook.hide-times", "tb-timeless"],
  };

  function apply(boxes, on) {
    for (const box of document.querySelectorAll(boxes)) box.checked = on;
    document.documentElement.classList.toggle(SWITCHES[boxes][1], on);
  }

  function stored(key) {
    try {
      return localStorage.getItem(key) === "1";
    } catch {
      return false; // storage may be forbidden
    }
  }

  document.addEventListener("change", (event) => {
    for (const [boxes, [key]] of Object.entries(SWITCHES)) {
      if (!event.target.matches?.(boxes)) continue;
      apply(boxes, event.target.checked);
      try {
        localStorage.setItem(key, event.target.checked ? "1" : "0");
      } catch {
        // not remembered, then
      }
    }
  });

  // The player: a click on a paragraph or its time plays from there, and the paragraph being played is marked.
  function follow(player) {
    const times = [...document.querySelectorAll("a.tb-time[data-at]")];
    document.querySelector(".tb-transcript")?.classList.add("tb-plays");
    if (player.matches("audio")) {
      player.addEventListener("play", () => player.closest("article")?.classList.add("tb-started"));
    }
    player.addEventListener("timeupdate", () => {
      const now = times.findLast((time) => Number(time.dataset.at) <= player.currentTime)?.dataset.at;
      for (const time of times) time.parentElement.classList.toggle("tb-playing", time.dataset.at === now);
    });
  }

  document.addEventListener("click", (event) => {
    const player = document.querySelector(".tb-player");
    if (!player || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const time = event.target.closest("a.tb-time") ?? paragraph(event.target)?.querySelector("a.tb-time");
    if (!time) return;
    event.preventDefault();
    player.currentTime = Number(time.dataset.at);
    player.play().catch(() => {}); // where it can't, the player itself says so
  });

  // The paragraph that was clicked, unless the click was for a link in it or ended a selection.
  function paragraph(target) {
    if (target.closest("a, [tabindex]") || !getSelection().isCollapsed) return null;
    return target.closest(".tb-transcript p[id]");
  }

  // Each paragraph of a transcript has a permalink, which gets a name here that is more than a sign, and where errors
  // are taken a way to report one in it: the address at the top of the page, with the place and the words.
  function reports() {
    for (const link of document.querySelectorAll(".tb-transcript :is(.pin, p:not([id]) > a:last-child)")) {
      const what = link.parentElement.id ? "paragraph" : "turn";
      if (link.textContent === "¶") link.setAttribute("aria-label", `Link to this ${what}`);
    }
    const general = document.querySelector(".tb-tools > .tb-report");
    for (const paragraph of general ? document.querySelectorAll(".tb-transcript p[id]") : []) {
      if (paragraph.querySelector(".tb-report")) continue;
      const link = general.cloneNode();
      link.textContent = "!";
      link.setAttribute("aria-label", "Report an error in this paragraph");
      paragraph.append(" ", link);
    }
  }

  // Made when it is about to be followed: a page has hundreds of them.
  for (const kind of ["pointerdown", "focusin"]) {
    document.addEventListener(kind, ({ target }) => {
      const link = target.closest?.(".tb-transcript .tb-report");
      if (!link) return;
      const address = new URL(document.querySelector(".tb-tools > .tb-report").href);
      const place = `${location.origin}${location.pathname}#${link.parentElement.id}`;
      const [file, ...rest] = address.searchParams.get("body").split(":\n");
      const passage = `, ${place}:\n\n> ${shown(link.parentElement, 60)}\n`;
      address.searchParams.set("body", file + passage + rest.join(":\n"));
      link.href = address;
    });
  }

  // The first words of an element as shown, without the links after a paragraph.
  function shown(element, length) {
    const copy = element.cloneNode(true);
    for (const each of copy.querySelectorAll("del, .pin, .tb-report")) each.remove();
    const words = copy.textContent.replace(/\s+/g, " ").trim();
    return words.length > length ? `${words.slice(0, words.lastIndexOf(" ", length))}…` : words;
  }

  // A mark on a strip says where it is; what is said there stands further down the page.
  function marks() {
    for (const title of document.querySelectorAll(".tb-strip a title")) {
      const place = title.closest("a").getAttribute("href");
      const words = place.startsWith("#") && document.getElementById(place.slice(1))?.querySelector("blockquote, q");
      if (words && !title.textContent.includes(": ")) title.textContent += `: ${shown(words, 60)}`;
    }
  }

  // Where a screen has no room for the list of contents beside a transcript, it is folded into a line that stands there
  // anyway: what moved the page would move the passage away that an address led to.
  function contents() {
    const line = document.querySelector(".tb-head:has(~ .tb-transcript) > .tb-tools");
    const links = document.querySelectorAll(".md-sidebar--secondary .md-nav__list a");
    if (!line || !links.length || document.querySelector(".tb-contents")) return;
    const list = document.createElement("ul");
    for (const link of links) {
      const copy = document.createElement("a");
      copy.href = link.hash;
      copy.textContent = link.textContent.trim();
      list.appendChild(document.createElement("li")).append(copy);
    }
    const box = document.createElement("details");
    box.className = "tb-contents";
    box.appendChild(document.createElement("summary")).textContent = "Contents";
    box.append(list);
    line.append(box);
  }

  // The passage that the address names: its first piece is the :target, the later ones are lit here.
  function lightUp() {
    for (const piece of document.querySelectorAll(".tb-lit")) piece.classList.remove("tb-lit");
    const name = CSS.escape(location.hash.slice(1));
    for (const piece of document.querySelectorAll(`[data-quotes="${name}"]`)) piece.classList.add("tb-lit");
  }

  addEventListener("hashchange", lightUp);

  // Instant navigation now and then goes to the place before the page is there.
  function land() {
    if (location.hash && !document.querySelector(":target")) location.replace(location.hash);
  }

  function start() {
    land();
    lightUp();
    for (const [boxes, [key]] of Object.entries(SWITCHES)) apply(boxes, stored(key));
    const player = document.querySelector(".tb-player");
    if (player) follow(player);
    reports();
    marks();
    contents();
  }

  if (typeof document$ === "undefined") start();
  else document$.subscribe(start);
})();
