// Searches an archive behind Material's search box, in the place of Material's worker. Of the index it reads only
// what a query needs; talkbook/search/index.py says what is in its files.
"use strict"

const FOLDER = new URL("../search/", self.location)
const FILTER = /(?:^|\s)(speaker|topic|in):(?:"([^"]*)"?|(\S+))/gi
const SINGLE = // letters of scripts without spaces between words, as in talkbook/unspaced.py
  "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}" +
  "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u108f\u1780-\u17d3"
const RUN = new RegExp(`[${SINGLE}]{2,}`, "gu")
const WORD = new RegExp(`[${SINGLE}]|(?:(?![${SINGLE}])[\\p{L}\\p{N}])+`, "gu")
const TOKEN = new RegExp(`[${SINGLE}]|(?:(?![${SINGLE}])[\\p{L}\\p{N}\\p{M}])+`, "gu")

const PAUSE = 100 // milliseconds without a key, after which a query is worth its requests
const EACH = 8 // units of each rank read at a time, so that broad queries show all kinds of results
const PAGES = 10 // pages found are enough
const BLOCKS = 40 // blocks read for a query at most
const SHARDS = 3 // files read for the endings of a word at most
const SNIPPET = 320 // characters
const WEIGHTS = [1, 1.2, 1.35, 1.6] // of a posting: said once, twice, three times; more often, or in a page's title

/** As search/words.py cuts a text. */
const words = text =>
  text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").match(WORD) ?? []

/** The place of the last item that is not greater than `value`, at least 0. */
function last(items, value) {
  let low = 0
  for (let high = items.length; high - low > 1; ) {
    const middle = (low + high) >> 1
    if (items[middle] <= value) low = middle
    else high = middle
  }
  return low
}

const kept = new Map()
let version

/** What `parse` makes of the bytes of a file of the index. */
function read(path, parse) {
  if (!kept.has(path)) {
    if (kept.size > 500) kept.clear()
    const url = new URL(path, FOLDER)
    // A new index lies at the same addresses; its version keeps a browser from mixing the two.
    url.search = version ?? ""
    const loading = fetch(url, { cache: version ? "default" : "no-cache" }).then(async answer => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
      const plain = answer.body.pipeThrough(new DecompressionStream("deflate"))
      return parse(new Uint8Array(await new Response(plain).arrayBuffer()))
    })
    loading.catch(() => kept.delete(path))
    kept.set(path, loading)
  }
  return kept.get(path)
}

const decoded = bytes => new TextDecoder().decode(bytes)
const json = bytes => JSON.parse(decoded(bytes))
const lines = bytes => decoded(bytes).split("\n")

/** index.bin, with the rank of each unit, and the first unit of each block. */
async function open() {
  const index = await read("index.bin", json)
  version = index.version
  if (!index.first) {
    const units = index.blocks.flat()
    index.rank = units.join("")
    index.path = index.blocks.flatMap((part, p) => part.map((_, at) => `blocks/${p}-${at}.bin`))
    index.file = index.terms.flatMap((group, g) => group.map((_, at) => `terms/${g}-${at}.bin`))
    index.terms = index.terms.flat()
    let unit = 0
    index.first = units.map(each => (unit += each.length) - each.length)
    index.common = new Set(index.common)
    index.frequent = new Set(index.frequent)
  }
  return index
}

/** A file of terms: the bytes of each one's postings. */
function terms(bytes) {
  const end = bytes.indexOf(10)
  const head = json(bytes.subarray(0, end))
  const found = new Map()
  let start = end + 1
  for (let i = 0; i < head.length; i += 2) found.set(head[i], bytes.subarray(start, (start += head[i + 1])))
  return found
}

/** The term itself with its postings, if there is any. */
async function exact(index, term, factor = 1) {
  const postings = (await read(index.file[last(index.terms, term)], terms)).get(term)
  return postings ? [{ term, postings, factor }] : []
}

/** The terms that start with `word`: itself, its inflections, and while it is still open any. */
async function starting(index, word, open) {
  const longest = open ? Infinity : word.length > 3 ? word.length + 3 : word.length
  const from = last(index.terms, word)
  const found = []
  for (let at = from; at < Math.min(from + SHARDS, index.file.length); at++) {
    for (const [term, postings] of await read(index.file[at], terms))
      if (term.startsWith(word) && term.length <= longest)
        found.push({ term, postings, factor: term === word ? 1 : 0.8 })
    if (longest === word.length || !index.terms[at + 1]?.startsWith(word)) break
  }
  return found
}

/** Whether one letter more, less or other, or two letters swapped, make b of a. */
function near(a, b) {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  const [x, y] = [a.slice(i), b.slice(i)]
  return x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) ||
    (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2))
}

/** The words that an unknown one may have been meant to be. Its first letter is taken to be right. */
async function meant(index, word) {
  if (word.length < 5) return []
  const files = []
  for (let at = last(index.words, word[0]); at < index.words.length && index.words[at][0] <= word[0]; at++)
    files.push(read(`words/${at}.bin`, lines))
  const close = (await Promise.all(files)).flat().filter(each => each[0] === word[0] && near(word, each))
  const found = await Promise.all(close.slice(0, 8).map(term => exact(index, term, 0.6)))
  return found.flat().sort((a, b) => b.postings.length - a.postings.length).slice(0, 3)
}

