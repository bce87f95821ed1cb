// What is typed, taken apart as the index's texts were (talkbook/search/tokenizer.py): words, their stems, phrases, and
// what a search is narrowed by. The first of the scripts that are loaded when somebody searches.
"use strict";
self.talkbookSearch = (() => {
  const SINGLE = // letters of scripts without spaces between words, as in talkbook/text/scripts.py
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}" +
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u108f\u1780-\u17d3";
  const RUN = new RegExp(`[${SINGLE}]{2,}`, "gu");
  const WORD = new RegExp(`[${SINGLE}]|(?:(?![${SINGLE}])[\\p{L}\\p{N}])+`, "gu");
  const TOKEN = new RegExp(`[${SINGLE}]|(?:(?![${SINGLE}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
  const PLAIN = /^[A-Za-z0-9]+$/; // a word as it is, as most are
  const FILTER = /(?:^|\s)(speaker|topic|in):(?:"([^"]*)"?|(\S+))/gi;
  const JOINED = /[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)+/gu; // with hyphens: a phrase, however it is quoted

  const FILLERS = new Set("uh uhh uhm um umm er erm hm hmm mhm".split(" "));
  const STOP = new Set(
    `
  a about after again ain all also am an and any are aren as at be because been before being but by can could
  couldn d did didn do does doesn doing don for from had has have he her here him his how i if in into is isn
  it its just ll m me more most much my no not of on one or our re s say saying says said she should so some
  something t tell tells than that the their them then there these they this those to too up us ve very was we
  were what when where which while who whom whose why will with would you your
`
      .trim()
      .split(/\s+/),
  );

  /** As search/tokenizer.py cuts a text. */
  const words = (text) =>
    text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .match(WORD) ?? [];

  /** Where the words of a text stand. A token may be several words in the index. */
  const tokens = (text) =>
    [...text.matchAll(TOKEN)].map(({ 0: token, index }) => ({
      start: index,
      end: index + token.length,
      words: PLAIN.test(token) ? [token.toLowerCase()] : words(token),
    }));

  // Forms that no ending tells.
  const FORMS = new Map(
    `
  begin began begun, break broke broken, bring brought, build built, buy bought, catch caught, child children,
  choose chose chosen, come came, cost costs, draw drew drawn, drive drove driven, fall fell fallen, feel
  felt, find found, fly flew flown, foot feet, get got gotten, give gave given, go goes went gone, grow grew
  grown, hold held, keep kept, know knew known, lead led, learn learnt, leave left, lose lost, make made, man
  men, mean meant, meet met, mouse mice, pay paid, rise rose risen, run ran, see saw seen, sell sold, send
  sent, show shown, sit sat, speak spoke spoken, spend spent, stand stood, take took taken, teach taught,
  throw threw thrown, understand understood, win won, woman women, write wrote written
`
      .trim()
      .split(/,\s*/)
      .map((each) => each.split(/\s+/))
      .flatMap((all) => all.map((form) => [form, all])),
  );
  const VOWEL = /[aeiouy]/;
  const ENDINGS = /(?:ing|ed|ly|er|ers)$/;

  const stems = new Map();

  /** What an English word has in common with its inflections: scal of scale, scales, scaled and scaling. */
  function stem(word) {
    if (!stems.has(word)) stems.set(word, stemmed(word));
    return stems.get(word);
  }

  function stemmed(word) {
    if (FORMS.has(word)) return FORMS.get(word)[0];
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    let root = word
      .replace(/ies$/, "y")
      .replace(/sses$/, "ss")
      .replace(/([^suai])s$/, "$1");
    const bare = root.replace(ENDINGS, "");
    if (bare.length > 2 && bare !== root && VOWEL.test(bare) && (bare.length > 4 || !/ers?$/.test(root)))
      root = bare.replace(/([bdfgmnprt])\1$/, "$1");
    root = root
      .replace(/(t|s)ion$/, "$1")
      .replace(/(at)or$/, "$1")
      .replace(/ment$/, "");
    return root.length > 3 ? root.replace(/[ey]$/, "").replace(/i$/, "") : root;
  }

  /**
   * What is asked for: filters, phrases (lists of words), and words, without those that say nothing if others do.
   * open: the last word while it is typed. all: every word, in order. together: runs of single letters are phrases too.
   */
  function parse(query, together = true) {
    const filters = [];
    const phrases = [];
    const rest = query
      .replace(FILTER, (_, name, quoted, plain) => {
        filters.push([name.toLowerCase(), words(quoted ?? plain)]);
        return " ";
      })
      .replace(/["“”„]([^"“”„]*)["“”„]?/g, (_, phrase) => {
        phrases.push(words(phrase).filter((word) => !FILLERS.has(word)));
        return " ";
      });
    const near = (rest.match(JOINED) ?? []).map(words);
    const runs = together ? (rest.match(RUN) ?? []).map(words) : [];
    const all = words(rest);
    const telling = all.filter((word) => !STOP.has(word));
    const end = all.at(-1) ?? "";
    return {
      filters,
      phrases: [...phrases, ...runs].filter((each) => each.length),
      near,
      all,
      words: [...new Set(telling.length ? telling : all)],
      single: new Set(runs.flat()),
      open: end.length > 2 && query.endsWith(rest.trim().slice(-1)) ? end : "",
    };
  }

  const PREFIX = /^(anti|non|over|post|pre|self|semi|sub|under)([a-z]{4,})$/;

  /** A word and what stands before it, which others write with a hyphen: pre and training of pretraining. */
  const prefixed = (word) => word.match(PREFIX)?.slice(1);

  /** How many letters more, less, other or swapped make b of a, as far as `most`; more than that is most + 1. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before, last;
    let row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      before = last;
      last = row;
      row = [i];
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
    }
    return row[b.length];
  }

  /** A text with words in the place of others, given as [word, instead]. */
  const mended = (text, pairs) =>
    pairs.reduce(
      (all, [word, instead]) => all.replace(new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, "iu"), instead),
      text,
    );

  return { mended, prefixed, FILTER, STOP, FORMS, words, tokens, stem, parse, distance };
})();
