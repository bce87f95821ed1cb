// Finds what a reader asks for: units of 500 to 2,000 characters are ranked by what the index says of them, the best
// are read, and each entry in them is judged (search-ranking.js).
"use strict";
self.talkbookSearch.find = ((search) => {
  const { parse, prefixed, open, read, json, last, exact, variants, parts, meant, decode } = search;
  const { roots, judged, arranged, shown } = search;

  const BLOCKS = 7; // files with texts read for a query
  const OFTEN = [1, 1.3, 1.5, 1.65]; // worth of a unit in which a word stands once, twice, three times; more often

  /** The words that are written as one in the index: imagenet of "image net". */
  async function joined(index, all) {
    const pairs = all
      .slice(1)
      .map((word, at) => [all[at], word])
      .filter((pair) => pair.every((word) => word.length > 1));
    const found = await Promise.all(pairs.map((pair) => exact(index, pair.join(""), 0.9)));
    return new Map(found.flatMap((each, at) => (each.length ? pairs[at].map((word) => [word, each[0]]) : [])));
  }

  /** Each word of the query with what counts as it in the index: {word, terms, worth, as}. as: what it is taken for. */
  async function looked(index, asked) {
    const count = index.letters.length;
    const together = joined(index, asked.all);
    const groups = await Promise.all(
      asked.words.map(async (word) => {
        let found = await variants(index, word, word === asked.open);
        let as;
        const one = (await together).get(word);
        if (one) found.push(one);
        const both = found.length ? prefixed(word) : await parts(index, word);
        const apart = both ? await Promise.all(both.map((each) => exact(index, each, 0.8))) : [];
        if (both && apart.every((each) => each.length)) {
          const terms = new Set(found.map((each) => each.term));
          return { word, both, found: [...found, ...apart.at(-1)], terms };
        }
        if (!found.length) {
          found = await meant(index, word);
          as = found[0]?.term;
          if (as) found = await variants(index, as, false);
        }
        return { word, as, found, terms: new Set(found.map((each) => each.term)) };
      }),
    );
    for (const group of groups) {
      const best = new Float32Array(count);
      let units = 0;
      for (const { postings, factor } of group.found)
        decode(postings, (unit, weight) => {
          if (!best[unit]) units++;
          best[unit] = Math.max(best[unit], OFTEN[weight] * factor);
        });
      group.best = best;
      group.worth = Math.log(1 + (count - units + 0.5) / (units + 0.5));
    }
    return groups;
  }

  /** Terms that every unit with the phrase has; of common words only pairs say much. */
  function within(index, phrase) {
    const pairs = phrase
      .slice(1)
      .map((word, i) => [phrase[i], word])
      .filter((pair) => pair.every((each) => index.common.has(each)));
    const found = [...phrase.filter((word) => !index.common.has(word)), ...pairs.map((pair) => ` ${pair.join(" ")}`)];
    return found.length ? found : phrase;
  }

  /** The postings of each term that a unit must have, for filters and phrases. */
  function required(index, asked) {
    const must = new Set([
      ...asked.filters.flatMap(([name, value]) => value.map((word) => `:${name} ${word}`)),
      ...asked.phrases.flatMap((phrase) => within(index, phrase)),
    ]);
    return Promise.all([...must].map((term) => exact(index, term)));
  }

  /** The units that may answer, the best first. */
  function candidates(index, needed, groups) {
    const having = new Uint8Array(index.letters.length);
    for (const { postings } of needed.flat()) decode(postings, (unit) => having[unit]++);
    const total = groups.reduce((sum, { worth }) => sum + worth, 0);
    const scored = [];
    for (let unit = 0; unit < having.length; unit++) {
      if (having[unit] < needed.length) continue;
      let score = groups.length ? 0 : 1;
      let share = 0;
      for (const { best, worth } of groups)
        if (best[unit]) {
          score += best[unit] * worth;
          share += worth;
        }
      if (score)
        scored.push([score * (total ? share / total : 1) * search.PRIOR[index.kinds[index.letters[unit]]], unit]);
    }
    // Most are far from the best; to leave them out takes less time than to sort them.
    const least = scored.reduce((most, [score]) => Math.max(most, score), 0) * (scored.length > 5000 ? 0.4 : 0);
    return scored
      .filter(([score]) => score >= least)
      .sort((a, b) => b[0] - a[0] || a[1] - b[1])
      .map(([, unit]) => unit);
  }

  /** The entries of the best units: {address, page, kind, entry, before}. before: the turn before a turn. */
  async function entries(index, units) {
    const chosen = new Map();
    for (const unit of units) {
      const at = last(index.first, unit);
      if (!chosen.has(at) && chosen.size === BLOCKS) continue;
      chosen.set(at, [...(chosen.get(at) ?? []), unit - index.first[at]]);
    }
    const found = await Promise.all(
      [...chosen].map(async ([at, wanted]) => {
        const every = [];
        let unit = 0;
        for (const [address, page, parts] of await read(index.path[at], json)) {
          let before;
          for (const part of parts) {
            const kind = index.kinds[index.letters[index.first[at] + unit]];
            for (const entry of part) {
              if (wanted.includes(unit)) every.push({ address, page, kind, entry, before });
              before = kind === "turn" ? entry : undefined;
            }
            unit++;
          }
        }
        return every;
      }),
    );
    return found.flat();
  }

  /** A word that only captions have, with what stands in its place: [heard, means]. */
  function misheard(groups, results) {
    return groups.flatMap(({ word, as, both, terms }, at) => {
      const having = results.filter((each) => each.told[at].length);
      const direct = ({ body, told }) =>
        told[at].some((token) => body.list[token].words.some((each) => terms.has(each)));
      if (as || both || !having.length || having.some(direct)) return [];
      const { text, list, other } = having[0].body;
      const token = having[0].told[at][0];
      return [[word, text.slice(list[token].start, list[other.get(token).next - 1].end)]];
    });
  }

  async function look(index, asked) {
    const [every, needed] = await Promise.all([looked(index, asked), required(index, asked)]);
    const groups = every.filter((each) => each.found.length);
    asked.wanted = new Set(groups.flatMap(({ word, as, both }) => [...roots(as ?? both?.join(" ") ?? word)]));
    const found = await entries(index, candidates(index, needed, groups));
    return { groups, results: arranged(found.map((each) => judged(asked, groups, each)).filter(Boolean)) };
  }

  /** What is found: {results, meant, suggest}. meant: [asked, meant] of words that are not in the index or misheard. */
  return async function find(query) {
    const index = await open();
    let asked = parse(query);
    const nothing = ![asked.filters, asked.phrases, asked.words].some((each) => each.length);
    if (nothing) return { results: [], meant: [], suggest: [] };
    let { groups, results } = await look(index, asked);
    if (!results.length && asked.single.size) {
      asked = parse(query, false);
      ({ groups, results } = await look(index, asked));
    }
    let meant_ = groups.filter(({ as }) => as).map(({ word, as }) => [word, as]);
    const heard = misheard(groups, results);
    if (heard.length && !asked.phrases.length) {
      ({ groups, results } = await look(index, parse(search.mended(query, heard))));
      meant_ = [...meant_, ...heard];
    }
    const longest = groups
      .find(({ word }) => word === asked.open)
      ?.found.reduce((a, b) => (b.postings.length > a.postings.length ? b : a));
    return { results: results.map(shown), meant: meant_, suggest: longest ? [longest.term] : [] };
  };
})(self.talkbookSearch);
