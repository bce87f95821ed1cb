// Material's search box, with our search behind it. Material starts a worker and draws what that answers; here it gets
// one that answers nothing, and what we find is drawn in its place: with what may have been meant, filters, and links
// that light up the words on the page that they lead to. Nothing is loaded before somebody opens the box.
"use strict";
(() => {
  const HERE = document.currentScript.src;
  const SCRIPTS = ["search-words.js", "search-index.js", "search-ranking.js", "search.js"];
  const KINDS = {
    topic: "Topic",
    person: "Person",
    section: "Topic",
    page: "Page",
    quote: "Quote",
    turn: "Transcript",
  };
  const FACETS = { speaker: "Speaker", topic: "Topic", in: "Conversation" };
  const MOST = 5; // values of a facet that are offered
  const PAUSE = 80; // milliseconds between two queries while somebody types

  const config = () => JSON.parse(document.getElementById("__config").textContent);
  const root = new URL("..", HERE);
  const translations = {};

  let engine;
  /** The search itself; loaded once. */
  const load = () =>
    (engine ??= Promise.all(
      SCRIPTS.map(
        (name) =>
          new Promise((done, failed) => {
            const script = document.createElement("script");
            script.src = new URL(name, HERE);
            script.async = false; // in this order
            script.onload = done;
            script.onerror = () => failed(new Error(`${script.src} is not there`));
            document.head.append(script);
          }),
      ),
    )
      .then(() => self.talkbookSearch)
      .catch((error) => {
        engine = undefined;
        throw error;
      }));

  /** What Material takes for its worker. */
  class Search extends EventTarget {
    #newest = 0;
    #last = 0;

    constructor() {
      super();
      setTimeout(() => this.#answer(1)); // ready, and there is no index to be set up with
    }

    postMessage({ type, data }) {
      if (type === 2) this.#ask(data);
    }

    terminate() {}

    #answer(type, data) {
      this.dispatchEvent(new MessageEvent("message", { data: { type, data } }));
    }

    async #ask(query) {
      const mine = ++this.#newest;
      const wait = Math.max(0, this.#last + PAUSE - performance.now());
      this.#last = performance.now();
      let found = { results: [], meant: [], suggest: [] };
      try {
        if (query.trim() || document.activeElement?.matches(".md-search__input")) {
          const [{ find, open }] = await Promise.all([load(), wait && new Promise((done) => setTimeout(done, wait))]);
          if (mine !== this.#newest) return;
          if (query.trim()) found = await find(query);
          else open().catch(() => {});
        }
      } catch (error) {
        console.warn(error);
      }
      if (mine !== this.#newest) return;
      this.#answer(3, { items: [], suggest: found.suggest });
      draw(query, found);
    }
  }

  const Native = self.Worker;
  // biome-ignore lint/complexity/useArrowFunction: it is called with new
  self.Worker = function (address, options) {
    const ours = new URL(address, location).href === new URL("search.js", HERE).href;
    return ours ? new Search() : new Native(address, options);
  };

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  /** The list of results, and what stands above it. Titles and texts come as HTML, in which everything is escaped. */
  function draw(query, { results, meant }) {
    const box = document.querySelector("[data-md-component=search-result]");
    const meta = box.querySelector(".md-search-result__meta");
    const list = box.querySelector(".md-search-result__list");
    box.querySelector(".tb-search-tools")?.remove();
    if (!query.trim()) return;
    const many = results.length === 1 ? "one" : results.length ? "other" : "none";
    meta.textContent = (translations[`search.result.${many}`] ?? `${results.length}`).replace("#", results.length);
    list.replaceChildren(...results.map(item));
    const tools = element(
      "div",
      { className: "tb-search-tools" },
      ...meaning(query, meant),
      ...filters(query, results),
    );
    if (tools.childElementCount) meta.after(tools);
  }

  function item({ kind, location: place, title, text, lit, page }) {
    const url = new URL(place, root);
    if (lit.length) url.searchParams.set("h", lit.join(" "));
    const article = element("article", { className: "md-search-result__article md-typeset" });
    article.dataset.mdScore = "1";
    const where = kind === "quote" || kind === "turn" ? `${KINDS[kind]} · ${page}` : KINDS[kind];
    article.append(
      element("p", { className: "tb-search-kind", textContent: where }),
      element("h2", { innerHTML: title }),
      element("p", { innerHTML: text }),
    );
    const link = element("a", { className: "md-search-result__link", href: url.href, tabIndex: -1 }, article);
    return element("li", { className: "md-search-result__item" }, link);
  }

  /** Asks for something else, as if it had been typed. */
  function ask(query) {
    const input = document.querySelector(".md-search__input");
    input.value = query;
    input.focus();
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  }

  const button = (className, text, query) => {
    const made = element("button", { type: "button", className, textContent: text });
    made.addEventListener("click", () => ask(query));
    return made;
  };

  function meaning(query, meant) {
    if (!meant.length) return [];
    const other = self.talkbookSearch.mended(query, meant);
    return [element("p", {}, "Did you mean ", button("tb-search-meant", other, other), "?")];
  }

  /** A button for each speaker, topic and conversation among the results, and for each filter that is on. */
  function filters(query, results) {
    const { FILTER } = self.talkbookSearch;
    const on = [...query.matchAll(FILTER)].map(([all, name, quoted, plain]) => ({
      all,
      name: name.toLowerCase(),
      value: quoted ?? plain,
    }));
    const values = { speaker: [], topic: [], in: [] };
    for (const { speaker, topics, transcript, page, kind } of results) {
      if (speaker) values.speaker.push([speaker, speaker]);
      values.topic.push(...topics);
      if (transcript && kind !== "topic") values.in.push([transcript, page]);
    }
    const rows = Object.entries(values).flatMap(([name, found]) => {
      const active = on
        .filter((each) => each.name === name)
        .map(({ all, value }) => {
          const made = button("tb-search-filter", value, query.replace(all, " ").trim());
          made.setAttribute("aria-pressed", "true");
          return made;
        });
      const counts = new Map();
      for (const [value, label] of found) counts.set(value, { label, count: (counts.get(value)?.count ?? 0) + 1 });
      const offered =
        active.length || counts.size < 2
          ? []
          : [...counts]
              .sort(([, a], [, b]) => b.count - a.count)
              .slice(0, MOST)
              .map(([value, { label }]) => {
                const quoted = /\s/.test(value) ? `"${value}"` : value;
                const made = button("tb-search-filter", label, `${query.trim()} ${name}:${quoted}`);
                made.setAttribute("aria-pressed", "false");
                return made;
              });
      const all = [...active, ...offered];
      if (!all.length) return [];
      const row = element("div", { role: "group" }, element("span", { textContent: FACETS[name] }), ...all);
      row.setAttribute("aria-label", FACETS[name]);
      return [row];
    });
    return rows;
  }

  /** Lights up the words that a result was found by, on the page that it leads to. */
  function light() {
    const address = new URL(location);
    const asked = address.searchParams.get("h");
    const article = document.querySelector("article");
    if (!asked || !article) return;
    address.searchParams.delete("h");
    history.replaceState(history.state, "", address);
    const any = asked
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("|");
    const words = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, "giu");
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode())
      if (!walker.currentNode.parentElement.closest("textarea, script, style, svg")) texts.push(walker.currentNode);
    for (const text of texts) {
      for (const { 0: found, index } of [...text.data.matchAll(words)].reverse()) {
        const word = text.splitText(index);
        word.splitText(found.length);
        const mark = element("mark");
        mark.dataset.mdHighlight = "";
        word.replaceWith(mark);
        mark.append(word);
      }
    }
  }

  addEventListener("DOMContentLoaded", () => {
    Object.assign(translations, config().translations);
    if (self.document$) self.document$.subscribe(light);
    else light();
  });
})();
