// Judges the entries that were read: by how many of the words asked for they have, how rare these are (BM25), how close
// to one another they stand and in which order, whether an entry is called so, and what was asked before it was said.
// Shows those that are worth it with the words around the hit.
"use strict";
Object.assign(
  self.talkbookSearch,
  (({ STOP, words, tokens, stem }) => {
    const RESULTS = 12;
    const K1 = 1.2;
    const B = 0.4;
    const LENGTH = 120; // words of an entry of usual length
    const PRIOR = { topic: 1.15, person: 1.15, quote: 1.1, turn: 1, page: 0.9, section: 0.9 };
    const RANK = { topic: 0, person: 0, section: 0, page: 0, quote: 1, turn: 2 };
    const SAID = new Set(["quote", "turn"]);
    const STRONG = 0.85; // of the best: what is worth it by itself
    const PAGE = 0.5; // of the best: a page that is shown at all
    const WEAK = 0.3; // of the best that is said: what is said and shown at all
    const ALIKE = 0.75; // of a turn's score: a quote from it that is shown in its place
    const CLOSE = 4; // words between two that count as said together
    const SNIPPET = 220; // characters

    const readings = new WeakMap();

    /** The text of an entry as reading() has it, once for what it says and for what it was asked. */
    function read(entry) {
      if (!readings.has(entry)) readings.set(entry, reading(entry[2], entry.slice(7)));
      return readings.get(entry);
    }

    /** A text as a list of its words, with what captions have in the place of corrected ones. */
    function reading(text, captioned = []) {
      const list = tokens(text);
      const other = new Map(); // by the token where it begins: its words, and the token after it
      for (let at = 0; at < captioned.length; at += 3) {
        const [start, end, said] = captioned.slice(at, at + 3);
        const first = list.findIndex((each) => each.start >= start && each.end <= end);
        const after = list.findIndex((each) => each.start >= end);
        if (first >= 0) other.set(first, { words: words(said), next: after < 0 ? list.length : after });
      }
      return { text, list, other };
    }

    /** Where a phrase stands: (first, end) of the tokens that it takes up, each time. */
    function phrased({ list, other }, phrase) {
      const match = (at, from) => {
        if (from === phrase.length) return at;
        if (at === list.length) return -1;
        for (const { words: said, next } of [{ words: list[at].words, next: at + 1 }, other.get(at)].filter(Boolean)) {
          if (!said.length) continue;
          // A phrase may begin or end within what one word or one correction stands for.
          const part = phrase.slice(from, from + said.length);
          const here = part.every((word, i) => word === said[i]);
          const end = here ? match(next, from + part.length) : -1;
          if (end >= 0) return end;
        }
        return -1;
      };
      const found = [];
      for (let at = 0; at < list.length; at++) {
        const end = match(at, 0);
        if (end > at) found.push([at, end]);
      }
      return found;
    }

    /** (first, end) of the longest run of tokens that is asked in this order too: at least two, and one that tells. */
    function longest({ list }, all) {
      const asked = all.map(stem);
      const said = list.map((token) => stem(token.words[0] ?? ""));
      let best;
      said.forEach((word, at) => {
        for (let from = asked.indexOf(word); from >= 0; from = asked.indexOf(word, from + 1)) {
          let size = 1;
          while (from + size < asked.length && said[at + size] === asked[from + size]) size++;
          const telling = size > 1 && all.slice(from, from + size).some((each) => !STOP.has(each));
          if (telling && size > (best ? best[1] - best[0] : 1)) best = [at, at + size];
        }
      });
      return best;
    }

    /** For each group of words asked for, the tokens where one of them stands. */
    function hits({ list, other }, groups) {
      return groups.map(({ terms, both }) => {
        const found = [];
        list.forEach((token, at) => {
          const said = other.get(at)?.words ?? [];
          const apart = both && token.words.includes(both[0]) && list[at + 1]?.words.includes(both[1]);
          if (apart) found.push(at, at + 1);
          else if ([...token.words, ...said].some((each) => terms.has(each))) found.push(at);
        });
        return found;
      });
    }

    const roots = (text) =>
      new Set(
        words(text)
          .filter((word) => !STOP.has(word))
          .map(stem),
      );

    /** How much of a name is asked for, from 0 to 1, and how much of what is asked for is the name. */
    function named(name, wanted) {
      const own = roots(name);
      if (!own.size) return 0;
      const both = [...own].filter((word) => wanted.has(word)).length;
      return both === own.size ? both / wanted.size : 0;
    }

    /** Each topic's slug with its title. */
    const pairs = (slugs, titles) => slugs.filter(Boolean).map((slug, at) => [slug, titles[at]]);

    /** The entry as a result, if it answers. */
    function judged(asked, groups, { address, page, kind, entry, before }) {
      const [anchor, title, text, speaker, topics, transcript, topicTitles] = entry;
      const names = { speaker: [speaker], topic: topics.split(" "), in: [transcript] };
      for (const [name, value] of asked.filters)
        if (!names[name].some((each) => value.every((word) => words(each).includes(word)))) return;
      const body = read(entry);
      const head = reading(title);
      const passages = [];
      for (const phrase of asked.phrases) {
        const said = phrased(body, phrase);
        if (!said.length && !phrased(head, phrase).length) return;
        passages.push(...said);
      }
      const [told, called] = [hits(body, groups), hits(head, groups)];
      const context = before && before[3] !== speaker ? hits(read(before), groups) : [];
      const length = 1 - B + (B * body.list.length) / LENGTH;
      const total = groups.reduce((sum, { worth }) => sum + worth, 0);
      let score = asked.phrases.length ? 2 + passages.length / 4 : groups.length ? 0 : 1;
      let share = 0;
      groups.forEach(({ worth }, at) => {
        const often = told[at].length;
        const tf = (often * (K1 + 1)) / (often + K1 * length);
        const name = called[at].length ? (anchor ? 0.5 : 1.5) : 0;
        const asks = context[at]?.length ? 0.45 : 0;
        if (often || name || asks) score += worth * Math.max(tf + name, 0) + worth * asks;
        share += worth * (often || name ? 1 : asks ? 0.7 : 0);
      });
      if (groups.length && !told.some((each) => each.length) && !called.some((each) => each.length)) return;
      // What is asked for together, and said together in this order.
      for (let at = 1; at < groups.length; at++) {
        const near = told[at - 1].some((one) => told[at].some((other) => other > one && other - one <= CLOSE));
        const turned = told[at - 1].some((one) => told[at].some((other) => other < one && one - other <= CLOSE));
        score += Math.min(groups[at - 1].worth, groups[at].worth) * (near ? 0.8 : turned ? 0.3 : 0);
      }
      const run = longest(body, asked.all);
      if (run) {
        score *= 1 + 0.15 * (run[1] - run[0] - 1);
        passages.push(run);
      }
      if (total) score *= (share / total) ** 1.5;
      if (!score) return;
      if (!anchor) {
        const names = kind === "topic" ? [title, ...text.split(". ")[0].split("; ")] : [title];
        score *= 1 + 2.5 * Math.max(...names.map((name) => named(name, asked.wanted)));
      }
      return {
        kind,
        address,
        anchor,
        title,
        text,
        page,
        speaker,
        topics: pairs(topics.split(" "), topicTitles.split("\n")),
        transcript,
        score: score * PRIOR[kind],
        body,
        head,
        told,
        called,
        passages,
      };
    }

    /** The same words are in a turn and in the quotes of it: what a quote shows, its turn needs not. */
    function unlike(results) {
      const quotes = results.filter((each) => each.kind === "quote");
      return results.filter(
        (each) =>
          each.kind !== "turn" ||
          !quotes.some(
            (quote) =>
              quote.transcript === each.transcript &&
              each.text.includes(quote.text) &&
              quote.score >= each.score * ALIKE,
          ),
      );
    }

    /** What answers best, and then the rest; in both topics, then quotes, then turns. */
    function arranged(results) {
      const sorted = results.sort(
        (a, b) => b.score - a.score || (a.address + a.anchor < b.address + b.anchor ? -1 : 1),
      );
      const best = sorted[0]?.score ?? 0;
      const told = Math.max(0, ...sorted.filter((each) => SAID.has(each.kind)).map((each) => each.score));
      const pages = new Set();
      const kept = unlike(sorted)
        .filter(({ kind, score, address }) => {
          if (SAID.has(kind)) return score >= told * WEAK;
          const seen = pages.has(address); // of a page by itself and its sections, one is enough
          pages.add(address);
          return !seen && score >= best * PAGE;
        })
        .slice(0, RESULTS);
      const rank = ({ kind, score }) => RANK[kind] + (score >= best * STRONG ? 0 : 3);
      return kept.sort((a, b) => rank(a) - rank(b) || b.score - a.score);
    }

    const escaped = (text) => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt()};`);

    /** HTML of the stretch of a text that has most of what was found, with the tokens marked. */
    function snippet({ text, list }, marked, whole = false) {
      const found = [...marked].sort((a, b) => a - b).map((at) => list[at]);
      const inside = (from) => found.filter((each) => each.start >= from && each.end < from + SNIPPET - 60).length;
      const best = found.reduce((a, b) => (inside(b.start) > inside(a) ? b.start : a), found[0]?.start ?? 0);
      const fits = whole || text.length <= SNIPPET + 40;
      let start = fits || best < 60 ? 0 : text.lastIndexOf(" ", best - 50) + 1;
      if (best - start > 120) start = best;
      let end = fits ? text.length : text.lastIndexOf(" ", start + SNIPPET);
      if (end <= best) end = Math.min(text.length, start + SNIPPET);
      let html = "";
      let at = start;
      for (const token of found) {
        if (token.start < at || token.end > end) continue;
        html += `${escaped(text.slice(at, token.start))}<mark>${escaped(text.slice(token.start, token.end))}</mark>`;
        at = token.end;
      }
      html = (html + escaped(text.slice(at, end))).replaceAll("</mark> <mark>", " ");
      return `${start ? "… " : ""}${html}${end < text.length ? " …" : ""}`;
    }

    function shown({ kind, address, anchor, page, speaker, topics, transcript, body, head, told, called, passages }) {
      const marked = new Set(told.flat());
      for (const [first, end] of passages) for (let at = first; at < end; at++) marked.add(at);
      const said = [...new Set([...marked].map((at) => body.text.slice(body.list[at].start, body.list[at].end)))];
      const telling = said.filter((word) => !STOP.has(word.toLowerCase()));
      return {
        kind,
        page,
        speaker,
        topics,
        transcript,
        location: anchor ? `${address}#${anchor}` : address,
        title: snippet(head, new Set(called.flat()), true),
        text: snippet(body, marked),
        lit: telling.length ? telling : said,
      };
    }

    return { PRIOR, roots, judged, arranged, shown };
  })(self.talkbookSearch),
);
