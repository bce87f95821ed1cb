// Searches an archive behind Material's search box, in the place of Material's worker: it reads of the index
// (generator/talkbook/search/index.py says what is in its files) only what a query needs.
"use strict"

const FOLDER = new URL("../search/", self.location)
const FILTER = /(?:^|\s)(speaker|topic|in):(?:"([^"]*)"?|(\S+))/gi
const SINGLE = "\\u3040-\\u30ff\\u3400-\\u9fff"
const WORD = new RegExp(`[${SINGLE}]|(?:(?![${SINGLE}])[\\p{L}\\p{N}])+`, "gu")
const TOKEN = new RegExp(`[${SINGLE}]|(?:(?![${SINGLE}])[\\p{L}\\p{N}\\p{M}])+`, "gu")

const PAUSE = 100 // milliseconds without a key, after which a query is worth its requests
const EACH = 8 // units of each rank that are read at a time, so that broad queries show all kinds of results
const PAGES = 10 // pages found are enough
const BLOCKS = 40 // blocks read for a query at most
const SHARDS = 3 // files of terms read for the endings of a word at most
const SNIPPET = 320 // characters
const WEIGHTS = [1, 1.2, 1.35, 1.6] // of a posting: said once, twice, three times, or more or in a page's title

// As search/words.py does.
const words = text =>
  text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").match(WORD) || []

const kept = new Map()

/** The bytes of a file of the index. */
function read(path, version) {
  if (!kept.has(path)) {
    if (kept.size > 500) kept.clear()
    const url = new URL(path, FOLDER)
    // A new index lies at the same addresses; the version keeps a browser from mixing the two.
    if (version) url.search = version
    const loading = fetch(url, version ? {} : { cache: "no-cache" }).then(async answer => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
      return new Uint8Array(
        await new Response(answer.body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer()
      )
    })
    loading.catch(() => kept.delete(path))
    kept.set(path, loading)
  }
  return kept.get(path)
}

const text = bytes => new TextDecoder().decode(bytes)

/** The place of the last item that is not greater than `value`, at least 0. */
function last(items, value) {
  let low = 0
  let high = items.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (items[middle] <= value) low = middle
    else high = middle
  }
  return low
}

let opened

/** What index.bin says, with units numbered. */
function open() {
  opened ??= read("index.bin").then(bytes => {
    const index = JSON.parse(text(bytes))
    index.first = [0] // units of each block
    index.rank = index.blocks.join("")
    for (const units of index.blocks) index.first.push(index.first.at(-1) + units.length)
    index.common = new Map(index.common.map(word => [word, true]))
    index.frequent = new Set(index.frequent)
    return index
  }).catch(error => {
    opened = undefined
    throw error
  })
  return opened
}

const shards = new WeakMap()

/** The terms in a file, in order, with the bytes of their postings. */
async function shard(index, at) {
  const bytes = await read(`terms/${at}.bin`, index.version)
  if (!shards.has(bytes)) {
    const end = bytes.indexOf(10)
    const head = JSON.parse(text(bytes.subarray(0, end)))
    const terms = new Map()
    let start = end + 1
    for (let i = 0; i < head.length; i += 2)
      terms.set(head[i], bytes.subarray(start, (start += head[i + 1])))
    shards.set(bytes, terms)
  }
  return shards.get(bytes)
}

/** The terms that start as `word` does, with postings and a factor: `word` itself, inflections, or any if it is open. */
async function starting(index, word, isOpen) {
  const from = last(index.terms, word)
  const found = []
  const longest = isOpen ? Infinity : word.length > 3 ? word.length + 3 : word.length
  for (let at = from; at < Math.min(from + SHARDS, index.terms.length); at++) {
    for (const [term, postings] of await shard(index, at))
      if (term.startsWith(word) && term.length <= longest)
        found.push({ term, postings, factor: term === word ? 1 : 0.8 })
    const next = index.terms[at + 1]
    if (next === undefined || !(next.startsWith(word) && longest > word.length)) break
  }
  return found
}

/** Whether one letter more, less or other, or two letters swapped, make b of a. */
function near(a, b) {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return (
    a.slice(i + 1) === b.slice(i) || a.slice(i) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i + 1) ||
    (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2))
  )
}

/** The words that `word`, which is not in the index, may have been meant to be. Its first letter is taken to be right. */
async function meant(index, word) {
  if (word.length < 5) return []
  const files = []
  for (let at = last(index.words, word[0]); at < index.words.length; at++) {
    if (index.words[at] > `${word[0]}\uffff`) break
    files.push(read(`words/${at}.bin`, index.version))
  }
  const lines = (await Promise.all(files)).flatMap(bytes => text(bytes).split("\n"))
  const terms = lines.filter(each => each[0] === word[0] && near(word, each)).slice(0, 8)
  const found = await Promise.all(terms.map(term => exact(index, term, 0.6)))
  return found.flat().sort((a, b) => b.postings.length - a.postings.length).slice(0, 3)
}

async function exact(index, term, factor = 1) {
  const postings = (await shard(index, last(index.terms, term))).get(term)
  return postings ? [{ term, postings, factor }] : []
}

