// Material loads its search worker and the whole index with every page. This holds both back until somebody turns to
// search.
(() => {
  "use strict";

  if (location.protocol === "file:" || window.talkbookSearch) return; // a copy on a disk has Material's own way
  const asked = new Promise((resolve) => {
    const ask = (event) => {
      if (event.target instanceof Element && event.target.closest(".md-search, [for=__search], #__search")) resolve();
    };
    for (const kind of ["focusin", "pointerover", "touchstart", "change"]) {
      document.addEventListener(kind, ask, { passive: true });
    }
    if (new URLSearchParams(location.search).has("q")) resolve(); // a search that was shared
  });
  window.talkbookSearch = asked;

  const { open, send } = XMLHttpRequest.prototype;
  const late = new WeakSet();
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (/\/search\/search_index\.json$/.test(String(address))) late.add(this);
    return open.call(this, method, address, ...rest);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (late.has(this)) asked.then(() => send.call(this, body));
    else send.call(this, body);
  };

  const RealWorker = window.Worker;
  window.Worker = class extends EventTarget {
    #waiting = [];
    #worker = null;

    constructor(address, options) {
      super();
      asked.then(() => {
        this.#worker = new RealWorker(address, options);
        this.#worker.addEventListener("message", ({ data }) => {
          this.dispatchEvent(new MessageEvent("message", { data }));
        });
        for (const message of this.#waiting) this.#worker.postMessage(message);
      });
    }

    postMessage(message) {
      if (this.#worker) this.#worker.postMessage(message);
      else this.#waiting.push(message);
    }

    terminate() {
      this.#worker?.terminate();
    }
  };
})();
