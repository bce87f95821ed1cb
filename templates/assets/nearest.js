// On the page that stands for missing ones: the pages whose titles and addresses are most like the one asked for.
(async () => {
  "use strict";

  const list = document.querySelector("[data-nearest]");
  if (!list || location.protocol === "file:") return;
  const MOST = 5;
  const LIKE = 0.35; // from 0, nothing in common, to 1, the same

  // How much two names have in common: the Dice coefficient of their pairs of letters.
  const pairs = (text) => {
    const letters = text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[^\p{L}\p{N}]+/gu, "");
    return Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2));
  };
  const likeness = (one, other) => {
    const left = [...other];
    let common = 0;
    for (const pair of one) {
      const at = left.indexOf(pair);
      if (at < 0) continue;
      left.splice(at, 1);
      common += 1;
    }
    return (2 * common) / Math.max(1, one.length + other.length);
  };

  const [name] = location.pathname
    .replace(/(?:index)?(?:\.html|\.md)?\/?$/, "")
    .split("/")
    .slice(-1);
  let asked = pairs(name);
  try {
    asked = pairs(decodeURIComponent(name));
  } catch {
    // an address that is none is taken as it is
  }
  const { pages, ending } = list.dataset;
  const base = pages.slice(0, pages.lastIndexOf("/") + 1);
  let lines = "";
  try {
    const answer = await fetch(pages);
    if (answer.ok) lines = await answer.text();
  } catch {
    return; // the links that stand here anyway stay
  }
  // The text for which escaped Markdown stands.
  const plain = (words) => words.replace(/\\(.)|&#(\d+);/g, (_, sign, code) => sign ?? String.fromCodePoint(code));
  const found = [];
  const ENTRY = /^- \[(.*)\]\([^)]*?((?:topics|transcripts|people)\/([^)]*))\.md\)/gm;
  for (const [, escaped, path, slug] of lines.matchAll(ENTRY)) {
    const title = plain(escaped);
    const score = Math.max(likeness(asked, pairs(slug)), likeness(asked, pairs(title)));
    if (score >= LIKE) found.push({ score, title, address: `${base}${path}${ending}` });
  }
  if (!found.length) return;
  found.sort((one, other) => other.score - one.score);
  for (const { title, address } of found.slice(0, MOST)) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    list.appendChild(document.createElement("li")).append(link);
  }
  list.parentElement.hidden = false;
})();
