// Material shows what a link leads to only where the sitemap lists it, and compares whole addresses. A site that is
// served elsewhere than it is published, below another path or at another port, is listed under addresses that no link
// has. Here the sitemap that Material reads has the addresses at which the site is served.
(() => {
  "use strict";

  const config = JSON.parse(document.getElementById("__config").textContent);
  const root = new URL(config.base, location).href.replace(/\/?$/, "/");
  const { open, send } = XMLHttpRequest.prototype;
  const sitemaps = new WeakMap();

  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (String(address) === `${root}sitemap.xml`) sitemaps.set(this, address);
    return open.call(this, method, address, ...rest);
  };

  XMLHttpRequest.prototype.send = function (body) {
    if (!sitemaps.has(this)) return send.call(this, body);
    const give = (status, text) => {
      Object.defineProperties(this, { status: { value: status }, response: { value: new Blob([text]) } });
      this.dispatchEvent(new ProgressEvent("load"));
    };
    fetch(sitemaps.get(this))
      .then(async (answer) => give(answer.status, served(await answer.text())))
      .catch(() => this.dispatchEvent(new ProgressEvent("error")));
  };

  /** The sitemap with each address below the root at which the site is served. The start page's is the shortest. */
  function served(text) {
    const places = [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map((each) => each[1]);
    const home = places.reduce((a, b) => (b.length < a.length ? b : a), places[0] ?? "");
    if (!places.every((each) => each.startsWith(home))) return text;
    return text.replace(/<loc>(.*?)<\/loc>/g, (_, place) => `<loc>${root}${place.slice(home.length)}</loc>`);
  }
})();