/** Call `take` with each unit of some postings and its weight. */
function decode(postings, take) {
  let unit = 0
  for (let i = 0; i < postings.length; ) {
    let number = 0
    let scale = 1
    for (let byte = 128; byte > 127; scale *= 128) number += ((byte = postings[i++]) & 127) * scale
    unit += Math.floor(number / 4)
    take(unit, number % 4)
  }
}

/** What is asked for: filters, phrases and words, the last word open to any ending while it is typed. */
function parse(query) {
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
  const single = words(rest)
  const isOpen = single.length > 0 && /[\p{L}\p{N}]$/u.test(query) && words(query).at(-1) === single.at(-1)
  return {
    filters: filters.filter(([, value]) => value.length),
    phrases: phrases.filter(phrase => phrase.length),
    words: [...new Set(single)],
    open: isOpen && single.at(-1).length > 2 ? single.at(-1) : ""
  }
}

/** The terms that every unit with a phrase has. */
function inPhrase(index, phrase) {
  const terms = new Set(phrase.filter(word => !index.common.has(word)))
  for (let i = 1; i < phrase.length; i++)
    if (index.common.has(phrase[i - 1]) && index.common.has(phrase[i])) terms.add(` ${phrase[i - 1]} ${phrase[i]}`)
  return terms.size ? [...terms] : phrase
}

/** Units that may answer, best first, and for each word of the query the terms that count as it. */
async function candidates(index, asked) {
  const count = index.rank.length
  const score = new Float32Array(count)
  const must = [
    ...asked.filters.flatMap(([name, value]) => value.map(word => `:${name} ${word}`)),
    ...asked.phrases.flatMap(phrase => inPhrase(index, phrase))
  ]
  const rare = asked.words.filter(word => !index.frequent.has(word))
  const looked = rare.length || must.length ? rare : asked.words
  const [needed, variants] = await Promise.all([
    Promise.all(must.map(term => exact(index, term))),
    Promise.all(looked.map(async word => {
      const found = await starting(index, word, word === asked.open)
      return found.length ? found : meant(index, word)
    }))
  ])
  const hits = new Uint8Array(count)
  const all = new Uint8Array(count)
  for (const found of needed)
    for (const { postings } of found) decode(postings, unit => all[unit]++)
  const terms = new Map(asked.words.map(word => [word, { terms: new Set([word]), idf: 0.5 }]))
  looked.forEach((word, at) => {
    const best = new Float32Array(count)
    let units = 0
    for (const { postings, factor } of variants[at])
      decode(postings, (unit, weight) => {
        if (!best[unit]) units++
        best[unit] = Math.max(best[unit], WEIGHTS[weight] * factor)
      })
    const idf = Math.log(1 + count / (1 + units))
    terms.set(word, { terms: new Set(variants[at].map(each => each.term)), idf, variants: variants[at] })
    for (let unit = 0; unit < count; unit++)
      if (best[unit]) {
        hits[unit]++
        score[unit] += best[unit] * idf
      }
  })
  let chosen = []
  for (let unit = 0; unit < count; unit++)
    if (all[unit] === must.length && (hits[unit] || !looked.length)) chosen.push(unit)
  // All words, if some unit has all of them; else as many as can be.
  const complete = chosen.filter(unit => hits[unit] === looked.length)
  if (complete.length) chosen = complete
  const value = unit => (1 + score[unit]) * index.boosts[index.rank[unit]] * (1 + hits[unit] ** 2)
  const values = new Map(chosen.map(unit => [unit, value(unit)]))
  chosen.sort((a, b) => values.get(b) - values.get(a) || a - b)
  return { units: chosen, terms }
}

/** The tokens of a text: where each stands, and the words that it is. */
const tokens = value =>
  [...value.matchAll(TOKEN)].map(found => ({ start: found.index, end: found.index + found[0].length, words: words(found[0]) }))