/** Call `take` with each unit of some postings, and its weight. */
function decode(postings, take) {
  let unit = 0
  for (let i = 0; i < postings.length; ) {
    let number = 0
    for (let byte = 128, shift = 0; byte > 127; shift += 7) number |= ((byte = postings[i++]) & 127) << shift
    take((unit += number >>> 2), number & 3)
  }
}

/** What is asked for: filters, phrases and words, the last open while it is typed. together: RUNs are phrases too. */
function parse(query, together) {
  const filters = []
  const phrases = []
  const rest = query
    .replace(FILTER, (_, name, quoted, plain) => {
      filters.push([name.toLowerCase(), words(quoted ?? plain)])
      return " "
    })
    .replace(/"([^"]*)"?/g, (_, phrase) => {
      phrases.push(words(phrase))
      return " "
    })
  const runs = together ? (rest.match(RUN) ?? []).map(words) : []
  const every = words(rest)
  const end = every.at(-1) ?? ""
  const open = end.length > 2 && query.endsWith(rest.trim().slice(-1)) ? end : ""
  const all = [...phrases, ...runs].filter(each => each.length)
  return { filters, phrases: all, words: [...new Set(every)], single: new Set(runs.flat()), open }
}

/** Terms that every unit with the phrase has; of common words only pairs say much. */
function within(index, phrase) {
  const pairs = phrase.slice(1).map((word, i) => [phrase[i], word])
    .filter(pair => pair.every(each => index.common.has(each)))
  const found = [...phrase.filter(word => !index.common.has(word)), ...pairs.map(pair => ` ${pair.join(" ")}`)]
  return found.length ? found : phrase
}

/** Units that may answer, best first; and for each word of the query what counts as it. */
async function candidates(index, asked) {
  const count = index.rank.length
  const must = new Set([
    ...asked.filters.flatMap(([name, value]) => value.map(word => `:${name} ${word}`)),
    ...asked.phrases.flatMap(phrase => within(index, phrase))
  ])
  const rare = asked.words.filter(word => !index.frequent.has(word))
  const looked = rare.length || must.size ? rare : asked.words
  const [needed, variants] = await Promise.all([
    Promise.all([...must].map(term => exact(index, term))),
    Promise.all(looked.map(async word => {
      const found = await starting(index, word, word === asked.open)
      return found.length ? found : meant(index, word)
    }))
  ])
  const all = new Uint8Array(count)
  for (const { postings } of needed.flat()) decode(postings, unit => all[unit]++)
  const same = new Map(asked.words.map(word => [word, { terms: new Set([word]), worth: 0.5 }]))
  const score = new Float32Array(count).fill(1)
  const hits = new Uint8Array(count)
  looked.forEach((word, at) => {
    const best = new Float32Array(count)
    let units = 0
    for (const { postings, factor } of variants[at])
      decode(postings, (unit, weight) => {
        if (!best[unit]) units++
        best[unit] = Math.max(best[unit], WEIGHTS[weight] * factor)
      })
    const worth = Math.log(1 + count / (1 + units)) // rare words say more
    same.set(word, { terms: new Set(variants[at].map(each => each.term)), worth })
    best.forEach((weight, unit) => {
      if (!weight) return
      hits[unit]++
      score[unit] += weight * worth
    })
  })
  let units = []
  all.forEach((having, unit) => {
    if (having === must.size && (hits[unit] || !looked.length)) units.push(unit)
  })
  const complete = units.filter(unit => hits[unit] === looked.length)
  if (complete.length) units = complete // if any unit has all words, others are none
  for (const unit of units) score[unit] *= index.boosts[index.rank[unit]] * (1 + hits[unit] ** 2)
  units.sort((a, b) => score[b] - score[a] || a - b)
  const longest = variants[looked.indexOf(asked.open)]
    ?.reduce((a, b) => (b.postings.length > a.postings.length ? b : a), { postings: "" })
  return { units, same, suggest: longest?.term ? [longest.term] : [] }
}

/** Where the words of a text stand. A word may be several in the index. */
const tokens = text =>
  [...text.matchAll(TOKEN)].map(({ 0: { length }, index }) => ({
    start: index, end: index + length, words: words(text.slice(index, index + length))
  }))

/** The tokens that a phrase takes up, each time it is said. */
function said(phrase, all) {
  const flat = all.flatMap(token => token.words.map(word => ({ word, token })))
  return flat.flatMap((_, i) =>
    phrase.every((word, j) => flat[i + j]?.word === word)
      ? flat.slice(i, i + phrase.length).map(each => each.token)
      : []
  )
}

