// Reads of an index what a query needs; talkbook/search/index_files.py says what is in its files. Over http they are
// fetched; a page that was opened from a disk may fetch nothing, and has them as scripts that call `part`.
"use strict";
Object.assign(
  self.talkbookSearch,
  (({ FORMS, stem, distance }) => {
    const FOLDER = new URL("../search/", document.currentScript.src);
    const SHARDS = 4; // files read for the forms of a word at most

    /** The place of the last item that is not greater than `value`, at least 0. */
    function last(items, value) {
      let low = 0;
      for (let high = items.length; high - low > 1; ) {
        const middle = (low + high) >> 1;
        if (items[middle] <= value) low = middle;
        else high = middle;
      }
      return low;
    }

    const kept = new Map();
    const waiting = new Map();
    let version;

    /** What a script of a copy on a disk gives: the path and the packed bytes of a file, in base64. */
    function part(path, data) {
      waiting.get(path)?.(Uint8Array.from(atob(data), (each) => each.charCodeAt()));
      waiting.delete(path);
    }

    const fromDisk = (path) =>
      new Promise((done, failed) => {
        waiting.set(path, done);
        const script = document.createElement("script");
        script.src = new URL(path.replace(/bin$/, "js"), FOLDER);
        script.onerror = () => failed(new Error(`${script.src} is not there`));
        script.onload = () => script.remove();
        document.head.append(script);
      }).then((bytes) => new Blob([bytes]).stream());

    async function fromServer(path) {
      const url = new URL(path, FOLDER);
      // A new index lies at the same addresses; its version keeps a browser from mixing the two.
      url.search = version ?? "";
      const answer = await fetch(url, { cache: version ? "default" : "no-cache" });
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.body;
    }

    /** What `parse` makes of the bytes of a file of the index. */
    function read(path, parse) {
      if (!kept.has(path)) {
        if (kept.size > 500) kept.clear();
        const loading = (FOLDER.protocol === "file:" ? fromDisk(path) : fromServer(path)).then(async (stream) => {
          const plain = stream.pipeThrough(new DecompressionStream("deflate"));
          return parse(new Uint8Array(await new Response(plain).arrayBuffer()));
        });
        loading.catch(() => kept.delete(path));
        kept.set(path, loading);
      }
      return kept.get(path);
    }

    const decoded = (bytes) => new TextDecoder().decode(bytes);
    const json = (bytes) => JSON.parse(decoded(bytes));
    const lines = (bytes) => decoded(bytes).split("\n");

    /** index.bin, with the kind of each unit as a letter, and the first unit of each block. */
    async function open() {
      const index = await read("index.bin", json);
      version = index.version;
      if (!index.first) {
        const units = index.blocks.flat();
        index.letters = units.join("");
        index.path = index.blocks.flatMap((part, p) => part.map((_, at) => `blocks/${p}-${at}.bin`));
        index.file = index.terms.flatMap((group, g) => group.map((_, at) => `terms/${g}-${at}.bin`));
        index.terms = index.terms.flat();
        let unit = 0;
        index.first = units.map((each) => {
          unit += each.length;
          return unit - each.length;
        });
        index.common = new Set(index.common);
        index.frequent = new Set(index.frequent);
      }
      return index;
    }

    /** A file of terms: the bytes of each one's postings. */
    function postings(bytes) {
      const end = bytes.indexOf(10);
      const head = json(bytes.subarray(0, end));
      const found = new Map();
      let start = end + 1;
      for (let i = 0; i < head.length; i += 2) {
        found.set(head[i], bytes.subarray(start, start + head[i + 1]));
        start += head[i + 1];
      }
      return found;
    }

    /** The term itself with its postings, if there is any. */
    async function exact(index, term, factor = 1) {
      const found = (await read(index.file[last(index.terms, term)], postings)).get(term);
      return found ? [{ term, postings: found, factor }] : [];
    }

    /** The terms that begin with `prefix` and that `take` gives a factor above 0. */
    async function beginning(index, prefix, take) {
      const from = last(index.terms, prefix);
      const found = [];
      for (let at = from; at < Math.min(from + SHARDS, index.file.length); at++) {
        for (const [term, postings_] of await read(index.file[at], postings)) {
          const factor = term.startsWith(prefix) ? take(term) : 0;
          if (factor) found.push({ term, postings: postings_, factor });
        }
        if (!index.terms[at + 1]?.startsWith(prefix)) break;
      }
      return found;
    }

    /** The terms that count as a word of a query: its inflections and, while it is typed, all that begin with it. */
    async function variants(index, word, open) {
      const forms = FORMS.get(word);
      if (forms) return (await Promise.all(forms.map((each) => exact(index, each, each === word ? 1 : 0.9)))).flat();
      const root = stem(word);
      const prefix = root.length > 3 ? root.slice(0, -1) : word.slice(0, root.length);
      return beginning(index, open ? root : prefix, (term) =>
        term === word ? 1 : stem(term) === root ? 0.9 : open && term.startsWith(word) ? 0.7 : 0,
      );
    }

    /** All words of the index that begin with one of these letters. */
    async function vocabulary(index, letters) {
      const files = new Set();
      for (const letter of letters)
        for (let at = last(index.words, letter); index.words[at]?.[0] <= letter; at++) files.add(at);
      return (await Promise.all([...files].map((at) => read(`words/${at}.bin`, lines)))).flat();
    }

    /** Two words of the index that, written as one, are this word: pre and training of pretraining. */
    async function parts(index, word) {
      if (word.length < 6) return;
      const first = new Set(
        (await vocabulary(index, [word[0]])).filter((each) => each.length > 2 && word.startsWith(each)),
      );
      for (let at = word.length - 3; at > 2; at--) {
        const both = [word.slice(0, at), word.slice(at)];
        if (first.has(both[0]) && (await exact(index, both[1])).length) return both;
      }
    }

    /** The words that an unknown one may have been meant to be, the likeliest first. */
    async function meant(index, word) {
      if (word.length < 4) return [];
      const most = word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
      const all = await vocabulary(index, index.words.length > 4 ? word[0] : index.words.map((each) => each[0]));
      const near = [];
      for (const each of all) {
        const far = distance(word, each, most) + (each[0] === word[0] ? 0 : 0.5);
        if (far <= most && each.length > 3) near.push([far, each]);
      }
      const least = Math.min(...near.map(([far]) => far));
      const close = near.filter(([far]) => far === least).slice(0, 4);
      const found = await Promise.all(close.map(([, term]) => exact(index, term, 0.8)));
      return found
        .flat()
        .sort((a, b) => b.postings.length - a.postings.length)
        .slice(0, 3);
    }

    /** Call `take` with each unit of some postings, and its weight. */
    function decode(bytes, take) {
      let unit = 0;
      for (let i = 0; i < bytes.length; i += 1) {
        let number = bytes[i] & 127;
        for (let shift = 7; bytes[i] > 127; shift += 7) {
          i += 1;
          number |= (bytes[i] & 127) << shift;
        }
        unit += number >>> 2;
        take(unit, number & 3);
      }
    }

    return { part, open, read, json, last, exact, variants, parts, meant, decode };
  })(self.talkbookSearch),
);