/** The tokens that a phrase takes up, each time it is said. */
function said(phrase, list) {
  const flat = list.flatMap(token => token.words.map(word => [word, token]))
  const found = []
  for (let i = 0; i + phrase.length <= flat.length; i++)
    if (phrase.every((word, j) => flat[i + j][0] === word))
      for (let j = 0; j < phrase.length; j++) found.push(flat[i + j][1])
  return found
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
const escape = value => value.replace(/[&<>"']/g, each => ENTITIES[each])

/** HTML of value[start:end] with the tokens in it marked. Material takes titles and texts of results as HTML. */
function marked(value, list, start = 0, end = value.length) {
  let html = ""
  let at = start
  for (const token of list) {
    if (token.start < at || token.end > end) continue
    html += `${escape(value.slice(at, token.start))}<mark>${escape(value.slice(token.start, token.end))}</mark>`
    at = token.end
  }
  return html + escape(value.slice(at, end))
}

/** The stretch of a text with the most of what was found. */
function snippet(value, list) {
  if (value.length <= SNIPPET) return marked(value, list)
  let best = 0
  let most = 0
  list.forEach((token, i) => {
    const inside = list.filter(each => each.start >= token.start && each.end < token.start + SNIPPET - 80).length
    if (inside > most) [best, most] = [i, inside]
  })
  const first = list.length ? Math.max(0, list[best].start - 80) : 0
  const start = first ? value.indexOf(" ", first) + 1 : 0
  const stop = start + SNIPPET < value.length ? value.lastIndexOf(" ", start + SNIPPET) : value.length
  const end = stop > start ? stop : start + SNIPPET
  return `${start ? "… " : ""}${marked(value, list, start, end)}${end < value.length ? " …" : ""}`
}

/** A result as Material takes it, if the entry of the index answers. */
function result(asked, terms, page, entry, boost) {
  const [address] = page
  const [anchor, title, body, speaker, topics, transcript] = entry
  const names = { speaker: [speaker], topic: topics.split(" "), in: [transcript] }
  for (const [name, value] of asked.filters)
    if (!names[name].some(each => value.every(word => words(each).includes(word)))) return
  const [inTitle, inText] = [tokens(title), tokens(body)]
  const marks = [new Set(), new Set()]
  for (const phrase of asked.phrases) {
    const found = [said(phrase, inTitle), said(phrase, inText)]
    if (!found[0].length && !found[1].length) return
    found.forEach((list, at) => list.forEach(token => marks[at].add(token)))
  }
  const shown = {}
  let score = asked.words.length ? 0 : 1
  for (const [word, { terms: same, idf }] of terms) {
    const found = [inTitle, inText].map(list => list.filter(token => token.words.some(each => same.has(each))))
    found.forEach((list, at) => list.forEach(token => marks[at].add(token)))
    shown[word] = found[0].length + found[1].length > 0
    // A word in the title of a page is what the page is about; other titles only say who speaks, and where.
    if (shown[word]) score += idf * (found[0].length && !anchor ? 2 : 1 + Math.min(found[1].length, 4) / 20)
  }
  const share = asked.words.length ? Object.values(shown).filter(Boolean).length / asked.words.length : 1
  if (!share) return
  const whole = !anchor && words(title).join(" ") === asked.words.join(" ") ? 2 : 1
  const inOrder = (list, at) => list.filter(token => marks[at].has(token))
  return {
    location: anchor ? `${address}#${anchor}` : address,
    title: marked(title, inOrder(inTitle, 0)),
    text: snippet(body, inOrder(inText, 1)),
    score: score * boost * share ** 2 * whole,
    terms: Object.fromEntries([...Object.entries(shown), ...asked.phrases.flat().map(word => [word, true])])
  }
}

/** Results by page: read units, best first, until there are enough that answer. */
async function find(index, asked) {
  const { units, terms } = await candidates(index, asked)
  const groups = new Map()
  const blocks = new Set()
  let waiting = units
  while (waiting.length && groups.size < PAGES && blocks.size < BLOCKS) {
    const taken = {}
    const now = []
    const later = []
    for (const unit of waiting) {
      const rank = index.rank[unit]
      taken[rank] ??= 0
      if (taken[rank] < EACH) {
        taken[rank]++
        now.push(unit)
      } else later.push(unit)
    }
    waiting = later
    const places = now.map(unit => last(index.first, unit))
    const read_ = await Promise.all(places.map(at => read(`blocks/${at}.bin`, index.version)))
    const parsed = new Map(places.map((at, i) => [at, read_[i]]))
    for (const [at, bytes] of parsed) parsed.set(at, JSON.parse(text(bytes)))
    now.forEach((unit, i) => {
      blocks.add(places[i])
      let rest = unit - index.first[places[i]]
      for (const page of parsed.get(places[i])) {
        if (rest >= page[2].length) {
          rest -= page[2].length
          continue
        }
        for (const entry of page[2][rest]) {
          const found = result(asked, terms, page, entry, index.boosts[index.rank[unit]])
          if (!found) continue
          if (!groups.has(page[0])) groups.set(page[0], { title: page[1], items: [] })
          groups.get(page[0]).items.push(found)
        }
        break
      }
    })
  }
  const items = [...groups].map(([address, { title, items }]) => {
    items.sort((a, b) => b.score - a.score)
    // Material wants the page itself in each group.
    if (!items.some(item => item.location === address))
      items.push({ location: address, title: escape(title), text: "", score: 0, terms: {} })
    return items
  })
  items.sort((a, b) => b[0].score - a[0].score)
  const endings = terms.get(asked.open)?.variants ?? []
  const longest = endings.reduce((a, b) => (b.postings.length > (a?.postings.length ?? 0) ? b : a), undefined)
  return { items, suggest: longest ? [longest.term] : [] }
}

let newest = 0

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === 0) return postMessage({ type: 1 }) // SETUP, READY: nothing is read before somebody searches
  if (type !== 2) return
  const mine = ++newest
  const asked = parse(data)
  let found = { items: [] }
  if (asked.filters.length || asked.phrases.length || asked.words.length)
    try {
      await new Promise(done => setTimeout(done, PAUSE))
      if (mine !== newest) return
      found = await find(await open(), asked)
    } catch (error) {
      console.warn(error)
    }
  if (mine === newest) postMessage({ type: 3, data: found })
})