const escape = text => text.replace(/[&<>"']/g, each => `&#${each.charCodeAt()};`)

/** HTML of text[start:end], as Material wants it, with tokens marked. */
function marked(text, found, start = 0, end = text.length) {
  let html = ""
  for (const token of found) {
    if (token.start < start || token.end > end) continue
    html += `${escape(text.slice(start, token.start))}<mark>${escape(text.slice(token.start, token.end))}</mark>`
    start = token.end
  }
  return (html + escape(text.slice(start, end))).replaceAll("</mark><mark>", "")
}

/** The stretch of a text that has most of what was found, marked. */
function snippet(text, found) {
  const inside = from => found.filter(each => each.start >= from && each.end < from + SNIPPET - 80).length
  const best = found.reduce((a, b) => (inside(b.start) > inside(a) ? b.start : a), found[0]?.start ?? 0)
  const start = best > 80 && text.length > SNIPPET ? Math.max(text.lastIndexOf(" ", best - 60) + 1, best - 80) : 0
  const stop = start + SNIPPET < text.length ? text.lastIndexOf(" ", start + SNIPPET) : text.length
  const end = stop > best ? stop : start + SNIPPET
  return `${start ? "… " : ""}${marked(text, found, start, end)}${end < text.length ? " …" : ""}`
}

/** The entry as a result of Material's, if it answers. */
function result(asked, same, address, [anchor, title, text, speaker, topics, transcript], boost) {
  const names = { speaker: [speaker], topic: topics.split(" "), in: [transcript] }
  for (const [name, value] of asked.filters)
    if (!names[name].some(each => value.every(word => words(each).includes(word)))) return
  const parts = [title, text].map(each => ({ all: tokens(each), found: new Set() }))
  const take = (matching, mark = true) =>
    parts.map(({ all, found }) => {
      const now = matching(all)
      if (mark) now.forEach(token => found.add(token))
      return now.length
    })
  if (!asked.phrases.every(phrase => take(all => said(phrase, all)).some(Boolean))) return
  const shown = {}
  let score = 1
  for (const [word, { terms, worth }] of same) {
    const having = all => all.filter(token => token.words.some(each => terms.has(each)))
    const [named, told] = take(having, !asked.single.has(word))
    shown[word] = named + told > 0
    // The title of a page is what it is about; other titles say who speaks, and where.
    if (shown[word]) score += worth * (named && !anchor ? 2 : 1 + Math.min(told, 4) / 20)
  }
  const share = same.size ? Object.values(shown).filter(Boolean).length / same.size : 1
  if (!share) return
  if (!anchor && words(title).join(" ") === [...same.keys()].join(" ")) score *= 2
  for (const word of asked.phrases.flat()) shown[word] = true
  const [inTitle, inText] = parts.map(({ all, found }) => all.filter(token => found.has(token)))
  return {
    location: anchor ? `${address}#${anchor}` : address,
    title: marked(title, inTitle),
    text: snippet(text, inText),
    score: score * boost * share ** 2,
    terms: shown
  }
}

/** Results by page. Units are read, best first, until there are enough that answer. */
async function find(index, asked) {
  let { units, same, suggest } = await candidates(index, asked)
  const groups = new Map()
  const blocks = new Set()
  while (units.length && groups.size < PAGES && blocks.size < BLOCKS) {
    const taken = {}
    const isNow = unit => (taken[index.rank[unit]] = (taken[index.rank[unit]] ?? 0) + 1) <= EACH
    const [now, later] = [[], []]
    for (const unit of units) (isNow(unit) ? now : later).push(unit)
    units = later
    await Promise.all(now.map(async unit => {
      const at = last(index.first, unit)
      blocks.add(at)
      let rest = unit - index.first[at]
      for (const [address, title, parts] of await read(index.path[at], json)) {
        for (const entry of parts[rest] ?? []) {
          const found = result(asked, same, address, entry, index.boosts[index.rank[unit]])
          if (found) groups.set(address, { title, items: [...(groups.get(address)?.items ?? []), found] })
        }
        if ((rest -= parts.length) < 0) break
      }
    }))
  }
  const order = (a, b) => b.score - a.score || (a.location < b.location ? -1 : 1)
  const items = [...groups].map(([address, { title, items }]) => {
    items.sort(order)
    // Material wants the page itself in each group.
    if (!items.some(item => item.location === address))
      items.push({ location: address, title: escape(title), text: "", score: 0, terms: {} })
    return items
  })
  return { items: items.sort(([a], [b]) => order(a, b)), suggest }
}

let newest = 0

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === 0) return postMessage({ type: 1 }) // SETUP, READY: nothing is read before somebody searches
  if (type !== 2) return
  const mine = ++newest
  const asked = parse(data, true)
  let found = { items: [] }
  if (asked.filters.length || asked.phrases.length || asked.words.length)
    try {
      await new Promise(done => setTimeout(done, PAUSE))
      if (mine === newest) found = await find(await open(), asked)
      const other = mine === newest && !found.items.length && asked.single.size
      if (other) found = await find(await open(), parse(data, false))
    } catch (error) {
      console.warn(error)
    }
  if (mine === newest) postMessage({ type: 3, data: found })
})
